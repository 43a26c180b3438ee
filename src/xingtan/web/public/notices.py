"""Public notices as anyone sees them: the days, the numbers, and while it is posted each school's masked list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as certificates
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of

from .access import ANYONE, SIGNED_IN

AT_MOST = 40


@require_safe
@allowed(ANYONE)
def posted(request: Request) -> HttpResponse:
    """Every notice of verdicts that is posted today."""
    found = notices.posted_notices(closing_room.NOTICE, request.today)
    return render(request, "public/notices.html", {"rows": [(one, *_stage(request, one)) for one in found]})


def _stage(request: Request, found: notices.Notice) -> tuple[str, object]:
    stage = found.stage(request.today)
    return notices.STAGE_CHIPS[stage], notices.STAGES[stage]


@require_safe
@allowed(ANYONE)
def notice(request: Request, pid: str) -> HttpResponse:
    """One notice: its days and numbers; a school is found by its name while lists are posted."""
    found = notices.notice_named(closing_room.NOTICE, pid)
    year = policies.TrainingYear.everywhere.select_related("organisation").get(pk=found.subject_id)
    scope = year.organisation.scope
    lines = closing_room.shown_counts(found, scope)
    counts = {one: sum(line.people for line in lines if line.verdict is one) for one in Verdict}
    q = request.GET.get("q", "").strip()[:40]
    is_posted = _is_posted(request, found)
    schools = (
        Organisation.objects.within(scope).filter(pk__among={line.school_id for line in lines}, name__contains=q).select_related("parent")
    )
    chip, stage = _stage(request, found)
    shown = {
        "notice": found,
        "year": year,
        "chip": chip,
        "stage": stage,
        "counts": [(room.VERDICT_CHIPS[one], room.VERDICTS[one], n) for one, n in counts.items() if n],
        "total": sum(counts.values()),
        "schools": schools.order_by("path")[:AT_MOST] if q and is_posted else [],
        "q": q,
        "is_posted": is_posted,
    }
    return render(request, "public/notice.html", shown)


def _is_posted(request: Request, found: notices.Notice) -> bool:
    return found.stage(request.today) in (notices.Stage.POSTED, notices.Stage.OBJECTIONS)


@require_safe
@allowed(ANYONE)
def school(request: Request, pid: str, school: str) -> HttpResponse:
    """A school's masked list, while it is posted; afterwards there is none."""
    found = notices.notice_named(closing_room.NOTICE, pid)
    year = policies.TrainingYear.everywhere.select_related("organisation").get(pk=found.subject_id)
    where = organisation_in(year.organisation.scope, school)
    if not _is_posted(request, found):
        raise NotInScope
    page = page_of(request, closing_room.shown_people(found, where.scope))
    rows = [
        (certificates.masked_name(row.teacher.name), room.VERDICT_CHIPS[Verdict(row.verdict)], room.VERDICTS[Verdict(row.verdict)])
        for row in page.rows
    ]
    return render(request, "public/notice_school.html", {"notice": found, "year": year, "school": where, "page_rows": page, "rows": rows})


@require_safe
@allowed(SIGNED_IN)
def objection(request: Request, pid: str) -> HttpResponse:
    """The way from a message to the objection, for each role its own page."""
    if request.actor.role is Role.TEACHER:
        return redirect("trainee:notice")
    if request.actor.role is Role.PROVIDER_STAFF:
        return redirect("provider:tenders")
    return redirect("bureau:objection", pid) if request.actor.may(closing_room.SEE_OBJECTIONS) else redirect("school:notice")
