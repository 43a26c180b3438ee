"""A provider's first page: what is to be entered, what came back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.roles import Permission, Role
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.trainee.record import chosen_year

SEE_HOME = Permission("provider.see_home", frozenset({Role.PROVIDER_STAFF}))


@require_safe
@allowed(SEE_HOME)
def home(request: Request) -> HttpResponse:
    """Hours due and returned entries of the year, and how far the entered ones have come."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None or request.actor.organisation_id is None:
        return render(request, "provider/home.html", {"year": None, "years": years})
    learning.tell_learned(request.now)  # what was studied up to this second
    due = credits_room.enterable(request.actor.organisation_id, year)
    counts = credits_room.provider_counts(request.actor.organisation_id, year.pk)
    page = {
        "year": year,
        "years": years,
        "due_people": len({one.evidence.teacher_id for one in due}),
        "due_centi": sum(one.recognised for one in due),
        "counts": [(credits_room.STATES[state], counts[state]) for state in credits_room.STANDING],
        "returned": returned_rows(request.actor.organisation_id, year.pk),
    }
    return render(request, "provider/home.html", page)


def returned_rows(provider_id: int, training_year_id: int) -> list[tuple[credits_room.EntryState, str]]:
    """What came back, each with its reason in words."""
    reasons = {one.value: str(label) for one, label in credits_room.RETURN_REASONS.items()}
    found = credits_room.returned_to(provider_id, training_year_id)
    return [(row, " ".join((reasons.get(said.reason_code, _("Returned")), said.reason)).strip()) for row, said in found]
