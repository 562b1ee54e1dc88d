"""A sample outlet and its address in, the YAML that an operator of Marsad would write for it out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.world.site import Site

CRAWL_DELAY = 0.05


def write_outlet(site: Site, base: str, folder: Path) -> Path:
    """Write `<outlet>.yml` into the folder, for `config.outlet.load_outlet`."""
    row: dict[str, Any] = {"title": site.title}
    if site.title_ar:
        row["title_ar"] = site.title_ar
    row |= {"language": site.lang, "local": True, "verified": True, "first_round": "live", "crawl_delay": CRAWL_DELAY}
    row |= _with_base(site.operator, base)
    path = folder / f"{site.id}.yml"
    path.write_text(yaml.safe_dump(row, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    return path


def _with_base(value: Any, base: str) -> Any:
    if isinstance(value, str):
        return value.replace("{base}", base)
    if isinstance(value, dict):
        return {key: _with_base(one, base) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_base(one, base) for one in value]
    return value
