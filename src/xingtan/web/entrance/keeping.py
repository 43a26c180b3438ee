"""What the session knows of how its holder came in, and how a sign-in goes on from a right password."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http.response import HttpResponseBase
from django.urls import reverse

from xingtan.foundation.audit.log import record
from xingtan.foundation.entrance.access import ADMINISTRATORS
from xingtan.foundation.entrance.factors import has_factor
from xingtan.foundation.entrance.visits import coarse, device_of, open_visit
from xingtan.foundation.people.grants import actor_of, grants_of
from xingtan.foundation.people.known import KEPT, remembered
from xingtan.foundation.people.models import Account
from xingtan.web import nav
from xingtan.web.http import Request
from xingtan.web.trainee.came import address_of

BACKEND = "xingtan.foundation.people.sign_in.NumberOrPhoneBackend"
PENDING, FRESH, STRONG, SEEN = "entrance_pending", "entrance_fresh", "entrance_strong", "entrance_seen"
PENDING_S, FRESH_S, SEEN_S = 600, 600, 300
KNOWN = "xingtan_known"
OFFICE_S = 12 * 3600  # an office's browser is signed out in the evening


def home(request: Request, account: Account) -> str:
    """The first page of the account's first role."""
    grants = grants_of(account, request.today)
    return nav.home_of(actor_of(grants[0], name=account.name)) if grants else "/"


def go_on(request: Request, account: Account, *, by: str, wanted: str = "") -> str:
    """Where a person goes whose first proof is right: to the second factor when there is one, else in."""
    if not has_factor(account.pk):
        return enter(request, account, by=by, wanted=wanted)
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "at": _stamp(request.now), "by": by, "next": wanted}
    return reverse("public:sign_in_factor")


def pending(request: Request) -> tuple[Account, dict[str, Any]] | None:
    """Who has shown the first proof in this browser within ten minutes, with what was kept; None otherwise."""
    kept = request.session.get(PENDING)
    if not kept or _stamp(request.now) - kept["at"] > PENDING_S:
        return None
    account = Account.objects.filter(pk=kept["account"], is_active=True).first()
    return (account, kept) if account else None


def enter(request: Request, account: Account, *, by: str, factor: str = "", wanted: str = "") -> str:
    """The account is signed in in this browser, listed among its visits and audited; returns where to go on."""
    request.session.pop(PENDING, None)
    request.entered = account
    login(request, account, backend=BACKEND)
    grants = grants_of(account, request.today)
    if any(grant.role in ADMINISTRATORS for grant in grants):
        request.session.set_expiry(OFFICE_S)
    request.session[FRESH] = _stamp(request.now)
    request.session[STRONG] = bool(factor)
    request.session[SEEN] = _stamp(request.now)
    request.session.save()
    place = coarse(address_of(request))
    device = device_of(request.headers.get("User-Agent", ""))
    how = f"{by}+{factor}"[:20] if factor else by
    key = request.session.session_key or ""
    open_visit(account_id=account.pk, session_key=key, device=device, place=place, by=how, now=request.now)
    if grants:
        record(actor_of(grants[0], name=account.name), "people.signed_in", "account", [account.pk], now=request.now, detail={"by": how})
    return wanted or home(request, account)


def known_browser(request: Request, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer, with which the browser of who has just signed in is known at the next time, on the pages that sign in only."""
    if account := getattr(request, "entered", None):
        kept = remembered(request.COOKIES.get(KNOWN, ""), account, now=request.now)
        secure = bool(settings.SESSION_COOKIE_SECURE)
        answer.set_cookie(KNOWN, kept, max_age=KEPT, path=reverse("public:sign_in"), httponly=True, samesite="Lax", secure=secure)
    return answer


def proved(request: Request, *, strong: bool) -> None:
    """The holder proved again just now who they are."""
    request.session[FRESH] = _stamp(request.now)
    if strong:
        request.session[STRONG] = True


def is_fresh(request: Request) -> bool:
    """True within ten minutes of the last proof."""
    return bool(_stamp(request.now) - int(request.session.get(FRESH, 0)) <= FRESH_S)


def _stamp(now: datetime) -> int:
    return int(now.timestamp())
