"""A project that does not take place: cancelled, with its reason."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xingtan.domains.projects import api as projects
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page
from xingtan.web.http import Request

from .common import own_project, tried


class CancelForm(OfficeForm):
    """Why the project does not take place."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everyone who looks for the project reads it."),
    )


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def cancel(request: Request, pid: str) -> HttpResponse:
    """The project is cancelled with this reason; whoever applied is told."""
    held = own_project(request, pid)
    form = CancelForm(request.POST or None)
    if form.is_bound and form.is_valid():
        act = partial(projects.cancel_project, actor=request.actor, project_id=held.pk, now=request.now)
        if tried(form, lambda: act(reason=form.cleaned_data["reason"])) is not None:
            messages.success(request, gettext("The project is cancelled."))
            return redirect("bureau:project", pid)
    return form_page(request, "bureau/projects/cancel.html", form, {"project": held})
