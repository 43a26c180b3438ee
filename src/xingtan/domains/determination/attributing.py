"""Which of a text's changes does what: the rules with the changes of one table only, to be tried apart."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import NamedTuple

from pydantic import ValidationError

from xingtan.core.policy import Policy
from xingtan.domains.policies import api as policies

MOST_APART = 8
# What never moves a verdict.
IDLE = frozenset({"code", "version", "title", "extends", "document", "reading", "term", "hours_decimals"})


class Apart(NamedTuple):
    """The rules as they were but for one table, and the fields of it that differ."""

    table: str
    policy: Policy
    changes: tuple[policies.Change, ...]


def apart(before: policies.Checked, after: policies.Checked, changes: Iterable[policies.Change]) -> list[Apart]:
    """For each table that differs, the rules with that table alone taken from the later text, as far as they can be run; at most eight."""
    if before.data is None or after.data is None:
        return []
    tables: dict[str, list[policies.Change]] = {}
    for change in changes:
        if change.section not in IDLE and change.path[-1] not in ("clause", "reading", "source", "zh", "en"):
            tables.setdefault(change.section, []).append(change)
    found: list[Apart] = []
    for table, own in tables.items():
        policy = _with(before, after, table)
        if policy is not None and len(found) < MOST_APART:
            found.append(Apart(table, policy, tuple(own)))
    return found


def _with(before: policies.Checked, after: policies.Checked, table: str) -> Policy | None:
    assert before.data is not None and after.data is not None  # noqa: S101, PT018 -- `apart` looked
    data = {key: deepcopy(value) for key, value in before.data.items() if key != table}
    if table in after.data:
        data[table] = deepcopy(after.data[table])
    try:
        return Policy.model_validate({**data, "digest": f"apart:{table}:{hash(after.text)}:{hash(before.text)}"})
    except ValidationError:
        return None
