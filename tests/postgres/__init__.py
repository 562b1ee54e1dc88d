"""A real PostgreSQL for tests: Debian's package, a server of our own on a free loopback port."""
