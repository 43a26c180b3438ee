"""A draft tried on a past year: begun, watched, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.models import State as JobState
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import Page, page_of
from xingtan.web.words import refusal_sentence

from .rule_lines import tell
from .rule_values import Values
from .workbench_compare import sections
from .workbench_page import bench

SAMPLE = 6
SHOWN = 8
STRICTER, MILDER, OTHER = "#c9665a", "#4f9369", "#a9b2ba"


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Teachers who move from one verdict to another, with the rows of the tables that decided and decide."""

    number: int
    before: str
    after: str
    why_before: str
    why_after: str
    line_before: int
    line: int
    side: str
    n: int
    percent: int


@dataclass(frozen=True, slots=True)
class Person:
    """A teacher whose verdict would change."""

    public_id: str
    name: str
    school: str
    hours: int
    hours_after: int
    move: MoveRow


def trial_panel(request: Request, draft: policies.PolicyDraft) -> dict[str, Any]:
    """The years a draft may be tried on, and what its latest trial found."""
    years = list(policies.years_for(request.actor))
    latest = policies.trials_of(draft).first()
    chosen = latest.training_year_id if latest is not None else next((year.pk for year in years[1:]), None)
    facts: dict[str, Any] = {"years": years, "chosen": chosen, "trial": latest, "job": None, "result": None}
    if latest is None:
        return facts
    if latest.found:
        return {**facts, "result": result_of(request.actor, latest)}
    job = Job.everywhere.filter(public_id=latest.job_public_id).first()
    return {**facts, "job": job, "has_failed": job is None or job.state in (JobState.FAILED, JobState.REFUSED)}


def result_of(actor: Actor, trial: policies.DraftTrial) -> dict[str, Any]:
    """What a trial found, in words."""
    found = trial.found
    moves = moves_of(trial)
    changed, total = found["changed"], found["teachers"]
    sides = found["sides"]
    pieces = [
        (100 * sides[key] / changed, colour) for key, colour in (("stricter", STRICTER), ("milder", MILDER), ("other", OTHER)) if sides[key]
    ]
    return {
        "changed": changed,
        "total": total,
        "share": f"{changed * 10000 // total / 100:.2f}" if total else "0.00",
        "sides": sides,
        "pieces": pieces if changed else [],
        "moves": moves,
        "causes": _causes(trial),
        "places": _places(found.get("places", {})),
        "sample": people_of(actor, [found["people"][at] for at in _spread(len(found["people"]))], moves),
        "seconds": found.get("seconds", 0),
        "is_older": trial.revision != trial.draft.revision,
    }


