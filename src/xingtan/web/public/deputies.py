"""One's own deputies: name somebody of the branch to stand in for the present role, for a time; end it early."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.foundation.people.deputies import NAME_DEPUTY, deputies_of, dismiss_deputy, name_deputy
from xingtan.foundation.people.roles import SCHOOL
from xingtan.foundation.people.sign_in import account_named
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.duties import warn_of_both_duties
from xingtan.web.http import Request
from xingtan.web.parts.days import day_field
from xingtan.web.words import refusal_sentence, role_word


class DeputyForm(forms.Form):
    """Who stands in, from when to when."""

    identity = forms.CharField(label=gettext_lazy("Sign-in name, identity number or phone"), max_length=40)
    from_on = day_field(gettext_lazy("First day"))
    to_on = day_field(gettext_lazy("Last day"))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(NAME_DEPUTY)
def deputies(request: Request) -> HttpResponse:
    """Who stands in for the present role; a new deputy is named by the form."""
    form = DeputyForm(request.POST or None, initial={"from_on": request.today})
    if request.method != "POST" or not form.is_valid():
        return _shown(request, form, 422 if form.errors else 200)
    told = form.cleaned_data
    try:
        account = account_named(told["identity"])
        named = name_deputy(actor=request.actor, account=account, from_on=told["from_on"], to_on=told["to_on"], now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _shown(request, form, 409)
    messages.success(request, _("The deputy is named."))
    warn_of_both_duties(request, named.account, named.from_on)
    return redirect("public:deputies")


@require_POST
@allowed(NAME_DEPUTY)
def dismiss(request: Request, grant_id: int) -> HttpResponse:
    """The deputy no longer stands in."""
    dismiss_deputy(actor=request.actor, grant_id=grant_id, now=request.now)
    messages.success(request, _("The deputy no longer stands in."))
    return redirect("public:deputies")


def _shown(request: Request, form: DeputyForm, status: int) -> HttpResponse:
    facts = {
        "form": form,
        "rows": deputies_of(request.actor.grant_id or 0, request.today),
        "role": role_word(request.actor.role),
        "is_school": request.actor.role in SCHOOL,
    }
    return render(request, "public/deputies.html", facts, status=status)
