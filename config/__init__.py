"""What is watched, as YAML, and the small modules that read it into frozen models."""
