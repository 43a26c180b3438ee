"""Coming in again: asking, confirming at the school, redeeming the code on the slip."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.core.calendar import local_day
from xingtan.foundation.entrance import recovery
from xingtan.foundation.entrance.access import CONFIRM_RECOVERY
from xingtan.foundation.entrance.factors import has_factor
from xingtan.foundation.entrance.models import Asked, Recovery
from xingtan.foundation.entrance.ranks import deciding_grants
from xingtan.foundation.entrance.visits import coarse
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.public.access import ANYONE
from xingtan.web.trainee.came import address_of
from xingtan.web.words import refusal_sentence, role_word

from .forms import AskForm, RedeemForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def recover(request: Request) -> HttpResponse:
    """Whoever may confirm the person hears of it; the answer is the same whatever name was typed."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = address_of(request)
        try:
            recovery.ask(identity=form.cleaned_data["identity"], address=address, place=coarse(address), now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            return render(request, "public/recover_asked.html")
    return render(request, "public/recover.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("password", "again", "code")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def recover_code(request: Request) -> HttpResponse:
    """The code on the slip opens the account once: it has a new password, and every browser is signed out."""
    form = RedeemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        told = {name: given[name] for name in ("identity", "code", "password")}
        try:
            recovery.redeem(**told, address=address_of(request), now=request.now)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            messages.success(request, _("The new password holds. Sign in with it."))
            return redirect("public:sign_in")
    return render(request, "public/recover_code.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@allowed(CONFIRM_RECOVERY)
def recoveries(request: Request) -> HttpResponse:
    """Who of the own people asks to come in again."""
    rows = [_row(one, request) for one in recovery.requests_for(request.actor, now=request.now)]
    return render(request, "public/recoveries.html", {"rows": rows})


def _row(one: Recovery, request: Request) -> dict[str, object]:
    account = one.account
    _rank, grants = deciding_grants(account, local_day(request.now)) if account else (0, [])
    place = grants[0].organisation if grants else ""
    role = role_word(Role(grants[0].role)) if grants else ""
    factor = bool(account and has_factor(account.pk))
    return {"one": one, "place": place, "role": role, "with_factor": factor, "is_waiting": one.state == Asked.WAITING}


@require_POST
@allowed(CONFIRM_RECOVERY)
def recovery_confirm(request: Request, pid: str) -> HttpResponse:
    """The person was seen in person; a slip with a code that is good once is there to print."""
    seen, lost = bool(request.POST.get("seen")), bool(request.POST.get("without_factor"))
    recovery.confirm(actor=request.actor, public_id=pid, is_seen=seen, without_factor=lost, now=request.now)
    return _slip(request, pid)


@require_POST
@allowed(CONFIRM_RECOVERY)
def recovery_slip(request: Request, pid: str) -> HttpResponse:
    """The slip of a confirmed request once more."""
    return _slip(request, pid)


def _slip(request: Request, pid: str) -> HttpResponse:
    found, code = recovery.slip_code(actor=request.actor, public_id=pid, now=request.now)
    answer = render(request, "public/recovery_slip.html", {"one": found, "code": f"{code[:4]}-{code[4:]}".upper()})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@allowed(CONFIRM_RECOVERY)
def recovery_decline(request: Request, pid: str) -> HttpResponse:
    """The request is closed without a code."""
    found = recovery.decline(actor=request.actor, public_id=pid, now=request.now)
    messages.success(request, _("The request of %(name)s is closed.") % {"name": found.account})
    return redirect("public:recoveries")
