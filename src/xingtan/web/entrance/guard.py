"""Before every page: an administrator sets up a second factor first, and heavy acts ask who is sitting there now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from xingtan.foundation.entrance.factors import has_factor
from xingtan.foundation.entrance.needed import is_asked_for, needs_factor
from xingtan.foundation.entrance.visits import note_use
from xingtan.foundation.people.models import Account
from xingtan.web.http import Request

from .confirming import confirm
from .keeping import PENDING, SEEN, SEEN_S, STRONG, is_fresh, known_browser

# Acts that ask for a fresh proof where second factors are asked for: who opens numbers, gives roles, moves keys.
STEP_UP = frozenset(
    {
        "school:teacher_unmask",
        "bureau:teacher_unmask",
        "bureau:give_role",
        "bureau:end_role",
        "bureau:handover",
        "public:act_for_school",
        "public:deputies",
        "provider:key_give",
        "provider:key_rotate",
        "bureau:tender_key_make",
        "bureau:tender_key_turn",
        "bureau:site_add",
        "bureau:site_secret",
        "bureau:site_withdraw",
        "public:recovery_confirm",
        "public:recovery_slip",
        "school:slips",
        "bureau:renew_code",
        "public:tokens",
    }
)
# Acts on the own ways in ask for it everywhere: a browser left open must not be enough to take an account over.
OWN = frozenset({"public:app_add", "public:passkey_add", "public:factor_codes", "public:factor_remove"})
# What stays open to an administrator without a second factor: setting one up, and leaving.
FREE = frozenset(
    {
        "public:app_add",
        "public:passkey_add",
        "public:factor_codes",
        "public:sign_in",
        "public:sign_in_factor",
        "public:sign_out",
        "public:switch_role",
        "public:language",
        "public:privacy",
        "public:accessibility",
        "public:healthz",
        "public:readyz",
    }
)


class EntranceMiddleware:
    """Second factor first, a fresh proof for heavy acts, and when a browser was last used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the page does; a browser in which somebody has just signed in is known from then on."""
        return known_browser(cast("Request", request), self.get_response(request))

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]) -> HttpResponseBase | None:
        """None where the page may answer, else the page that comes first."""
        ours = cast("Request", request)
        if not ours.actor.account_id or ours.resolver_match is None:
            return None
        name = ours.resolver_match.view_name
        _note_use(ours)
        if name not in FREE and needs_factor(ours.actor) and not ours.session.get(STRONG):
            return _led(ours)
        is_heavy = name in OWN or (name in STEP_UP and is_asked_for())
        if is_heavy and ours.method == "POST" and not is_fresh(ours):
            return confirm(ours)
        return None


def _led(request: Request) -> HttpResponseBase:
    """To the second factor that the account has, or to setting one up."""
    account = cast("Account", request.user)
    there = "public:app_add"
    if has_factor(account.pk):
        request.session[PENDING] = {"account": account.pk, "at": int(request.now.timestamp()), "by": "session", "next": ""}
        there = "public:sign_in_factor"
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": redirect(there)["Location"]})
    return redirect(there)


def _note_use(request: Request) -> None:
    seen, now = int(request.session.get(SEEN, 0)), int(request.now.timestamp())
    if seen and now - seen > SEEN_S:
        request.session[SEEN] = now
        note_use(request.session.session_key or "", now=request.now)
