"""What would make a mistaken line right, where that can be computed: sums that do not add up, names that are nearly another."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from xingtan.core.policy import Problem
from xingtan.domains.policies import api as policies

Path = tuple[str | int, ...]

_WORDS = re.compile(r"[A-Za-z0-9_-]+")
_MEANT = re.compile(r"did you mean '([^']+)'")
# Any year without 29 February: the days of a pack are those of every year.
PLAIN_YEAR = 2001


class Fix(NamedTuple):
    """On this line (counted from 1) these words instead of those."""

    line: int
    old: str
    new: str


def fixes_of(checked: policies.Checked, problem: Problem) -> tuple[Fix, ...]:
    """What would fit, at most three; nothing where it cannot be computed."""
    make = _MAKERS.get(problem.code, _nearest)
    return tuple(make(checked, problem))[:3] if checked.data is not None and problem.field else ()


def mended(text: str, fix: Fix) -> str | None:
    """The text with the fix, or None when the line no longer says what was to be replaced."""
    lines = text.split("\n")
    if not 1 <= fix.line <= len(lines) or fix.old not in lines[fix.line - 1] or "\n" in fix.new:
        return None
    lines[fix.line - 1] = lines[fix.line - 1].replace(fix.old, fix.new, 1)
    return "\n".join(lines)


def centi(amount: int) -> str:
    """Hundredths as a pack writes them: 7200 is 72_00."""
    return f"{amount // 100}_{amount % 100:02}"


def _amount(checked: policies.Checked, path: Path, amount: int) -> Iterator[Fix]:
    """The field at the path with another amount."""
    line = checked.line_of(path)
    if amount < 0 or not line:
        return
    words = checked.text.split("\n")[line - 1]
    found = re.search(rf"(?<![\w-]){re.escape(str(path[-1]))}\s*=\s*[\d_]+", words)
    if found:
        old = found.group()
        yield Fix(line, old, re.sub(r"[\d_]+$", centi(amount), old))


def _sum(checked: policies.Checked, problem: Problem) -> Iterator[Fix]:
    """The year's hours that make the cycle's, or the cycle's that the years make."""
    path = policies.path_of(problem.field)
    amounts, cycle = policies.value_at(checked.data, path), policies.value_at(checked.data, ("cycle",))
    if not isinstance(amounts, dict) or not isinstance(cycle, dict) or not all(type(one) is int for one in amounts.values()):
        return
    first = path[-1] == "first_year_centi"
    field = "new_hire_required_centi" if first else "required_centi"
    years, whole = cycle.get("years"), cycle.get(field)
    usual = policies.value_at(checked.data, (*path[:-1], "required_centi"))
    if (
        type(years) is not int
        or type(whole) is not int
        or not isinstance(usual, dict)
        or not all(type(one) is int for one in usual.values())
    ):
        return
    others = sum(usual.values()) * (years - 1) if first else 0
    year = sum(amounts.values())
    least = whole - others if first else whole // years if whole % years == 0 else None
    if least is not None:
        for name in reversed(amounts):
            yield from _amount(checked, (*path, name), amounts[name] + least - year)
    yield from _amount(checked, ("cycle", field), others + year if first else year * years)


def _meant(checked: policies.Checked, problem: Problem) -> Iterator[Fix]:
    """The known field that was nearly written."""
    meant, path = _MEANT.search(problem.expected), policies.path_of(problem.field)
    if meant and path:
        yield from _replaced(checked, problem, str(path[-1]), meant[1])


def _nearest(checked: policies.Checked, problem: Problem) -> Iterator[Fix]:
    """The allowed word that is nearest to the one that was written."""
    if not (problem.code.startswith("unknown_") or problem.code == "enum") or not problem.found.startswith("'"):
        return
    wrong = problem.found.strip("'")
    for near in difflib.get_close_matches(wrong, _WORDS.findall(problem.expected), n=2, cutoff=0.6):
        yield from _replaced(checked, problem, wrong, near)


def _replaced(checked: policies.Checked, problem: Problem, old: str, new: str) -> Iterator[Fix]:
    line = checked.line_of(policies.path_of(problem.field)) or problem.line
    lines = checked.text.split("\n")
    if 1 <= line <= len(lines) and old in lines[line - 1] and old != new:
        yield Fix(line, old, new)


def _year_days(checked: policies.Checked, problem: Problem) -> Iterator[Fix]:
    """The last day that is the day before the first."""
    first, last = policies.value_at(checked.data, ("year", "first_day")), policies.value_at(checked.data, ("year", "last_day"))
    if isinstance(first, str) and isinstance(last, str):
        month, _dash, day = first.partition("-")
        before = date(PLAIN_YEAR, int(month), int(day)) - timedelta(days=1)
        yield from _replaced(checked, problem, f'"{last}"', f'"{before:%m-%d}"')


def _version(checked: policies.Checked, problem: Problem) -> Iterator[Fix]:
    version = str(policies.value_at(checked.data, ("version",)) or "")
    yield from _replaced(checked, problem, f'"{version}"', f'"{policies.next_version(version)}"')


_MAKERS: dict[str, Callable[[policies.Checked, Problem], Iterator[Fix]]] = {
    "sum_of_years": _sum,
    "unknown_field": _meant,
    "year_days": _year_days,
    "version_taken": _version,
}
