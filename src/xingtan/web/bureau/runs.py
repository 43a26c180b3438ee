"""Every trial run of a year, and who changed between two of them."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

from .closing_figures import flows
from .deciding import year_in
from .verdicts import sentences, verdict_wanted

SORTS = {"name": "teacher__name_pinyin", "school": "school__path", "was": "was_verdict", "now": "verdict"}


@require_safe
@allowed(room.SEE_DETERMINATIONS)
def runs(request: Request) -> HttpResponseBase:
    """The runs that cover the branch with their counts, the newest first; any two can be compared."""
    year = year_in(request, request.GET.get("year", ""))
    found = page_of(request, room.trials_for(request.actor.scope, year.pk))
    people = dict(Account.objects.filter(pk__in={one.account_id for one in found.rows if one.account_id}).values_list("pk", "name"))
    rows = [(one, people.get(one.account_id or 0, ""), _counts(request, one)) for one in found.rows]
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "rows": rows,
        "page_rows": found,
        "verdicts": [(room.VERDICT_CHIPS[one], room.VERDICTS[one]) for one in Verdict],
        "may_run": year.state == policies.YearState.OPEN and request.actor.may(room.DETERMINE),
    }
    return render(request, "bureau/runs.html", shown)


def _counts(request: Request, run: room.DeterminationRun) -> list[int]:
    """People per verdict; a run of the own office kept its counts."""
    if run.organisation_id == request.actor.organisation_id:
        return [run.counts.get(one.value, 0) for one in Verdict]
    return list(room.counts_at(request.actor.scope, run).values())


@require_safe
@allowed(room.SEE_DETERMINATIONS)
def changes(request: Request) -> HttpResponseBase:
    """Who changed between two runs, from what to what and why: searched, filtered, sorted, or all as a workbook."""
    year = year_in(request, request.GET.get("year", ""))
    trials = list(room.trials_for(request.actor.scope, year.pk))
    before, after = _two(request, trials)
    if before is None or after is None:
        return render(request, "bureau/changes.html", {"year": year, "trials": trials, "after": None})
    kind = request.GET.get("kind", room.Change.VERDICT.value)
    kind = kind if kind in {one.value for one in room.Change} else ""
    wanted = room.Wanted(kind, verdict_wanted(request, "was"), verdict_wanted(request, "now"), request.GET.get("q", "").strip())
    rows = room.changes(request.actor.scope, before, after, wanted).order_by(*order_of(request, SORTS, "school__path"))
    policy = policies.policy_of(year)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, policy, _("changes %(a)s to %(b)s") % {"a": before.number, "b": after.number})
    found = room.compare(request.actor.scope, before, after)
    page = page_of(request, rows)
    shown = {
        "year": year,
        "trials": trials,
        "before": before,
        "after": after,
        "kind": kind,
        "kinds": [(one.value, room.CHANGES[one], n) for one, n in found.kinds.items()],
        "flows": flows(found.flows),
        "list": [(one.was.value, room.VERDICTS[one.was], one.now.value, room.VERDICTS[one.now], one.people) for one in found.flows],
        "page_rows": page,
        "rows": [change_words(row, policy) for row in page.rows],
        "verdicts": [(one.value, room.VERDICTS[one]) for one in Verdict],
    }
    return render(request, "bureau/changes.html", shown)


def _two(request: Request, trials: list[room.DeterminationRun]) -> tuple[room.DeterminationRun | None, room.DeterminationRun | None]:
    """The two runs that the address names, the earlier first; without names the last two."""
    named = {one.public_id: one for one in trials}
    wanted = [request.GET[name] for name in ("a", "b") if request.GET.get(name)]
    if any(one not in named for one in wanted):
        raise NotInScope
    chosen = [named[one] for one in wanted] if len(wanted) == 2 else trials[:2]
    if len(chosen) < 2 or chosen[0].pk == chosen[1].pk:
        return None, None
    before, after = sorted(chosen, key=lambda one: one.pk)
    return before, after


def change_words(row: Any, policy: Policy) -> dict[str, Any]:  # noqa: ANN401 -- a determination with what it was
    """A changed person in words: both verdicts, hours that moved, reasons that differ."""
    was, now = sentences(policy, row.was_reasons), sentences(policy, row.reasons)
    return {
        "row": row,
        "was": room.VERDICTS[Verdict(row.was_verdict)] if row.was_verdict else "",
        "was_chip": room.VERDICT_CHIPS[Verdict(row.was_verdict)] if row.was_verdict else "",
        "now": room.VERDICTS[Verdict(row.verdict)],
        "now_chip": room.VERDICT_CHIPS[Verdict(row.verdict)],
        "moved": row.was_recognised_centi is not None and row.was_recognised_centi != row.recognised_centi,
        "gone": [one for one in was if one not in now],
        "come": [one for one in now if one not in was],
    }


def _workbook(rows: Any, policy: Policy, name: str) -> FileResponse:  # noqa: ANN401 -- determinations with what they were
    headings = [
        _("Teacher"), _("School"), _("Verdict before"), _("Verdict after"), _("Recognised before"), _("Recognised after"),
        _("Reasons that fell away"), _("New reasons"),
    ]  # fmt: skip

    def line(row: Any) -> tuple[object, ...]:  # noqa: ANN401 -- a determination with what it was
        words = change_words(row, policy)
        before = "" if row.was_recognised_centi is None else format_hours_exact(row.was_recognised_centi)
        names = (row.teacher.name, row.school, words["was"], words["now"], before, format_hours_exact(row.recognised_centi))
        return (*names, "；".join(words["gone"]), "；".join(words["come"]))

    return workbook_response(name, headings, (line(row) for row in rows.iterator(chunk_size=1000)))
