"""Signing in with the region's identity provider: there, back, and to the one account that its claim names."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.refusals import note_refusal
from xingtan.foundation.entrance.region import Region, begin, finish
from xingtan.foundation.entrance.region import region as region_here
from xingtan.foundation.people.models import NUMBER_BOX, Account
from xingtan.foundation.people.roles import VISITOR
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.public.access import ANYONE
from xingtan.web.public.signing import safe_next
from xingtan.web.trainee.came import address_of
from xingtan.web.words import refusal_sentence

from .keeping import go_on

KEPT = "entrance_region"


@never_cache
@require_safe
@allowed(ANYONE)
def region_sign_in(request: Request) -> HttpResponse:
    """The browser goes to the region's identity provider."""
    at = region_here()
    if at is None:
        return redirect("public:sign_in")
    try:
        address, kept = begin(at, _back(request))
    except Refused as refused:
        return _failed(request, refused)
    request.session[KEPT] = {**kept, "next": safe_next(request, "")}
    return redirect(address)


@never_cache
@require_safe
@allowed(ANYONE)
def region_back(request: Request) -> HttpResponse:
    """Who comes back from there with an answer meant for us is signed in, if there is an account; none is ever made here."""
    at, kept = region_here(), request.session.pop(KEPT, {})
    if at is None:
        return redirect("public:sign_in")
    try:
        value = finish(at, kept, code=request.GET.get("code", ""), state=request.GET.get("state", ""), back=_back(request))
        account = account_for(at, value)
    except Refused as refused:
        return _failed(request, refused)
    return redirect(go_on(request, account, by="region", wanted=str(kept.get("next", ""))))


def account_for(at: Region, value: str) -> Account:
    """The one active account that the claim's value names; raises `Refused` for none or several."""
    if at.match == "number":
        found = Account.objects.filter(number_index=NUMBER_BOX.index(value), is_active=True)
    elif at.match == "staff_number":
        found = Account.objects.filter(pk__in=teachers.accounts_by_staff_number(value), is_active=True)
    else:
        found = Account.objects.filter(login=value, is_active=True)
    few = list(found[:2])
    if len(few) != 1:
        raise Refused("region_no_account")
    return few[0]


def _back(request: Request) -> str:
    return request.build_absolute_uri(reverse("public:region_back"))


def _failed(request: Request, refused: Refused) -> HttpResponse:
    note_refusal(
        VISITOR, "entrance.region_refused", subject="account", now=request.now, origin=address_of(request), detail={"why": refused.code}
    )
    messages.error(request, refusal_sentence(refused))
    return redirect("public:sign_in")
