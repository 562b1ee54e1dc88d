"""The digest's page in, the same for mail readers out: styles at each element, the dark colours in a block of their own.

Mail readers know neither variables nor, many of them, style sheets: so the light colours stand at the elements and what
knows media queries takes the dark ones from a `<style>`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import css_inline

VARIABLE: Final = re.compile(r"var\((--[a-z]+)\)")
ROOT: Final = re.compile(r":root\{([^{}]*)\}")
RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
STYLE: Final = re.compile(r"<style>.*?</style>", re.DOTALL)


def mail_html(page: str) -> str:
    """The page's HTML with its styles inlined. Raises ValueError where it has no style block."""
    found = STYLE.search(page)
    if found is None:
        raise ValueError("the page has no style block")
    light, kept = styles(found[0].removeprefix("<style>").removesuffix("</style>"))
    inlined = css_inline.CSSInliner(inline_style_tags=True, keep_style_tags=False, load_remote_stylesheets=False).inline(
        page.replace(found[0], f"<style>{light}</style>"))
    return inlined.replace("</head>", f"<style>{kept}</style></head>", 1)


@lru_cache(maxsize=4)
def styles(css: str) -> tuple[str, str]:
    """The sheet with its light colours written out, and what stays a sheet: rules that no element's style can hold, and the
    dark colours."""
    sets = [dict(part.split(":", 1) for part in block.split(";") if part) for block in ROOT.findall(css)]
    text = ROOT.sub("", css).replace("@media (prefers-color-scheme:dark){}", "")
    rules = [(selector.strip(), body) for selector, body in RULE.findall(text) if selector.strip() != "*"]
    light, dark = sets[0], {**sets[0], **sets[-1]}
    plain = "".join(f"{selector}{{{_written(body, light)}}}" for selector, body in rules)
    kept = "".join(f"{selector}{{{_written(body, light)}}}" for selector, body in rules if ":" in selector)
    darkened = "".join(_dark(selector, body, dark) for selector, body in rules)
    return plain, f"{kept}@media (prefers-color-scheme:dark){{{darkened}}}"


def _written(body: str, colours: dict[str, str]) -> str:
    return VARIABLE.sub(lambda at: colours[at[1]], body)


def _dark(selector: str, body: str, colours: dict[str, str]) -> str:
    changed = [_written(one, colours) for one in body.split(";") if "var(" in one]
    return f"{selector}{{{';'.join(f'{one}!important' for one in changed)}}}" if changed else ""
