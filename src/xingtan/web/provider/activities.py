"""What a provider's statements call its courses: names to register, names that nobody knows yet, the folder of nightly files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.exchange import api as exchange
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(exchange.DELIVER)
def activities(request: Request) -> HttpResponse:
    """The provider's offers with their addresses, the registered names, and those in its statements that belong to no offer."""
    return _page(request)


def _page(request: Request, refusal: str = "", status: int = 200) -> HttpResponse:
    provider = exchange.provider_of(request.actor)
    offers = projects.Offer.objects.filter(provider=provider).select_related("project").order_by("-project_id", "title")
    listed = list(offers[:500])
    facts = {
        "provider": provider,
        "offers": [(one, exchange.offer_address(one.public_id)) for one in listed],
        "names": page_of(request, exchange.activity_names(provider.pk)),
        "unknown": exchange.unknown_activities(provider.pk),
        "refusal": refusal,
        "sent": request.POST,
    }
    return render(request, "provider/activities.html", facts, status=status)


@require_POST
@allowed(exchange.DELIVER)
def activity_name(request: Request) -> HttpResponse:
    """The name stands for the offer, and statements that waited for it are looked at again."""
    offer = projects.Offer.objects.filter(public_id=request.POST.get("offer", "")).first()
    try:
        named = [(request.POST.get("iri", "").strip(), offer.pk if offer else 0)]
        exchange.name_activities(actor=request.actor, rows=named, now=request.now)
    except Refused as refused:
        return _page(request, refusal_sentence(refused), status=409)
    exchange.replay_statements(actor=request.actor, now=request.now)
    messages.success(request, gettext("The name is registered; statements that waited for it are looked at again."))
    return redirect("provider:activities")


@require_POST
@allowed(exchange.DELIVER)
def activities_again(request: Request) -> HttpResponse:
    """Statements that did not count because nobody knew whose they were are looked at again."""
    seconds = exchange.replay_statements(actor=request.actor, now=request.now)
    hours = seconds // 3600
    told = ngettext("Statements of %(hours)s hour are looked at again.", "Statements of %(hours)s hours are looked at again.", hours)
    messages.success(request, told % {"hours": hours})
    return redirect("provider:activities")
