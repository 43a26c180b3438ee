"""My learning card."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import HoursRefused, parse_hours
from xingtan.domains.cards import api as cards_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.registers import api as registers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

MOST_CENTI = 1_000_00
REACHED = {
    enrolment.State.CHOSEN: 1,
    enrolment.State.CONFIRMED: 2,
    enrolment.State.PAID: 3,
    enrolment.State.REGISTERED: 4,
}


class CardForm(forms.Form):
    """A card's number as it is printed; blanks between the digits are left out."""

    number = forms.CharField(max_length=40, label=gettext_lazy("Number of the card"))


class HoursForm(forms.Form):
    """Hours that an individual member wants to buy."""

    hours = forms.CharField(max_length=8, label=gettext_lazy("Hours to buy"))

    def clean_hours(self) -> int:
        """Hundredths of an hour, more than none, at most a thousand hours."""
        try:
            centi = parse_hours(self.cleaned_data["hours"])
        except HoursRefused:
            centi = 0
        if not 0 < centi <= MOST_CENTI:
            raise forms.ValidationError(_("Write hours above 0 and at most 1000, for example 20 or 7.5."))
        return centi


@require_safe
@allowed(enrolment.CHOOSE)
def card(request: Request) -> HttpResponse:
    """My learning cards, and how far this year's way to the card is."""
    return _page(request, CardForm())


@require_POST
@allowed(enrolment.CHOOSE)
def card_activate(request: Request) -> HttpResponse:
    """My card is active, or the page says why not."""
    form = CardForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        enrolment.activate_card(actor=request.actor, number=form.cleaned_data["number"], now=request.now)
    except Refused as refused:
        form.add_error("number", refusal_sentence(refused))
        return _page(request, form, status=409)
    messages.success(request, _("Your card is active."))
    return redirect("trainee:card")


@require_POST
@allowed(cards_room.BUY_HOURS)
def card_hours(request: Request) -> HttpResponse:
    """My order of hours waits for its payment, or the page says why not."""
    form = HoursForm(request.POST)
    year = policies.current_year_for(request.actor)
    if year is None:
        raise NotInScope
    if not form.is_valid():
        return _page(request, CardForm(), status=422, hours=form)
    try:
        cards_room.buy_hours(actor=request.actor, training_year_id=year.pk, hours_centi=form.cleaned_data["hours"], now=request.now)
    except Refused as refused:
        form.add_error("hours", refusal_sentence(refused))
        return _page(request, CardForm(), status=409, hours=form)
    messages.success(request, _("Ordered. The hours are on your card once your county has the payment."))
    return redirect("trainee:card")


@require_POST
@allowed(cards_room.BUY_HOURS)
def card_hours_cancel(request: Request, pid: str) -> HttpResponse:
    """My order is given up."""
    own = next((one for one in cards_room.purchases_of(request.actor.teacher_id or 0) if one.public_id == pid), None)
    if own is None:
        raise NotInScope
    cards_room.cancel_purchase(actor=request.actor, purchase_id=own.pk, now=request.now)
    messages.success(request, _("The order is given up."))
    return redirect("trainee:card")


def _page(request: Request, form: CardForm, status: int = 200, hours: HoursForm | None = None) -> HttpResponse:
    cards = list(enrolment.cards_of(request.actor.teacher_id or 0))
    year = policies.current_year_for(request.actor)
    selection = enrolment.selection_of(request.actor.teacher_id or 0, year.pk) if year else None
    steps = _steps(REACHED.get(enrolment.State(selection.state), 0) if selection else 0)
    waiting = any(one.activated_at is None for one in cards)
    context: dict[str, object] = {
        "hours_form": hours or _hours_form(request),
        "bought": _bought(request),
        "fen": cards_room.fen_per_hour(year) if year else 0,
    }
    context |= {"cards": cards, "year": year, "steps": steps, "form": form if waiting else None, "selection": selection}
    return render(request, "trainee/card.html", context, status=status)


def _hours_form(request: Request) -> HoursForm | None:
    """The form to buy hours, for approved individual members only."""
    member = registers.own_membership(request.actor.teacher_id or 0)
    return HoursForm() if member and member.state == registers.MemberState.APPROVED else None


def _bought(request: Request) -> list[tuple[cards_room.HoursPurchase, object, str]]:
    found = cards_room.purchases_of(request.actor.teacher_id or 0)
    states = [cards_room.PurchaseState(one.state) for one in found]
    return [(one, cards_room.PURCHASES[state], cards_room.PURCHASE_CHIPS[state]) for one, state in zip(found, states, strict=True)]


def _steps(reached: int) -> list[tuple[str, bool]]:
    words = [_("Chosen"), _("Confirmed by the school"), _("Paid by the school"), _("Registered, card issued")]
    return [(word, place <= reached) for place, word in enumerate(words, start=1)]
