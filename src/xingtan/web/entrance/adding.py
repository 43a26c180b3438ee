"""Setting up and taking away second factors."""

from __future__ import annotations

from typing import cast

import segno
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.foundation.entrance.factors import codes_left, new_codes, remove_factor, set_up_app
from xingtan.foundation.entrance.mfa import MfaAdapter
from xingtan.foundation.entrance.needed import needs_factor
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web import nav
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.public.access import SIGNED_IN
from xingtan.web.words import refusal_sentence

from .forms import AppForm, PasskeyForm
from .keeping import STRONG, proved
from .passkeys import has_name, keep_new, options_to_add

SECRET = "entrance_secret"  # noqa: S105 -- the session's word for it


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(SIGNED_IN)
def app_add(request: Request) -> HttpResponse:
    """A picture for the authenticator app; the code that it then shows makes it the second factor."""
    form = AppForm(request.POST or None)
    secret = request.session.setdefault(SECRET, generate_totp_secret())
    if request.method == "POST" and form.is_valid():
        try:
            set_up_app(actor=request.actor, secret=secret, code=form.cleaned_data["code"], now=request.now)
        except Refused as refused:
            form.add_error("code", refusal_sentence(refused))
        else:
            del request.session[SECRET]
            return _added(request)
    address = MfaAdapter().build_totp_url(cast("Account", request.user), secret)
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2, svgclass="x-qr", lineclass=None)
    shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    facts = {"form": form, "picture": picture, "secret": shown, "with_passkey": has_name(request), "is_needed": _is_led(request)}
    return render(request, "public/app_add.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(SIGNED_IN)
def passkey_add(request: Request) -> HttpResponse:
    """The passkey that this browser makes is a second factor."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            keep_new(request, name=form.cleaned_data["name"], answer=form.cleaned_data["passkey"])
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            return _added(request)
    options = options_to_add(cast("Account", request.user)) if has_name(request) else None
    facts = {"form": form, "options": options, "is_needed": _is_led(request)}
    return render(request, "public/passkey_add.html", facts, status=422 if form.is_bound else 200)


def _is_led(request: Request) -> bool:
    """True for an administrator who may do nothing else before."""
    return needs_factor(request.actor) and not request.session.get(STRONG)


def _added(request: Request) -> HttpResponse:
    """The new factor was just proved; who has no recovery codes yet gets them now."""
    proved(request, strong=True)
    if codes_left(request.actor.account_id or 0) == 0:
        return _codes_shown(request)
    messages.success(request, _("The second factor is set up."))
    return redirect("public:security")


@require_POST
@allowed(SIGNED_IN)
def factor_codes(request: Request) -> HttpResponse:
    """Ten new recovery codes, shown on this answer only; the earlier ones are void."""
    return _codes_shown(request)


def _codes_shown(request: Request) -> HttpResponse:
    codes = new_codes(actor=request.actor, now=request.now)
    answer = render(
        request, "public/factor_codes.html", {"codes": [f"{one[:4]} {one[4:]}" for one in codes], "home": nav.home_of(request.actor)}
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@allowed(SIGNED_IN)
def factor_remove(request: Request) -> HttpResponse:
    """That way in is gone; the last one stays where the role needs one."""
    given = request.POST.get("factor", "")
    if not given.isdecimal():
        raise NotInScope
    remove_factor(actor=request.actor, factor_id=int(given), is_needed=needs_factor(request.actor), now=request.now)
    messages.success(request, _("That second factor opens nothing any more."))
    return redirect("public:security")
