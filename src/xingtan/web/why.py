"""How a verdict came about, as a page's facts: shared by the teacher's own page and the offices'."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.policies import api as policies
from xingtan.web.http import Request
from xingtan.web.trainee.record import chosen_year

Hours = Callable[[int], str]


def why_page(request: Request, teacher_id: int, years: Iterable[policies.TrainingYear], hours: Hours) -> dict[str, Any]:
    """Everything that the page shows of one teacher's year; `record` is None while no year was opened."""
    known = list(years)
    year = chosen_year(known, request.GET.get("year", ""))
    if year is None:
        return {"record": None, "years": known, "year": None}
    record = determination_room.record_of(teacher_id, year.pk, request.today)
    found = eligibility.explanation_of(record, hours)
    return {
        "record": record,
        "years": known,
        "year": year,
        "why": found,
        "chip": determination_room.VERDICT_CHIPS[record.verdict.verdict],
        "final": _final(record),
        "outlook": eligibility.outlook_told(record.policy, found.outlook, hours),
    }


def _final(record: determination_room.Record) -> dict[str, Any] | None:
    """The final verdict, where it is another than today's facts give: those who read the tree must know which one stands."""
    final = record.determination
    if final is None or final.examined_at is None or Verdict(final.verdict) is record.verdict.verdict:
        return None
    reasons = [determination_room.reason_sentence(record.policy, one["code"], one["params"]) for one in final.reasons]
    return {"word": determination_room.VERDICTS[Verdict(final.verdict)], "at": final.examined_at, "reasons": reasons}
