"""Member schools and individual members: what was asked, deciding."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.registers import api as door
from xingtan.foundation.db import atomic
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .lists import Listed, Register, answer


def _shown(one: door.Membership) -> Listed:
    phone = door.PHONE_BOX.open(one.phone_closed)
    masked = f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else phone
    cells = (
        one.name,
        str(door.MEMBER_KINDS[one.kind]),
        str(one.county),
        one.contact,
        masked,
        one.words,
        one.applied_at,
        one.decided_at,
        one.reason,
    )
    tick = one.public_id if one.state in (door.MemberState.APPLIED, door.MemberState.APPROVED) else ""
    return Listed(cells, door.MEMBER_STATES[one.state], door.CHIPS[one.state], tick=tick)


MEMBERS = Register(
    name="members",
    columns=(
        ("name", gettext_lazy("Name")),
        ("kind", gettext_lazy("Kind")),
        ("county", gettext_lazy("County")),
        ("", gettext_lazy("Contact person")),
        ("", gettext_lazy("Phone")),
        ("", gettext_lazy("In words")),
        ("applied", gettext_lazy("Applied")),
        ("decided", gettext_lazy("Decided")),
        ("", gettext_lazy("Reason")),
    ),
    shown=_shown,
    orders={"name": "name", "kind": "kind", "county": "county__path", "applied": "applied_at", "decided": "decided_at"},
    order="-applied_at",
    states=door.MEMBER_STATES,
    decide=("members_decide", door.DECIDE_MEMBERS),
    why_empty=gettext_lazy("Schools apply by the public form, teachers on a page of their own; what they ask waits here."),
)


def _found(request: Request) -> QuerySet[door.Membership]:
    found = door.memberships_in(request.actor.scope, request.GET.get("q", "").strip())
    kind = request.GET.get("kind", "")
    return found.filter(kind=kind) if kind in door.MEMBER_KINDS else found


def _list(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    facets = [("kind", gettext_lazy("Every kind"), list(door.MEMBER_KINDS.items()), request.GET.get("kind", ""))]
    return answer(request, MEMBERS, _found(request), facets=facets, error=error, status=status)


@require_safe
@allowed(door.SEE_MEMBERS)
def members(request: Request) -> HttpResponseBase:
    """Applications to the branch's counties, the latest first."""
    return _list(request)


@require_POST
@allowed(door.DECIDE_MEMBERS)
def decide(request: Request) -> HttpResponseBase:
    """The ticked ones are members, refused, or members no more, as the button says; all of them or none."""
    try:
        _decide(request)
    except Refused as refused:
        return _list(request, error=refusal_sentence(refused), status=409)
    messages.success(request, _("Decided; the applicants can read it."))
    return redirect("bureau:members")


@atomic
def _decide(request: Request) -> None:
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")[:200]
    for pid in request.POST.getlist("ids")[:200]:
        if outcome == "ended":
            door.end_membership(actor=request.actor, pid=pid, reason=reason, now=request.now)
        else:
            is_approved = outcome == "approved"
            door.decide_membership(actor=request.actor, pid=pid, is_approved=is_approved, reason=reason, now=request.now)
