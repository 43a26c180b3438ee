"""The first sign-in with a learning card: its number and the end of the identity number stand for the slip."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.entrance.codes import holds_office
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.people.sign_in import open_account
from xingtan.foundation.people.throttle import forget_attempt, refuse_while_locked, tried
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.public.access import ANYONE
from xingtan.web.trainee.came import address_of
from xingtan.web.words import refusal_sentence

from .forms import CardForm
from .keeping import enter


@never_cache
@sensitive_post_parameters("password", "again", "ending")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def card(request: Request) -> HttpResponse:
    """The card's holder, who has never signed in, has a password and is signed in; the card opens the account this once and is active."""
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = _opened(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            messages.success(request, _("Your account is activated."))
            return redirect(enter(request, account, by="card"))
    return render(request, "public/card_sign_in.html", {"form": form}, status=422 if form.is_bound else 200)


def _opened(request: Request, given: dict[str, str]) -> Account:
    number = "".join(given["card"].split())
    what = tried(f"card:{number}", address_of(request))
    refuse_while_locked(what, now=request.now)
    teacher = enrolment.holder_of_card(number)
    if teacher is None or not teachers.number_ends_with(teacher, given["ending"]) or holds_office(teacher.account_id, request.today):
        raise Refused("card_unknown")  # a card lies with the school: it opens no office
    account = _open(teacher, number, given["password"], request.now)
    forget_attempt(what)
    return account


@atomic
def _open(teacher: teachers.Teacher, number: str, password: str, now: datetime) -> Account:
    """The account is open and the card active, or neither: an expired card opens nothing."""
    try:
        account = open_account(account_id=teacher.account_id, password=password, now=now)
    except Refused as used:
        raise Refused("card_unknown") from used
    holder = Actor(
        account_id=account.pk, role=Role.TEACHER, organisation_id=teacher.school_id, scope=teacher.school.scope, name=teacher.name,
        teacher_id=teacher.pk,
    )  # fmt: skip
    enrolment.activate_card(actor=holder, number=number, now=now)
    return account
