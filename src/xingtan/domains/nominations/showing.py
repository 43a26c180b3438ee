"""A row of a preview as codes, so that each reader has it in their own language: kept in a job, said on a page and in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xingtan.core.selection import Code, Finding
from xingtan.domains.admissions.api import MISMATCHES, Look, finding_sentence

from .plan import SHOWN, Plan
from .words import PROBLEMS

UNMET = "nominee_conditions"


def kept(place: int, problems: Sequence[str], look: Look | None) -> dict[str, Any]:
    """The row by its number in the file, without a name: codes of its problems and everything that is known against it."""
    against = [*look.blocking, *look.warning] if look else []
    found = [[str(one.code), one.is_blocking, dict(one.values), one.is_unknown] for one in against]
    return {
        "row": place,
        "problems": list(problems),
        "findings": found,
        "mismatches": [str(one) for one in look.mismatches] if look else [],
    }


def sentences(row: Mapping[str, Any]) -> list[str]:
    """What `kept` kept, in the reader's language; a condition that is not met says which."""
    told = [str(PROBLEMS[code]) for code in row["problems"] if code != UNMET]
    for code, is_blocking, values, is_unknown in row["findings"]:
        told.append(str(finding_sentence(Finding(Code(code), is_blocking, values, is_unknown))))
    return told + [str(MISMATCHES[one]) for one in row["mismatches"]]


def shown(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """The first rows of each kind, for a job's result."""
    return {
        "refused": [kept(one.typed.place, one.problems, one.look) for one in plan.bad[:SHOWN]],
        "warned": [kept(row.place, (), look) for row, look in plan.warned],
    }
