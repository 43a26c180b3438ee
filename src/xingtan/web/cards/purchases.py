"""Hours that individual members buy: the county confirms the payment, or the order is given up."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.cards import api as cards
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of

from .tabs import done, page, year_of

HERE = "bureau:card_purchases"


@require_safe
@allowed(cards.SEE_SALES)
def purchases(request: Request) -> HttpResponseBase:
    """Orders of the branch's members, those that wait first."""
    year = year_of(request)
    found = cards.purchases_in(request.actor.scope, year.pk)
    if text := request.GET.get("q", "").strip():
        found = found.filter(teacher__name__contains=text)
    if request.GET.get("export") == "xlsx":
        headings = [_("Teacher"), _("County"), _("Hours"), _("Yuan"), _("State"), _("Receipt"), _("Ordered")]
        lines = (
            [
                one.teacher.name,
                str(one.county),
                format_hours_exact(one.hours_centi),
                one.price_fen / 100,
                str(cards.PURCHASES[cards.PurchaseState(one.state)]),
                one.receipt,
                one.ordered_at,
            ]
            for one in found
        )
        return workbook_response(f"hours-sold-{year.year}", headings, lines)
    listed = page_of(request, found)
    rows = [
        (one, cards.PURCHASES[cards.PurchaseState(one.state)], cards.PURCHASE_CHIPS[cards.PurchaseState(one.state)]) for one in listed.rows
    ]
    return page(request, "purchases", HERE, {"year": year, "list": listed, "rows": rows, "may_sell": request.actor.may(cards.SELL_HOURS)})


@require_POST
@allowed(cards.SELL_HOURS)
def purchase(request: Request, pid: str) -> HttpResponse:
    """The order is paid and its hours are on the card, or it is given up."""
    one = cards.purchase_in(request.actor.scope, pid)
    if request.POST.get("act") == "cancel":
        return done(
            request,
            lambda: cards.cancel_purchase(actor=request.actor, purchase_id=one.pk, now=request.now),
            _("The order is given up."),
            HERE,
        )
    receipt = request.POST.get("receipt", "")
    return done(
        request,
        lambda: cards.confirm_purchase(actor=request.actor, purchase_id=one.pk, receipt=receipt, now=request.now),
        _("Paid; the hours are on the card."),
        HERE,
    )
