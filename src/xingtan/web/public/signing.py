"""Signing in and out, activation, language and role."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.foundation.audit.log import record
from xingtan.foundation.people.grants import actor_of, grants_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.sign_in import activate as activate_account
from xingtan.foundation.people.sign_in import forget_failures, note_failure, refuse_while_locked
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web import nav
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.middleware import GRANT_KEY
from xingtan.web.words import refusal_sentence

from .access import ANYONE, SIGNED_IN
from .forms import ActivationForm, SignInForm

YEAR_SECONDS = 365 * 24 * 3600
BACKEND = "xingtan.foundation.people.sign_in.NumberOrPhoneBackend"


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where the form wants to go on, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else otherwise


def _home(request: Request, account: Account) -> str:
    grants = grants_of(account, request.today)
    return nav.home_of(actor_of(grants[0], name=account.name)) if grants else "/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def sign_in(request: Request) -> HttpResponse:
    """The sign-in form; a right password opens the role's first page, or the page that asked for it."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if account := _checked(request, form.cleaned_data["identity"], form.cleaned_data["password"]):
                return redirect(safe_next(request, _home(request, account)))
            form.add_error(None, _("Number and password do not belong together. After five failures the account is locked for a while."))
        except Refused as locked:
            form.add_error(None, refusal_sentence(locked))
    status = 422 if form.is_bound else 200
    return render(request, "public/sign_in.html", {"form": form, "next": safe_next(request, "")}, status=status)


def _checked(request: Request, identity: str, password: str) -> Account | None:
    refuse_while_locked(identity, now=request.now)
    account = authenticate(request, username=identity, password=password)
    if account is None:
        note_failure(identity, now=request.now)
        return None
    forget_failures(identity)
    login(request, account)
    _record_sign_in(request, account)
    return account


def _record_sign_in(request: Request, account: Account) -> None:
    grants = grants_of(account, request.today)
    if grants:
        record(actor_of(grants[0], name=account.name), "people.signed_in", "account", [account.pk], now=request.now)


@require_POST
@allowed(ANYONE)
def sign_out(request: Request) -> HttpResponse:
    """Nobody is signed in in this browser any more."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("public:front")


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
            account = activate_account(identity=given["identity"], code=given["code"], password=given["password"], now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            login(request, account, backend=BACKEND)
            messages.success(request, _("Your account is activated."))
            return redirect(_home(request, account))
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
