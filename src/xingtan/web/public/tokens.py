"""One's own API keys: make one for the present role, see it once, revoke it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from xingtan.foundation.people.grants import grants_of
from xingtan.foundation.people.models import Account, ApiToken, Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.people.tokens import issue_token, revoke_token, tokens_of
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import role_word

from .access import SIGNED_IN


class TokenForm(forms.Form):
    """What the key is for."""

    name = forms.CharField(
        label=gettext_lazy("What the key is for"), max_length=80, help_text=gettext_lazy("The program that will use it, for example.")
    )


class RevokeForm(forms.Form):
    """Which key shall open nothing any more."""

    token = forms.IntegerField(min_value=1)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(SIGNED_IN)
def own_tokens(request: Request) -> HttpResponse:
    """The own keys; a new one acts in the present role and is shown on this answer only."""
    form = TokenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, form, status=422 if form.errors else 200)
    secret = issue_token(actor=request.actor, grant=_present_grant(request), name=form.cleaned_data["name"], now=request.now)
    return _shown(request, TokenForm(), secret=secret)


@require_POST
@allowed(SIGNED_IN)
def revoke(request: Request) -> HttpResponse:
    """The key opens nothing any more."""
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _shown(request, TokenForm(), status=422)
    token = revoke_token(actor=request.actor, token_id=form.cleaned_data["token"], now=request.now)
    messages.success(request, _("The key %(name)s is revoked.") % {"name": token.name})
    return redirect("public:tokens")


def _present_grant(request: Request) -> Grant:
    actor = request.actor
    for grant in grants_of(Account.objects.get(pk=actor.account_id or 0), request.today):
        if grant.pk == actor.grant_id and actor.own is None:
            return grant
    raise NotInScope


def _shown(request: Request, form: TokenForm, *, secret: str = "", status: int = 200) -> HttpResponse:
    rows = [_row(one, request) for one in tokens_of(request.actor.account_id or 0)]
    facts = {"form": form, "rows": rows, "secret": secret, "role": role_word(request.actor.role)}
    answer = render(request, "public/tokens.html", facts, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _row(one: ApiToken, request: Request) -> dict[str, object]:
    is_live = one.revoked_at is None and one.expires_at > request.now and one.grant.holds_on(request.today)
    return {"token": one, "role": role_word(Role(one.grant.role)), "is_live": is_live}
