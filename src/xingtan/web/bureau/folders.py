"""The inspection folder of a training or a project in one click: a job packs it, its page hands it out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from xingtan.domains.finance import api as finance
from xingtan.domains.projects import api as projects
from xingtan.domains.recognition import api as door
from xingtan.foundation.jobs.run import start_job
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.formats import yuan

MOST_BILLS = 5_000


@require_POST
@allowed(door.SEE_TRAININGS)
def training_folder(request: Request, pid: str) -> HttpResponse:
    """The training's folder is being packed; its job's page shows how far."""
    found = door.training_in(request.actor.scope, pid)
    back = reverse("bureau:training", args=[pid])
    params = {"training": found.public_id, "back": back}
    job = start_job(actor=request.actor, kind=door.TRAINING_FOLDER_JOB, params=params, now=request.now)
    return redirect("public:job", job.public_id)


@require_POST
@allowed(door.SEE_TRAININGS)
def project_folder(request: Request, pid: str) -> HttpResponse:
    """The project's folder for this branch is being packed, with its lines of money."""
    found = projects.project_in(request.actor.scope, pid)
    accounts = []
    if request.actor.may(finance.SEE_BILLS):
        bills = finance.bills_in(request.actor.scope, found.training_year_id).select_related("school")[:MOST_BILLS]
        accounts = [(str(one.school.name), one.number, str(yuan(one.amount_fen)), str(one.state)) for one in bills]
    params = {"project": found.public_id, "accounts": accounts, "back": reverse("bureau:projects")}
    job = start_job(actor=request.actor, kind=door.PROJECT_FOLDER_JOB, params=params, now=request.now)
    return redirect("public:job", job.public_id)
