"""Every state machine of the product, written from its table in code into docs/states.md: `python tools/states.py write`; `check` compares."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PAGE = ROOT / "docs/states.md"
HEAD = """# State machines

Written by `tools/states.py` from the tables in each room's `states.py`; `make check` fails when it is not up to date. Do not edit.

A row says what may follow a state: the act and the state it leads to (`act → state`), the acts alone where the room's rules choose the state, or the
states alone where one act leads to each. **Ends** marks a state that nothing leaves. Whatever is not in a table is refused.
"""
Following = Mapping[StrEnum, StrEnum] | Collection[StrEnum]
Machine = Mapping[StrEnum, Following]


def modules() -> Iterator[ModuleType]:
    """Every `states` module, in the order of its path."""
    for path in sorted(SOURCE.glob("xingtan/**/states.py")):
        yield import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))


def machines(module: ModuleType) -> Iterator[tuple[str, Machine]]:
    """Its tables: every name that ends in MOVES."""
    for name, value in vars(module).items():
        if name.endswith("MOVES") and isinstance(value, Mapping):
            yield name, value


def followed(following: Following, order: Collection[StrEnum]) -> str:
    """What may follow, in a steady order."""
    if not following:
        return "**ends**"
    if isinstance(following, Mapping):
        return ", ".join(f"{act} → {state}" for act, state in following.items())
    place = {state: number for number, state in enumerate(order)}
    return ", ".join(one.value for one in sorted(following, key=lambda one: (place.get(one, len(place)), one.value)))


def section(module: ModuleType, name: str, machine: Machine) -> Iterator[str]:
    """One machine: what its states are, as the code says, and its table."""
    kind = type(next(iter(machine)))
    if missing := [state.value for state in kind if state not in machine]:
        sys.exit(f"{module.__name__}.{name} says nothing of {', '.join(missing)}")
    about = re.sub(r"\s+", " ", (kind.__doc__ or "").strip())
    room = module.__name__.removeprefix("xingtan.").removeprefix("domains.").removesuffix(".states")
    yield f"\n## {room}: {kind.__name__}\n"
    yield f"{about}\n"
    yield "| state | what may follow |"
    yield "|---|---|"
    for state in kind:
        yield f"| `{state.value}` | {followed(machine[state], list(kind))} |"


def text() -> str:
    """The whole page."""
    lines = [line for module in modules() for name, machine in machines(module) for line in section(module, name, machine)]
    return HEAD + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the page, or says that it is not up to date."""
    now = text()
    if arguments == ["write"]:
        PAGE.write_text(now, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == now:
        print(f"{now.count(chr(10) + '## ')} state machines")
        return 0
    print("docs/states.md does not say what the code says: run `.venv/bin/python tools/states.py write` and look at what changed")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
