"""Opening, closing and copying a survey, and reminding those it asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingtan.domains.plans import api as plans
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.surveys import api as surveys
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.people.acting import pressed

from .writing import own


def _pressed(request: Request, held: surveys.Survey, act: Callable[[], object], done: str) -> HttpResponseBase:
    return pressed(request, act, done=done, then=reverse("bureau:survey", args=[held.public_id]))


@require_POST
@allowed(surveys.ASK)
def open_(request: Request, pid: str) -> HttpResponseBase:
    """Those it asks may answer."""
    held = own(request, pid)
    done = _("Open. Those it asks find it under their messages once you remind them, and on the page of surveys.")
    return _pressed(request, held, lambda: surveys.open_survey(actor=request.actor, survey_id=held.pk, now=request.now), done)


@require_POST
@allowed(surveys.ASK)
def close(request: Request, pid: str) -> HttpResponseBase:
    """Nobody answers any more."""
    held = own(request, pid)
    return _pressed(
        request,
        held,
        lambda: surveys.close_survey(actor=request.actor, survey_id=held.pk, now=request.now),
        _("Closed; the results stand."),
    )


@require_POST
@allowed(surveys.ASK)
def reopen(request: Request, pid: str) -> HttpResponseBase:
    """The survey takes answers for another week."""
    held = own(request, pid)
    until: date = request.today + timedelta(days=7)
    done = _("Open for another week.")
    return _pressed(
        request, held, lambda: surveys.reopen_survey(actor=request.actor, survey_id=held.pk, closes_on=until, now=request.now), done
    )


@require_POST
@allowed(surveys.ASK)
def cancel(request: Request, pid: str) -> HttpResponseBase:
    """The survey is off."""
    held = own(request, pid)
    return _pressed(request, held, lambda: surveys.cancel_survey(actor=request.actor, survey_id=held.pk, now=request.now), _("Cancelled."))


@require_POST
@allowed(surveys.ASK)
def copy(request: Request, pid: str) -> HttpResponseBase:
    """The own office has a new draft that asks the same from today on."""
    held = surveys.survey_in(request.actor.scope, pid)
    made = surveys.copy_survey(
        actor=request.actor, survey=held, opens_on=request.today, closes_on=request.today + timedelta(days=14), now=request.now
    )
    return redirect("bureau:survey_change", made.public_id)


@require_POST
@allowed(surveys.ASK)
def remind(request: Request, pid: str) -> HttpResponseBase:
    """In the background everyone who is asked and has not answered gets a message."""
    held = own(request, pid)
    job = start_job(actor=request.actor, kind=plans.REMIND_JOB, params={"survey": held.public_id}, now=request.now)
    return redirect("public:job", job.public_id)
