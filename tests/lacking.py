"""A part that this machine lacks in, the test skipped out; a failure where CI=true, which demands every part."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def skip_without(part: str, why: Exception) -> NoReturn:
    """End the test that needs the part."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true demands {part}: {why}")
    pytest.skip(f"{part}: {why}")
