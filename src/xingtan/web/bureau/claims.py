"""Claims of hours for schools and offices: what waits, one with its documents and what it would bring, deciding, withdrawing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import way_of
from xingtan.core.units import format_hours_exact
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .circumstances import year_wanted
from .rule_values import unit_word

ORDERS = {
    "name": "teacher__name_pinyin",
    "school": "school__path",
    "title": "title",
    "on": "happened_on",
    "worth": "worth_centi",
    "claimed": "claimed_at",
}


def words_of(one: door.Claim) -> dict[str, Any]:
    """A claim in words, with what it would bring."""
    state, policy = door.ClaimState(one.state), policies.policy_of(one.training_year)
    way = way_of(policy, one.way)
    return {
        "it": one,
        "way": door.way_word(policy, one.way),
        "amount": format_hours_exact(one.amount_centi).removesuffix(".00"),
        "unit": unit_word(way.unit.value) if way else unit_word("hour"),
        "state": door.CLAIM_STATES[state],
        "chip": door.CLAIM_CHIPS[state],
        "waits": state is door.ClaimState.CLAIMED,
        "approved_by": way.approved_by if way else None,
    }


def _decides(request: Request, said: dict[str, Any]) -> bool:
    """Whether this role decides the claim; nobody decides the own."""
    if not said["waits"] or not request.actor.may(door.DECIDE_CLAIMS) or said["approved_by"] is None:
        return False
    return door.reaches(request.actor.role, said["approved_by"]) and said["it"].claimed_by_id != request.actor.account_id


@require_safe
@allowed(door.SEE_TRAININGS)
def claims(request: Request) -> HttpResponseBase:
    """The branch's claims of a year: searched, filtered, sorted; what waits for this role can be ticked."""
    return _list(request)


def _list(request: Request, *, error: str = "", status: int = 200) -> HttpResponseBase:
    year = year_wanted(request, request.GET.get("year", ""))
    facts: dict[str, Any] = {"year": year, "years": list(policies.years_for(request.actor)), "error": error}
    if year is None:
        return render(request, "recognition/claims.html", facts)
    wanted = door.Wanted(way=request.GET.get("way", "")[:40], q=request.GET.get("q", "")[:60])
    found = door.claims_in(request.actor.scope, year, wanted)
    counts, state = door.claim_counts(found), request.GET.get("state", "")
    if state in {one.value for one in door.ClaimState}:
        found = found.filter(state=state)
    found = found.order_by(*order_of(request, ORDERS, "-claimed_at"))
    if request.GET.get("export") == "xlsx":
        return _export(found, year)
    page = page_of(request, found)
    rows = [words_of(one) for one in page.rows]
    policy = policies.policy_of(year)
    facts |= {
        "states": [(one.value, door.CLAIM_STATES[one], n) for one, n in counts.items()],
        "total": sum(counts.values()),
        "state": state,
        "ways": [(one.code, door.way_word(policy, one.code)) for one in policy.ways],
        "list": page,
        "rows": [(row, _decides(request, row)) for row in rows],
        "may_decide": any(_decides(request, row) for row in rows),
        "may_claim_for": request.actor.may(door.CLAIM_FOR),
        "may_bring": request.actor.may(door.BRING_FILE),
    }
    return render(request, "recognition/claims.html", facts, status=status)


def _export(found: Any, year: policies.TrainingYear) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [_("Name"), _("School"), _("Kind"), pgettext("claim", "Title"), _("Day"), _("Amount"), _("Hours"), _("State"), _("Reason")]
    return workbook_response(f"{_('Hours claimed')} {year.year}", headings, (_row(one) for one in found.iterator(chunk_size=500)))


def _row(one: door.Claim) -> tuple[object, ...]:
    said = words_of(one)
    hours = format_hours_exact(one.worth_centi)
    amount = f"{said['amount']} {said['unit']}"
    return (one.teacher.name, one.school, said["way"], one.title, one.happened_on, amount, hours, said["state"], one.reason)


@require_safe
@allowed(door.SEE_TRAININGS)
def claim(request: Request, pid: str) -> HttpResponse:
    """One claim: documents, what it would bring beside its cap, every step."""
    return _one(request, pid)


def _one(request: Request, pid: str, *, error: str = "", status: int = 200) -> HttpResponse:
    found = door.claim_in(request.actor, pid)
    said = words_of(found)
    policy = policies.policy_of(found.training_year)
    is_standing = found.state in (door.ClaimState.CLAIMED, door.ClaimState.RECOGNISED)
    facts = {
        **said,
        "outlook": door.outlook_of(found),
        "documents": [(door.proof_word(policy, found.way, one.code), one) for one in door.documents_of_claim(found)],
        "steps": [(door.ACTS[door.Act(view.step.act)], view) for view in door.steps_of_claim(found)],
        "may_decide": _decides(request, said),
        "may_withdraw": is_standing and request.actor.may(door.DECIDE_CLAIMS) and said["approved_by"] is not None,
        "error": error,
    }
    return render(request, "recognition/claim.html", facts, status=status)


@require_POST
@allowed(door.DECIDE_CLAIMS)
def decide(request: Request) -> HttpResponseBase:
    """The ticked claims are recognised, or returned with the reason of the form."""
    rows = door.Claim.objects.within(request.actor.scope).filter(public_id__in=request.POST.getlist("ids")[:500])
    try:
        done = door.decide_claims(
            actor=request.actor,
            ids=list(rows.values_list("pk", flat=True)),
            is_recognised=request.POST.get("outcome") == "recognised",
            reason=request.POST.get("reason", "")[:300],
            now=request.now,
        )
    except Refused as refused:
        return _list(request, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s claim decided.", "%(n)s claims decided.", done) % {"n": done})
    return redirect(f"{reverse('bureau:claims')}?{request.GET.urlencode()}")


@require_POST
@allowed(door.DECIDE_CLAIMS)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The claim counts no more; what was entered of it is taken back."""
    found = door.claim_in(request.actor, pid)
    try:
        door.withdraw_claims(actor=request.actor, ids=[found.pk], reason=request.POST.get("reason", "")[:300], now=request.now)
    except Refused as refused:
        return _one(request, pid, error=refusal_sentence(refused), status=409)
    messages.success(request, _("It counts no more."))
    return redirect("bureau:claim", pid)
