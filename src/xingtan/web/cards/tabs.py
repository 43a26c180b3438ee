"""What all pages of cards share: the year, the tabs, and how a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web import nav
from xingtan.web.http import Request
from xingtan.web.school.scopes import year_wanted
from xingtan.web.words import refusal_sentence


def year_of(request: Request) -> policies.TrainingYear:
    """The year that the address or the form names, else the present one; `NotInScope` where none was opened."""
    named = request.POST.get("year", "")
    year = policies.year_for(request.actor, int(named)) if named.isascii() and named.isdigit() and len(named) == 4 else year_wanted(request)
    if year is None:
        raise NotInScope
    return year


def tabs_for(request: Request, here: str) -> list[tuple[str, str, bool]]:
    """Address, word and whether it is this page, of every page of cards that the actor may open."""
    words = {
        "bureau:cards": _("By school"),
        "bureau:card_reports": _("Names and counts"),
        "bureau:card_batches": pgettext("cards", "Batches"),
        "bureau:card_parcels": pgettext("cards", "Parcels"),
        "bureau:card_waiting": pgettext("cards", "Hand out"),
        "bureau:card_list": pgettext("cards", "Cards and trails"),
        "bureau:card_purchases": _("Hours sold"),
    }
    return [(url, word, name == here) for name, word in words.items() if (url := nav.place_for(request.actor, name))]


def page(request: Request, template: str, here: str, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of cards with its tabs and the years to choose from."""
    shared = {"tabs": tabs_for(request, here), "years": list(policies.years_for(request.actor)), "actor_role": request.actor.role.value}
    return render(request, f"cards/{template}.html", {**shared, **facts}, status=status)


def done(request: Request, act: Callable[[], object], said: str, back: str, *args: str) -> HttpResponse:
    """The act was done and the page says so, or it says why not; either way the same page follows."""
    try:
        act()
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
    else:
        messages.success(request, said)
    return redirect(back, *args)
