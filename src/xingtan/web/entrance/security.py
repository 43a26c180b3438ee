"""One's own ways in: password, second factors, browsers, other sites."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.foundation.entrance.factors import APP, CODES, codes_left, factors_of, has_factor
from xingtan.foundation.entrance.needed import needs_factor
from xingtan.foundation.entrance.passwords import change_password
from xingtan.foundation.entrance.sites import forget_site, sites_of
from xingtan.foundation.entrance.visits import end_visits, follow_key, visits_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.public.access import SIGNED_IN
from xingtan.web.words import refusal_sentence

from .forms import ChangeForm
from .keeping import proved
from .words import factor_word, way_word


class OneForm(forms.Form):
    """Which one is meant."""

    one = forms.CharField(max_length=100)


@never_cache
@require_safe
@allowed(SIGNED_IN)
def security(request: Request) -> HttpResponse:
    """Everything by which one's account is opened, and where it is open now."""
    account = cast("Account", request.user)
    visits = [
        {"visit": one, "way": way_word(one.by), "is_here": one.session_key == request.session.session_key}
        for one in visits_of(account.pk, now=request.now)
    ]
    factors = [
        {"factor": one, "word": factor_word(one.type), "name": one.data.get("name", "")}
        for one in factors_of(account.pk)
        if one.type != CODES
    ]
    facts = {"visits": visits, "factors": factors, "codes": codes_left(account.pk), "with_factor": has_factor(account.pk)}
    facts["with_app"] = any(row["factor"].type == APP for row in factors)
    return render(request, "public/security.html", facts | {"is_needed": needs_factor(request.actor), "sites": sites_of(account.pk)})


@never_cache
@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(SIGNED_IN)
def password(request: Request) -> HttpResponse:
    """The new password holds, and every other browser is signed out."""
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, key = form.cleaned_data, request.session.session_key or ""
        try:
            account = change_password(actor=request.actor, old=given["old"], new=given["password"], session_key=key, now=request.now)
        except Refused as refused:
            form.add_error("old", refusal_sentence(refused))
        else:
            _stay(request, account)
            messages.success(request, _("The password is changed. Every other browser is signed out."))
            return redirect("public:security")
    return render(request, "public/password.html", {"form": form}, status=422 if form.is_bound else 200)


def _stay(request: Request, account: Account) -> None:
    """This browser goes on under the new password; its session has a new key, which its visit follows."""
    old = request.session.session_key or ""
    update_session_auth_hash(request, account)
    proved(request, strong=False)
    request.session.save()
    follow_key(old, request.session.session_key or "")


@require_POST
@allowed(SIGNED_IN)
def visit_end(request: Request) -> HttpResponse:
    """That browser is signed out; of another person's nothing happens."""
    form = OneForm(request.POST)
    only = [form.cleaned_data["one"]] if form.is_valid() else []
    end_visits(actor=request.actor, account_id=request.actor.account_id or 0, only=only, now=request.now)
    messages.success(request, _("That browser is signed out."))
    return redirect("public:security")


@require_POST
@allowed(SIGNED_IN)
def visits_end(request: Request) -> HttpResponse:
    """Every browser but this one is signed out."""
    here = request.session.session_key or ""
    end_visits(actor=request.actor, account_id=request.actor.account_id or 0, but=here, now=request.now)
    messages.success(request, _("Every other browser is signed out."))
    return redirect("public:security")


@require_POST
@allowed(SIGNED_IN)
def site_forget(request: Request) -> HttpResponse:
    """That site learns nothing more of the account until its holder agrees again."""
    form = OneForm(request.POST)
    site = form.cleaned_data["one"] if form.is_valid() else ""
    forget_site(actor=request.actor, site_id=site, now=request.now)
    messages.success(request, _("The site is no longer connected."))
    return redirect("public:security")
