"""A real Kafka for tests and development, without Docker: jars from Maven Central, brokers on free loopback ports."""
