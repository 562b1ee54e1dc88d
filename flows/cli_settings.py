"""The environment in, effective settings out, with one clear message where they are wrong: what every command opens first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows import logs

if TYPE_CHECKING:
    from config.settings import Settings


def opened_settings() -> Settings:
    """The effective settings. Raises ConfigError naming each setting that is wrong."""
    from pydantic import ValidationError

    from config.reading import ConfigError
    from config.settings import settings

    try:
        on = settings()
    except ValidationError as error:
        wrong = (f"MARSAD_{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors())
        raise ConfigError("\n".join(wrong)) from error
    logs.to_screen()
    return on
