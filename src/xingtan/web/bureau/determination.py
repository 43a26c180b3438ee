"""The closing of a year: the board, a trial run, and the act of closing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.notices import api as notices
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.trainee.record import chosen_year

from .closing_board import Board, address, board_of, checklist, comparison, steps
from .deciding import year_in
from .objection_rows import row_of

SHOWN = 4


@require_safe
@allowed(room.SEE_DETERMINATIONS)
def determination(request: Request) -> HttpResponse:
    """Trial, notice, objections, closing: where the year stands, what changed, what is open, what is lacking."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/determination.html", {"year": None, "years": years})
    board = board_of(request, year)
    found = notices.objections_in(request.actor.scope, closing_room.notice_ids(year.pk), state="open").order_by("due_on", "number")
    shown = {
        "year": year,
        "years": years,
        "board": board,
        "steps": steps(board),
        "checklist": checklist(board),
        "met": sum(one.is_met for one in board.conditions),
        "objections": [row_of(one, request.today) for one in found[:SHOWN]],
        "files": closing_room.files_of(board.closing) if board.closing else [],
        **comparison(board),
        **_may(board),
    }
    return render(request, "bureau/determination.html", shown)


def _may(board: Board) -> dict[str, object]:
    actor = board.request.actor
    return {
        "may_run": board.is_open and actor.may(room.DETERMINE),
        "may_publish": board.is_open and actor.may(closing_room.PUBLISH_NOTICE),
        "may_close": board.is_open and actor.may(closing_room.CLOSE_YEAR),
        "may_assign": actor.may(closing_room.HANDLE_OBJECTIONS),
        "is_ready": bool(board.conditions) and all(one.is_met for one in board.conditions),
        "next_number": (board.trials[0].number or 0) + 1
        if board.trials and board.trials[0].organisation_id == actor.organisation_id
        else None,
    }


@require_POST
@allowed(room.DETERMINE)
def run(request: Request) -> HttpResponse:
    """A trial run of the own branch waits in the queue; its page shows how far it is."""
    year = year_in(request, request.POST.get("year", ""))
    if year.state == policies.YearState.CLOSED:
        raise Refused("year_closed", year=year.year)
    if request.actor.organisation_id is None:
        raise NotInScope
    params = {"year": year.pk, "organisation": request.actor.organisation_id}
    job = start_job(actor=request.actor, kind=room.DETERMINE_JOB, params=params, now=request.now)
    return redirect("public:job", job.public_id)


@require_POST
@allowed(closing_room.CLOSE_YEAR)
def close(request: Request) -> HttpResponse:
    """The closing waits in the queue, unless a condition is not met already."""
    year = year_in(request, request.POST.get("year", ""))
    missing = [one for one in closing_room.conditions(year, request.actor, request.today) if not one.is_met]
    if missing and year.state == policies.YearState.OPEN:
        raise Refused("year_not_ready", count=len(missing))
    job = start_job(actor=request.actor, kind=closing_room.CLOSE_JOB, params={"year": year.pk}, now=request.now)
    return redirect("public:job", job.public_id)


@require_POST
@allowed(closing_room.CLOSE_YEAR)
def archive(request: Request) -> HttpResponse:
    """The archive of a closed year waits to be written, once more where it was lost."""
    year = year_in(request, request.POST.get("year", ""))
    closing = closing_room.closing_of(year.pk)
    if closing is None:
        raise NotInScope
    job = start_job(actor=request.actor, kind=closing_room.ARCHIVE_JOB, params={"closing": closing.pk}, now=request.now)
    return redirect("public:job", job.public_id)


@require_POST
@allowed(room.EXAMINE)
def examine(request: Request) -> HttpResponse:
    """The ticked verdicts, or all settled ones, are final."""
    year = year_in(request, request.POST.get("year", ""))
    if "all" in request.POST:
        count = room.examine(actor=request.actor, training_year_id=year.pk, organisation_id=request.actor.organisation_id, now=request.now)
    else:
        ids = _ticked(request, year)
        count = room.examine(actor=request.actor, training_year_id=year.pk, teacher_ids=ids, now=request.now)
    messages.success(request, ngettext("%(n)s verdict is final now.", "%(n)s verdicts are final now.", count) % {"n": count})
    return redirect(address("bureau:determination_verdicts", year))


def _ticked(request: Request, year: policies.TrainingYear) -> list[int]:
    ticked = set(request.POST.getlist("ids"))
    if not ticked:
        raise Refused("nothing_ticked")
    found = room.determinations_in(request.actor.scope, year.pk).filter(public_id__among=ticked)
    ids = list(found.order_by().values_list("teacher_id", flat=True))
    if len(ids) != len(ticked):
        raise Refused("stale")
    return ids
