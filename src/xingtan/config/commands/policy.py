"""`xingtan policy check FILE`, `list` and `show PACK`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from xingtan.core.policy import Policy, PolicyError, bundled, bundled_policy, read_policy
from xingtan.core.units import format_hours

from .screen import complain, say


def run(chosen: argparse.Namespace) -> int:
    """Check, list or show packs; 2 when a pack is broken or unknown, every mistake with its line."""
    if chosen.act == "list":
        return _list()
    if not chosen.pack:
        complain("name a pack's code or a .toml file")
        return 2
    try:
        policy = _read(chosen.pack)
    except PolicyError as error:
        for problem in error.problems:
            complain(str(problem))
        complain(f"{len(error.problems)} mistakes; nothing was adopted.")
        return 2
    except (FileNotFoundError, LookupError):
        complain(f"{chosen.pack}: there is no such pack or file; `xingtan policy list` names the packs")
        return 2
    return _show(policy) if chosen.act == "show" else _well(policy)


def _read(name: str) -> Policy:
    if name.endswith(".toml"):
        return read_policy(Path(name).read_text(encoding="utf-8"), name)
    return bundled_policy(name)


def _list() -> int:
    for code in bundled():
        policy = bundled_policy(code)
        say(f"{code:<20}{policy.version:<10}{policy.digest[:12]}  {policy.title.zh}")
    return 0


def _well(policy: Policy) -> int:
    say(f"{policy.code} {policy.version} is well: {len(policy.items)} items, digest {policy.digest[:12]}")
    return 0


def _show(policy: Policy) -> int:
    say(f"{policy.title.zh} / {policy.title.en}\n{policy.code} {policy.version}  {policy.digest}\n")
    say(f"{policy.seconds_per_hour} seconds make one training hour.\n")
    for item in policy.items:
        say(f"{item.number:>3}  {item.label.zh}  {_amounts(item.required_centi)}")
        if item.first_year_centi:
            say(f"     {'':<4}新入职首年 / first year: {_amounts(item.first_year_centi)}")
    say()
    for fee in policy.fees:
        say(f"{fee.fen / 100:>8.2f} yuan  {fee.label.zh}")
    say()
    for reading in policy.readings:
        say(f"{reading.code}\n    {reading.zh}")
    return 0


def _amounts(amounts: Mapping[str, int]) -> str:
    return "  ".join(f"{component} {format_hours(centi)}" for component, centi in amounts.items())
