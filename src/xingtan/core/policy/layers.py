"""A pack's text and the texts it extends, merged; and where each field of the merged whole stands."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from xingtan.core.policy.places import Path, Places
from xingtan.core.policy.problems import PolicyError, Problem

MOST_LAYERS = 4
_AT_LINE = re.compile(r" ?\(at line (\d+), column \d+\)$")
_JOINT = "\n# ---- extends ----\n"


class Layer(NamedTuple):
    """One text of a pack: its file's name, what it says, where it says it."""

    file: str
    text: str
    data: Mapping[str, Any]
    places: Places


def read_layers(text: str, file: str, parents: Mapping[str, str]) -> tuple[Layer, ...]:
    """The pack's own text first, then what it extends, as far as that goes; `PolicyError` for what is not TOML or extends nothing known."""
    layers = [_layer(text, file)]
    seen = [layers[0].data.get("code")]
    while parent := layers[-1].data.get("extends"):
        if not isinstance(parent, str) or parent not in parents or parent in seen or len(layers) == MOST_LAYERS:
            line = layers[-1].places.find(("extends",))[1]
            known = ", ".join(sorted(code for code in parents if code not in seen)) or "no pack is known"
            raise PolicyError([Problem(layers[-1].file, line, "extends", repr(parent), f"another pack: {known}", "extends")])
        seen.append(parent)
        layers.append(_layer(parents[parent], f"{parent}.toml"))
    return tuple(layers)


def merged(layers: Sequence[Layer]) -> dict[str, Any]:
    """One table of all layers, the pack's own fields over those it extends; `PolicyError` when it overrides more than single fields."""
    whole: dict[str, Any] = {}
    problems: list[Problem] = []
    for layer in reversed(layers):
        if layer is not layers[-1]:
            problems += [
                Problem(
                    layer.file,
                    layer.places.find(path)[1],
                    dotted(path),
                    "a list",
                    "a single field: lists are inherited whole",
                    "list_in_extension",
                )
                for path in _lists(layer.data, ())
            ]
        whole = _over(whole, layer.data)
    if problems:
        raise PolicyError(problems)
    return whole


def digest(texts: Sequence[str]) -> str:
    """SHA-256 over the pack's text and all it extends, whatever the line endings."""
    return hashlib.sha256(_JOINT.join(text.replace("\r\n", "\n") for text in texts).encode()).hexdigest()


def locate(layers: Sequence[Layer], path: Sequence[str | int]) -> tuple[str, int]:
    """File and line of a field, or of the nearest table that holds it; the pack's own text before what it extends."""
    found = [(layer.places.find(path), layer.file) for layer in layers]
    (_, line), file = max(found, key=lambda one: one[0][0])
    return file, line


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it: `item[3].required_centi.course`, elements counted from 1."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.lstrip(".")


@lru_cache(maxsize=32)
def _layer(text: str, file: str) -> Layer:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        match = _AT_LINE.search(message)
        line = int(match[1]) if match else text.count("\n") + 1
        found = (text.splitlines() or [""])[min(line, max(len(text.splitlines()), 1)) - 1].strip()[:60]
        raise PolicyError([Problem(file, line, "", repr(found), f"TOML ({_AT_LINE.sub('', message)})", "toml")]) from None
    return Layer(file, text, data, Places(text))


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(below)
    for key, value in above.items():
        held = whole.get(key)
        whole[key] = _over(held, value) if isinstance(held, Mapping) and isinstance(value, Mapping) else value
    return whole


def _lists(data: Mapping[str, Any], path: Path) -> list[Path]:
    found: list[Path] = []
    for key, value in data.items():
        if isinstance(value, list):
            found.append((*path, key))
        elif isinstance(value, Mapping):
            found += _lists(value, (*path, key))
    return found
