"""The school's drawer: who waits for a card, and handing them out."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.cards import api as cards
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of

from .tabs import done, page, year_of

HERE = "bureau:card_waiting"


@require_safe
@allowed(cards.HAND_OUT)
def waiting(request: Request) -> HttpResponse:
    """The reported teachers without a card, in the order in which cards are handed out."""
    year = year_of(request)
    found = cards.waiting_in(request.actor.scope, year.pk)
    if text := request.GET.get("q", "").strip():
        found = found.filter(name__contains=text)
    listed = page_of(request, found.order_by("name_pinyin", "pk"))
    facts = {
        "year": year,
        "list": listed,
        "rows": [(one, teachers.STAGES[one.stage], teachers.SUBJECTS[one.subject]) for one in listed.rows],
        "in_hand": cards.in_hand(request.actor.organisation_id or 0, year.pk),
        "parcels": cards.waiting_parcels(request.actor.organisation_id or 0),
    }
    return page(request, "waiting", HERE, facts)


@require_POST
@allowed(cards.HAND_OUT)
def hand_out(request: Request) -> HttpResponse:
    """The ticked teachers (or all who wait) have the next cards of the drawer."""
    year = year_of(request)
    if "all" in request.POST:
        ids = list(cards.waiting_in(request.actor.scope, year.pk).values_list("pk", flat=True))
    else:
        wanted = set(request.POST.getlist("ids"))
        ids = list(teachers.teachers_in(request.actor.scope).filter(public_id__among=list(wanted)).values_list("pk", flat=True))
        if len(ids) != len(wanted):
            raise NotInScope
    said = ngettext("%(n)d card is handed out.", "%(n)d cards are handed out.", len(ids)) % {"n": len(ids)}
    return done(
        request, lambda: cards.hand_out(actor=request.actor, training_year_id=year.pk, teacher_ids=ids, now=request.now), said, HERE
    )
