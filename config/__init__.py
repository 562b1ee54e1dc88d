"""What is watched, as YAML, and the small modules that read it into frozen models."""

import zoneinfo

# Morocco left UTC+1 for good in September 2026; a system's tz database may not know, PyPI's tzdata does. Every process
# of ours imports config before it asks for a zone.
zoneinfo.reset_tzpath([])
