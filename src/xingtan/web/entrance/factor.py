"""The second step of signing in: a code, or a passkey."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xingtan.foundation.audit.refusals import note_refusal
from xingtan.foundation.entrance.factors import APP, PASSKEY, check_code, factors_of
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import VISITOR
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.public.access import ANYONE
from xingtan.web.trainee.came import address_of
from xingtan.web.words import refusal_sentence

from .forms import CodeForm
from .keeping import enter, pending
from .passkeys import check_answer, options_for


@never_cache
@sensitive_post_parameters("code", "passkey")
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(ANYONE)
def sign_in_factor(request: Request) -> HttpResponse:
    """Who showed a right password shows the second factor too, and is signed in."""
    found = pending(request)
    if found is None:
        return redirect("public:sign_in")
    account, kept = found
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kind = _check(request, account, form.cleaned_data)
            return redirect(enter(request, account, by=kept["by"], factor=kind, wanted=kept["next"]))
        except Refused as refused:
            note_refusal(
                VISITOR, "entrance.factor_refused", subject="account", ids=[account.pk], now=request.now, origin=address_of(request)
            )
            form.add_error(None, refusal_sentence(refused))
    options = options_for(request, account)
    form.fields["code"].required = options is None  # as the page shows it: a passkey may answer instead
    facts = {"form": form, "options": options, "with_app": factors_of(account.pk).filter(type=APP).exists()}
    return render(request, "public/sign_in_factor.html", facts, status=422 if form.is_bound else 200)


def _check(request: Request, account: Account, given: dict[str, str]) -> str:
    if given["passkey"]:
        check_answer(request, account, given["passkey"])
        return str(PASSKEY)
    return check_code(account.pk, given["code"], now=request.now)
