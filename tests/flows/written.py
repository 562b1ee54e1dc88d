"""README and runbook in, every `marsad` command that they write out, one by one, with placeholders filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from config.settings import ROOT

FILES = (ROOT / "README.md", ROOT / "flows" / "README.md")
SPAN = re.compile(r"`([^`\n]{1,200})`")
FENCE = re.compile(r"^```sh\n(.{0,4000}?)^```", re.M | re.S)


def commands(file: Path) -> Iterator[str]:
    """Each as written, without its comment and what follows a shell's `>`; alternatives (`a|b`) one by one."""
    text = file.read_text(encoding="utf-8")
    lines = [line for block in FENCE.findall(text) for line in block.splitlines()]
    for written in dict.fromkeys([*SPAN.findall(FENCE.sub("", text)), *lines]):
        command = written.split("#")[0].replace("\\|", "|").strip()
        if command.startswith("marsad ") and command.rstrip("… ") != "marsad warehouse":
            yield from _alternatives(re.sub(r" > \S+$", "", command))


def _alternatives(command: str) -> Iterator[str]:
    """`outlet list|draft` as two; what stands in brackets is optional and taken."""
    plain = re.sub(r"[\[\]]", "", command).replace("…", "").strip()
    for word in re.findall(r"(?<=\s)[a-z]+(?:\|[a-z]+)+", plain):
        for one in word.split("|"):
            yield plain.replace(word, one)
        return
    yield plain


def filled(command: str, values: Mapping[str, str]) -> list[str]:
    """Its arguments, with every placeholder (a word in capitals, or three dots) replaced. Raises KeyError for an unknown one."""
    return [values[word] if re.fullmatch(r"[A-Z][A-Z_]*|\.\.\.", word) else word for word in shlex.split(command)]
