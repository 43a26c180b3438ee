"""Asking once more who sits there, in place: what was typed is kept in the page and goes on when the proof is right."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from xingtan.foundation.entrance.factors import check_code, has_factor
from xingtan.foundation.entrance.passwords import check_password
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .keeping import proved
from .passkeys import check_answer, options_for

OURS = ("confirm_password", "confirm_code", "confirm_passkey", "csrfmiddlewaretoken")


class ConfirmForm(forms.Form):
    """The password again, a code, or what a passkey answered."""

    confirm_password = forms.CharField(
        label=_("Password"), max_length=200, required=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    confirm_code = forms.CharField(
        label=_("Or a code of your authenticator app"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    confirm_passkey = forms.CharField(required=False, widget=forms.HiddenInput)


def confirm(request: Request) -> HttpResponseBase | None:
    """None when a right proof came with the form, which then goes on; else the page that asks, with everything that was typed."""
    account = cast("Account", request.user)
    is_answered = any(request.POST.get(name) for name in OURS[:3])
    form = ConfirmForm(request.POST if is_answered else None)
    if is_answered and form.is_valid():
        try:
            _check(request, account, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusal_sentence(refused))
        else:
            return None
    with_factor = has_factor(account.pk)
    if not with_factor:
        del form.fields["confirm_code"]
    kept = [(name, value) for name, values in request.POST.lists() if name not in OURS for value in values]
    facts = {"form": form, "kept": kept, "options": options_for(request, account) if with_factor else None}
    return render(request, "public/confirm.html", facts, status=422 if is_answered else 403)


def _check(request: Request, account: Account, given: dict[str, str]) -> None:
    if given["confirm_passkey"]:
        check_answer(request, account, given["confirm_passkey"])
        proved(request, strong=True)
    elif given["confirm_code"]:
        check_code(account.pk, given["confirm_code"], now=request.now)
        proved(request, strong=True)
    else:
        check_password(account, given["confirm_password"], now=request.now)
        proved(request, strong=False)
