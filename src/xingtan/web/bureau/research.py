"""Research data without names: the province chooses a year and k, a job makes the bundle."""

from __future__ import annotations

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import start_job
from xingtan.web.access import allowed
from xingtan.web.http import Request

SHOWN = 20


class ResearchForm(forms.Form):
    """Which year, and how many people at least look alike."""

    year = forms.TypedChoiceField(label=_("Training year"), coerce=int)
    k = forms.IntegerField(
        label=_("At least so many people look alike (k)"),
        min_value=supervision.LEAST_K,
        max_value=supervision.MOST_K,
        initial=supervision.DEFAULT_K,
    )


def _form(request: Request) -> ResearchForm:
    form = ResearchForm(request.POST or None)
    years = [(one.pk, str(one.year)) for one in policies.years_for(request.actor)]
    form.fields["year"].choices = years  # type: ignore[attr-defined]  # -- a ChoiceField
    return form


def _page(request: Request, form: ResearchForm, status: int = 200) -> HttpResponseBase:
    made = Job.objects.within(request.actor.scope).filter(kind=supervision.RESEARCH_JOB, account_id=request.actor.account_id)
    return render(request, "bureau/research.html", {"form": form, "jobs": made.order_by("-pk")[:SHOWN]}, status=status)


@require_safe
@allowed(supervision.RESEARCH)
def research(request: Request) -> HttpResponseBase:
    """The form, what an extract holds and does not hold, and the own extracts."""
    return _page(request, _form(request))


@require_POST
@allowed(supervision.RESEARCH)
def start(request: Request) -> HttpResponseBase:
    """The extract is being made; its page shows how far it is and gives the bundle."""
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, 422)
    params = {"year_id": form.cleaned_data["year"], "k": form.cleaned_data["k"], "back": reverse("bureau:research")}
    job = start_job(actor=request.actor, kind=supervision.RESEARCH_JOB, params=params, now=request.now)
    return redirect("public:job", job.public_id)
