"""Cards one by one: the list with its filters and export, what is done with the ticked ones, and a card's whole trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.cards import api as cards
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.people.models import Account
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import ROLES

from .tabs import done, page, year_of

HERE = "bureau:card_list"
ORDERS = {"number": "number", "holder": "holder__path", "teacher": "teacher__name_pinyin", "until": "expires_on", "changed": "changed_at"}


@require_safe
@allowed(cards.SEE_CARDS)
def listing(request: Request) -> HttpResponseBase:
    """The branch's printed cards of the year."""
    year = year_of(request)
    found = cards.cards_in(request.actor.scope, year.pk, request.GET.get("q", "").strip())
    if (state := request.GET.get("state", "")) in cards.STATES:
        found = found.filter(state=state)
    found = found.order_by(*order_of(request, ORDERS, "number"))
    if request.GET.get("export") == "xlsx":
        headings = [_("Number"), _("State"), _("Where"), _("Teacher"), _("Hours"), _("Good until"), _("Last change")]
        return workbook_response(f"learning-cards-{year.year}", headings, _lines(list(found)))
    listed = page_of(request, found)
    counts = cards.state_counts(request.actor.scope, year.pk)
    facts = {
        "year": year,
        "list": listed,
        "rows": [(one, cards.STATES[cards.CardState(one.state)], cards.CHIPS[cards.CardState(one.state)]) for one in listed.rows],
        "states": [(state, word, counts[state]) for state, word in cards.STATES.items()],
        "state": state,
        "may_keep": request.actor.may(cards.KEEP),
        "may_extend": request.actor.may(cards.EXTEND),
    }
    return page(request, "listing", HERE, facts)


def _lines(found: list[cards.Card]) -> Iterator[list[object]]:
    for one in found:
        word = str(cards.STATES[cards.CardState(one.state)])
        name = one.teacher.name if one.teacher else ""
        yield [one.number, word, str(one.holder), name, f"{one.hours_centi / 100:.2f}", one.expires_on, one.changed_at]


@require_POST
@allowed(cards.KEEP)
def act(request: Request) -> HttpResponse:
    """The ticked cards are lost, damaged, called back or good for longer, as the button says; all or none."""
    ids = cards.card_ids(request.actor.scope, request.POST.getlist("ids"))
    reason, told = request.POST.get("reason", "")[:200], request.POST.get("act", "")

    def do() -> object:
        if told == "extend":
            return cards.extend(actor=request.actor, card_ids=ids, until=_day(request), now=request.now)
        if told == "recall":
            return cards.recall(actor=request.actor, card_ids=ids, reason=reason, now=request.now)
        return cards.report_spoilt(actor=request.actor, card_ids=ids, is_lost=told == "lost", reason=reason, now=request.now)

    return done(request, do, _("Done; the trail of each card says so."), HERE)


def _day(request: Request) -> date:
    """The day that was typed; one that nobody can read is yesterday's past and refused as such."""
    try:
        return date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return date.min


@require_safe
@allowed(cards.SEE_CARDS)
def one(request: Request, pid: str) -> HttpResponse:
    """A card: what it opens, whose it is, and through whose hands it went."""
    card = cards.card_in(request.actor.scope, pid)
    trail = cards.trail_of(card)
    names = dict(Account.objects.filter(pk__in={step.account_id for step in trail}).values_list("pk", "name"))
    places = {place.pk: str(place) for place in Organisation.everywhere.filter(pk__in={step.organisation_id for step in trail})}
    roles = {role.value: word for role, word in ROLES.items()}
    steps = [
        {
            "step": step,
            "act": cards.ACTS[cards.CardAct(step.act)],
            "who": names.get(step.account_id or 0, pgettext("card act", "the system")),
            "role": roles.get(step.role, ""),
            "where": places.get(step.organisation_id or 0, ""),
            "became": cards.STATES[cards.CardState(step.became)],
        }
        for step in trail
    ]
    state = cards.CardState(card.state)
    facts = {
        "card": card,
        "year": card.training_year,
        "steps": steps,
        "word": cards.STATES[state],
        "chip": cards.CHIPS[state],
        "drawn": enrolment.drawn_by([card.number]).get(card.number, 0),
        "successor": cards.successor_of(card),
        "may_reissue": request.actor.may(cards.HAND_OUT) and card.teacher_id and state in (cards.CardState.LOST, cards.CardState.DAMAGED),
    }
    return page(request, "one", HERE, facts)


@require_POST
@allowed(cards.HAND_OUT)
def reissue(request: Request, pid: str) -> HttpResponse:
    """The holder has the next card of the drawer; this one is void."""
    card = cards.card_in(request.actor.scope, pid)
    reason = request.POST.get("reason", "")[:200]
    return done(
        request,
        lambda: cards.reissue(actor=request.actor, card_id=card.pk, reason=reason, now=request.now),
        _("A new card is handed out; the hours go on."),
        "bureau:card_one",
        pid,
    )