def _spread(n: int) -> list[int]:
    """A few places spread over a list."""
    return sorted({at * n // SAMPLE for at in range(SAMPLE)}) if n else []


def moves_of(trial: policies.DraftTrial) -> list[MoveRow]:
    """Each kind of move with what decided before and what decides in the trial."""
    old, new = policies.check_text(trial.training_year.pack.text), policies.check_text(trial.text)
    rows = trial.found["moves"]
    most = max((row["n"] for row in rows), default=1)
    found = []
    for number, row in enumerate(rows):
        before, line_before = _row(old, row["row_before"])
        after, line = _row(new, row["row_after"])
        verdict, other = (str(determination_room.VERDICTS[Verdict(row[key])]) for key in ("before", "after"))
        percent = max(1, 100 * row["n"] // most)
        found.append(MoveRow(number, verdict, other, before, after, line_before, line, row["side"], row["n"], percent))
    return found


def _row(checked: policies.Checked, number: int) -> tuple[str, int]:
    rows = policies.rows_of(checked.data or {}, "decide")
    if not 0 <= number < len(rows):
        return _("the facts are unclear"), 0
    return tell("decide", rows[number], Values(checked.data or {})).label, checked.line_of(("decide", number))


def _causes(trial: policies.DraftTrial) -> list[dict[str, Any]]:
    """Each changed table tried alone: what was changed there, and how many verdicts that alone moves."""
    old, new = policies.check_text(trial.training_year.pack.text), policies.check_text(trial.text)
    said = {row.field: row for section in sections(old, new) for row in section.rows}
    found = []
    for cause in trial.found["causes"]:
        own = [row for field, row in said.items() if field.split(".")[0] == cause["table"] and row.kind != "order"]
        main = [row for row in own if not row.field.endswith((".clause", ".reading", ".zh", ".en"))] or own
        if main:
            found.append(
                {**cause, "row": main[0], "more": len(main) - 1, "milder": cause.get("milder", 0), "stricter": cause.get("stricter", 0)}
            )
    return sorted(found, key=lambda one: -one["n"])


def _places(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The cities (or, where there is one only, its counties) with the most changes; the rest together."""
    rows = {str(one.pk): one for one in Organisation.everywhere.filter(pk__in=[int(pk) for pk in counts])}
    cities = {pk: row for pk, row in rows.items() if row.kind == Kind.CITY}
    shown = cities if len(cities) > 1 or len(rows) == len(cities) else {pk: row for pk, row in rows.items() if row.kind != Kind.CITY}
    ordered = sorted(((str(row), counts[pk]) for pk, row in shown.items()), key=lambda one: -one[1])
    top, rest = ordered[: SHOWN - 1] if len(ordered) > SHOWN else ordered, ordered[SHOWN - 1 :] if len(ordered) > SHOWN else []
    most = max((n for _name, n in ordered), default=1)
    found = [{"name": name, "n": n, "percent": 100 * n // most} for name, n in top]
    if rest:
        n = sum(n for _name, n in rest)
        found.append({"name": _("%(count)s others") % {"count": len(rest)}, "n": n, "percent": min(100, 100 * n // most)})
    return found


def people_of(actor: Actor, rows: Iterable[Sequence[int]], moves: Sequence[MoveRow]) -> list[Person]:
    """The teachers behind a trial's rows, those of the actor's branch."""
    rows = list(rows)
    found = teachers.teachers_in(actor.scope).filter(pk__among=[row[0] for row in rows]).select_related("school")
    known = {one.pk: one for one in found}
    return [
        Person(known[pk].public_id, known[pk].name, str(known[pk].school), hours, after, moves[move])
        for pk, move, hours, after in rows
        if pk in known
    ]


@require_POST
@allowed(policies.WRITE_DRAFTS)
def begin(request: Request, pid: str) -> HttpResponse:
    """A trial waits in the queue; the draft's page shows how far it is."""
    draft = policies.draft_by_id(request.actor, pid)
    wanted = request.POST.get("year", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 12):
        raise NotInScope
    back = reverse("bureau:draft", args=[pid])
    try:
        determination_room.try_draft(actor=request.actor, pid=pid, training_year_id=int(wanted), back=back, now=request.now)
    except Refused as refused:
        facts = {**bench(request, draft), **trial_panel(request, draft), "refusal": refusal_sentence(refused)}
        return render(request, "bureau/workbench/draft.html", facts, status=409)
    return redirect(f"{back}#trial")


@require_safe
@allowed(policies.WRITE_DRAFTS)
def trial(request: Request, pid: str) -> HttpResponseBase:
    """Everybody whose verdict a trial would change."""
    held = policies.trial_by_id(request.actor, pid)
    if not held.found:
        return redirect("bureau:draft", held.draft.public_id)
    moves = moves_of(held)
    rows = _chosen(held.found["people"], request.GET.get("move", ""))
    if request.GET.get("export") == "xlsx":
        return _workbook(held, people_of(request.actor, rows, moves))
    page: Page[Any] = page_of(request, rows)
    facts = {
        "trial": held,
        "moves": moves,
        "move": request.GET.get("move", ""),
        "page_rows": page,
        "people": people_of(request.actor, page.rows, moves),
        "named": len(held.found["people"]),
        "changed": held.found["changed"],
    }
    return render(request, "bureau/workbench/trial_page.html", facts)


def _chosen(rows: list[list[int]], move: str) -> list[list[int]]:
    return [row for row in rows if str(row[1]) == move] if move else rows


def _workbook(trial: policies.DraftTrial, people: Iterable[Person]) -> HttpResponseBase:
    headings = [
        _("Teacher"),
        _("School"),
        _("Recognised"),
        _("Recognised in the trial"),
        _("Verdict before"),
        _("Decided by"),
        _("Verdict in the trial"),
        _("Decided by"),
    ]
    rows = (
        (
            one.name,
            one.school,
            format_hours_exact(one.hours),
            format_hours_exact(one.hours_after),
            one.move.before,
            one.move.why_before,
            one.move.after,
            one.move.why_after,
        )
        for one in people
    )
    return workbook_response(f"{trial.training_year.year}-{_('trial')}", headings, rows)
