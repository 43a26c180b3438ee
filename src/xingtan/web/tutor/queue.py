"""The marking queue: what waits for the tutor, what was marked, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from xingtan.domains.assessment import api as assessment
from xingtan.domains.workshops import api as workshops
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

State = assessment.State
ALL = "all"
ORDERS = {"waited": "handed_in_at", "teacher": "teacher__name_pinyin", "school": "school__name", "score": "score", "unit": "unit__title"}
CHIPS = {State.HANDED_IN: "wait", State.PASSED: "plain", State.RETURNED: "act"}
FACETS: dict[str, str | Promise] = {
    State.HANDED_IN: pgettext_lazy("assignment", "Waiting"),
    State.PASSED: pgettext_lazy("assignment", "Passed"),
    State.RETURNED: pgettext_lazy("assignment", "Returned"),
}
WORDS: dict[str, str | Promise] = {
    State.HANDED_IN: gettext_lazy("waits"),
    State.PASSED: gettext_lazy("passed"),
    State.RETURNED: gettext_lazy("returned"),
}
LONG_WAIT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A work of the queue, its chip, and for how many days it has waited."""

    work: assessment.Submission
    chip: str
    word: str | Promise
    days: int
    is_late: bool


def row_of(work: assessment.Submission, now: datetime) -> Row:
    """The work as the queue shows it."""
    state = State(work.state)
    days = max(0, (now - work.handed_in_at).days)
    return Row(work, CHIPS[state], WORDS[state], days, state is State.HANDED_IN and days >= LONG_WAIT_DAYS)


@require_safe
@allowed(assessment.MARK)
def queue(request: Request) -> HttpResponseBase:
    """The work of my classes: filters, search, order and pages stand in the address; `export=xlsx` gives all of it."""
    wanted = request.GET.get("state", State.HANDED_IN)
    state = wanted if wanted in set(State) else "" if wanted == ALL else State.HANDED_IN
    cohort, q = request.GET.get("cohort", ""), request.GET.get("q", "").strip()
    found = assessment.marking_queue(request.actor, state=state, cohort=cohort, q=q)
    found = found.order_by(*order_of(request, ORDERS, "handed_in_at"))
    if request.GET.get("export") == "xlsx":
        return _exported(found)
    page = page_of(request, found)
    facts = {"page_rows": page, "rows": [row_of(work, request.now) for work in page.rows], "state": state or ALL}
    return _page(request, facts)


def _page(request: Request, facts: dict[str, Any]) -> HttpResponse:
    counts = assessment.queue_counts(request.actor)
    by_cohort = assessment.counts_by_cohort(request.actor)
    own = [(cohort, by_cohort.get(cohort.pk, {}).get(State.HANDED_IN, 0)) for cohort in workshops.cohorts_of_tutor(request.actor)]
    facets = [(state.value, label, counts[State(state)]) for state, label in ((State(key), word) for key, word in FACETS.items())]
    facts |= {"facets": facets, "total": sum(counts.values()), "waiting": counts[State.HANDED_IN], "cohorts": own}
    return render(request, "tutor/queue.html", facts | {"next": assessment.next_waiting(request.actor)})


def _exported(found: Any) -> HttpResponseBase:  # noqa: ANN401 -- a query set of submissions
    headings = [_("Teacher"), _("School"), _("Course"), _("Assignment"), _("Class"), _("Version"), _("Handed in"), _("State"), _("Points")]
    rows = (
        (
            work.teacher.name,
            work.school,
            work.unit.course,
            work.unit,
            work.cohort.title if work.cohort else "",
            work.version,
            work.handed_in_at,
            WORDS[State(work.state)],
            work.score,
        )
        for work in found.iterator(chunk_size=500)
    )
    return workbook_response(_("Marking queue"), headings, rows)
