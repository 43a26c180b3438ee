"""Signing in and out, activation, language and role."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.foundation.audit.refusals import note_refusal
from xingtan.foundation.entrance.needed import is_asked_for
from xingtan.foundation.entrance.region import region
from xingtan.foundation.entrance.visits import close_visit
from xingtan.foundation.people.grants import actor_of, grants_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import VISITOR
from xingtan.foundation.people.sign_in import activate as activate_account
from xingtan.foundation.people.sign_in import check_sign_in
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web import nav
from xingtan.web.access import allowed
from xingtan.web.entrance.keeping import KNOWN, enter, go_on
from xingtan.web.http import Request
from xingtan.web.middleware import GRANT_KEY
from xingtan.web.trainee.came import address_of
from xingtan.web.words import refusal_sentence

from .access import ANYONE, SIGNED_IN
from .forms import ActivationForm, SignInForm

YEAR_SECONDS = 365 * 24 * 3600


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the form wants to go on, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else otherwise


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def sign_in(request: Request) -> HttpResponse:
    """The sign-in form; a right password opens the role's first page or the page that asked for it, after the second factor if there is one."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if account := _checked(request, form.cleaned_data["identity"], form.cleaned_data["password"]):
                return redirect(go_on(request, account, by="password", wanted=safe_next(request, "")))
            form.add_error(None, _("Number and password do not belong together. After five failures you have to wait for a while."))
        except Refused as locked:
            form.add_error(None, refusal_sentence(locked))
    facts = {"form": form, "next": safe_next(request, ""), "region": region(), "is_easy": not is_asked_for()}
    return render(request, "public/sign_in.html", facts, status=422 if form.is_bound else 200)


def _checked(request: Request, identity: str, password: str) -> Account | None:
    """The account of a right password; a wrong one stands in the audit log, without what was typed."""
    try:
        cookie = request.COOKIES.get(KNOWN, "")
        account = check_sign_in(identity=identity, password=password, address=address_of(request), cookie=cookie, now=request.now)
    except Refused:
        note_refusal(VISITOR, "people.sign_in_locked", subject="account", now=request.now, origin=address_of(request))
        raise
    if account is None:
        note_refusal(VISITOR, "people.sign_in_refused", subject="account", now=request.now, origin=address_of(request))
    return account


@require_POST
@allowed(ANYONE)
def sign_out(request: Request) -> HttpResponse:
    """Nobody is signed in in this browser any more."""
    close_visit(request.session.session_key or "", now=request.now)
    logout(request)
    messages.success(request, _("You are signed out."))
    answer = redirect("public:front")
    answer["Clear-Site-Data"] = '"cache"'  # not "storage": minutes of study that a broken line kept wait there
    return answer


@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def activate(request: Request) -> HttpResponse:
    """The activation form; afterwards the account has the password and is signed in."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = activate_account(
                identity=given["identity"], code=given["code"], password=given["password"], address=address_of(request), now=request.now
            )
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            messages.success(request, _("Your account is activated."))
            return redirect(enter(request, account, by="activation"))
    return render(request, "public/activate.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@allowed(ANYONE)
def language(request: Request) -> HttpResponse:
    """The pages speak the chosen language in this browser from now on."""
    response = redirect(safe_next(request, "/"))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
    return response


@require_POST
@allowed(SIGNED_IN)
def switch_role(request: Request) -> HttpResponse:
    """The person acts in another of the own roles from now on; a grant of somebody else does not exist."""
    account = cast("Account", request.user)
    wanted = request.POST.get("grant", "")
    grant = next((grant for grant in grants_of(account, request.today) if str(grant.pk) == wanted), None)
    if grant is None:
        raise NotInScope
    request.session[GRANT_KEY] = grant.pk
    return redirect(nav.home_of(actor_of(grant, name=account.name)))
