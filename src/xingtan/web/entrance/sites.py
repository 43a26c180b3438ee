"""Other sites that sign people in with us, registered by the province."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xingtan.foundation.entrance.access import MANAGE_SITES
from xingtan.foundation.entrance.sites import SCOPES, Registered, new_secret, register_site, sites, withdraw_site
from xingtan.foundation.entrance.tokens import TokenAdapter
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .words import SCOPES as SCOPE_WORDS


class SiteForm(forms.Form):
    """Who the site is, where people come back to, and what it may learn."""

    name = forms.CharField(
        label=gettext_lazy("Name of the site"), max_length=100, help_text=gettext_lazy("People read it before they agree.")
    )
    addresses = forms.CharField(
        label=gettext_lazy("Addresses that people come back to"),
        max_length=2000,
        help_text=gettext_lazy("One a line, whole, with https://."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may learn"),
        required=False,
        choices=[(scope, SCOPE_WORDS[scope]) for scope in SCOPES if scope != "openid"],
        widget=forms.CheckboxSelectMultiple,
    )
    is_public = forms.BooleanField(label=gettext_lazy("A program without a server, which can keep no secret"), required=False)


@never_cache
@require_safe
@allowed(MANAGE_SITES)
def site_list(request: Request) -> HttpResponse:
    """Every site, and the form for another."""
    return _page(request, SiteForm())


@require_POST
@allowed(MANAGE_SITES)
def site_add(request: Request) -> HttpResponse:
    """The site is registered; its secret is shown on this answer only."""
    form = SiteForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    told = form.cleaned_data
    addresses = [line for line in told["addresses"].splitlines() if line.strip()]
    kept = {"name": told["name"], "addresses": addresses, "scopes": told["scopes"], "is_public": told["is_public"]}
    try:
        made = register_site(actor=request.actor, **kept, now=request.now)
    except Refused as refused:
        form.add_error("addresses", refusal_sentence(refused))
        return _page(request, form, status=409)
    return _page(request, SiteForm(), made=made)


@require_POST
@allowed(MANAGE_SITES)
def site_secret(request: Request) -> HttpResponse:
    """The site has a new secret, shown on this answer only."""
    made = new_secret(actor=request.actor, site_id=request.POST.get("site", ""), now=request.now)
    return _page(request, SiteForm(), made=made)


@require_POST
@allowed(MANAGE_SITES)
def site_withdraw(request: Request) -> HttpResponse:
    """Nobody signs in at that site any more."""
    name = withdraw_site(actor=request.actor, site_id=request.POST.get("site", ""), now=request.now)
    messages.success(request, _("%(name)s can sign nobody in any more.") % {"name": name})
    return redirect("bureau:sites")


def _page(request: Request, form: SiteForm, *, made: Registered | None = None, status: int = 200) -> HttpResponse:
    facts = {"form": form, "rows": sites(), "made": made, "issuer": TokenAdapter().get_issuer()}
    answer = render(request, "bureau/sites.html", facts, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
