"""A YAML file and a frozen pydantic model in, the model's instance out; errors name file, line and the nearest known key."""

from __future__ import annotations

import difflib
import functools
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

M = TypeVar("M")
Location = tuple[int | str, ...]
MAX_BYTES = 2_000_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: ten times faster on the entities."""


class ConfigError(Exception):
    """A configuration file cannot be used. The message says file, line, what is wrong and what to do."""


class Strict(BaseModel):
    """Base of what is read from YAML: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_yaml(path: Path, model: type[M]) -> M:
    """The file's content as `model`. Raises ConfigError."""
    text = _text(path)
    try:
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise ConfigError(f"{where}: not readable as YAML: {getattr(error, 'problem', None) or error}") from error
    try:
        return TypeAdapter(model).validate_python(data)
    except ValidationError as error:
        tree = yaml.compose(text, Loader=_LOADER)
        raise ConfigError("\n".join(_explain(path, tree, model, error))) from error


def fingerprint(*paths: Path) -> str:
    """12 hexadecimal digits that change when any of the files does."""
    digest = hashlib.blake2b(digest_size=6)
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES:,} bytes, which no configuration of ours is")
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 at byte {error.start}: save the file as UTF-8") from error


def _explain(path: Path, tree: yaml.Node | None, model: Any, error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        location: Location = problem["loc"]
        where = f"{path}:{_line(tree, location)}"
        key = str(location[-1]) if location else "file"
        if problem["type"] == "extra_forbidden":
            near = difflib.get_close_matches(key, list(_known_keys(model)), n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            yield f"{where}: unknown key {key!r}{hint}"
        else:
            yield f"{where}: {'.'.join(str(part) for part in location) or 'file'}: {problem['msg']}"


def _line(node: yaml.Node | None, location: Iterable[int | str]) -> int:
    """The line (from 1) of the deepest node on the way to `location`; parts that are pydantic's own (union tags) are skipped."""
    line = node.start_mark.line + 1 if node else 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    node, line = value, key.start_mark.line + 1
                    break
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


@functools.cache
def _known_keys(model: Any) -> frozenset[str]:
    """Every key that the model or any model inside it takes."""
    keys: set[str] = set()

    def collect(schema: Any) -> None:
        if isinstance(schema, dict):
            keys.update(schema.get("properties", {}))
            for value in schema.values():
                collect(value)
        elif isinstance(schema, list):
            for value in schema:
                collect(value)

    collect(TypeAdapter(model).json_schema())
    return frozenset(keys)
