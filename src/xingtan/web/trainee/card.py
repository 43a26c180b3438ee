"""My learning card."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

REACHED = {
    enrolment.State.CHOSEN: 1,
    enrolment.State.CONFIRMED: 2,
    enrolment.State.PAID: 3,
    enrolment.State.REGISTERED: 4,
}


class CardForm(forms.Form):
    """A card's number as it is printed; blanks between the digits are left out."""

    number = forms.CharField(max_length=40, label=gettext_lazy("Number of the card"))


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


def _page(request: Request, form: CardForm, status: int = 200) -> HttpResponse:
    cards = list(enrolment.cards_of(request.actor.teacher_id or 0))
    year = policies.current_year_for(request.actor)
    selection = enrolment.selection_of(request.actor.teacher_id or 0, year.pk) if year else None
    steps = _steps(REACHED.get(enrolment.State(selection.state), 0) if selection else 0)
    waiting = any(one.activated_at is None for one in cards)
    context = {"cards": cards, "year": year, "steps": steps, "form": form if waiting else None, "selection": selection}
    return render(request, "trainee/card.html", context, status=status)


def _steps(reached: int) -> list[tuple[str, bool]]:
    words = [_("Chosen"), _("Confirmed by the school"), _("Paid by the school"), _("Registered, card issued")]
    return [(word, place <= reached) for place, word in enumerate(words, start=1)]
