"""Granting a study group: named people, a place, fixed times, a leader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from xingtan.domains.eligibility import api as people_lists
from xingtan.domains.kits import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .circumstances import DAY, year_wanted

CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
WEEKDAYS = [
    (0, pgettext_lazy("weekday", "Monday")),
    (1, pgettext_lazy("weekday", "Tuesday")),
    (2, pgettext_lazy("weekday", "Wednesday")),
    (3, pgettext_lazy("weekday", "Thursday")),
    (4, pgettext_lazy("weekday", "Friday")),
    (5, pgettext_lazy("weekday", "Saturday")),
    (6, pgettext_lazy("weekday", "Sunday")),
]
MOST_PLACES = 500


class GroupForm(forms.Form):
    """What a county grants."""

    name = forms.CharField(label=gettext_lazy("Name of the group"), max_length=80)
    place = forms.CharField(
        label=pgettext_lazy("study group", "Place"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
        help_text=gettext_lazy("A school or teaching point of the list, or in words."),
    )
    people = forms.CharField(
        label=gettext_lazy("People"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line: identity number, staff number or full name. Pasted cells are fine; the first one counts."),
    )
    leader = forms.CharField(
        label=gettext_lazy("Leader, who opens and signs"),
        max_length=80,
        help_text=gettext_lazy("Identity number, staff number or full name."),
    )
    weekdays = forms.MultipleChoiceField(label=gettext_lazy("Days of the week"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple)
    from_at = forms.TimeField(label=pgettext_lazy("time", "From"), widget=CLOCK)
    to_at = forms.TimeField(label=pgettext_lazy("time", "To"), widget=CLOCK)
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    mode = forms.ChoiceField(label=gettext_lazy("How the group studies then"), required=False)
    ground = forms.CharField(
        label=gettext_lazy("Ground"), required=False, max_length=300, help_text=gettext_lazy("Document and number, or in words.")
    )

    def __init__(self, data: Any = None, *, year: policies.TrainingYear) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, initial={"first_on": year.first_on, "last_on": year.last_on, "mode": "township"})
        modes = door.modes_of(policies.policy_of(year))
        cast("forms.ChoiceField", self.fields["mode"]).choices = [(code, door.mode_word(modes, code)) for code in modes] or [("", "–")]

    def slots(self) -> list[door.Slot]:
        """The fixed times that the valid form says."""
        said = self.cleaned_data
        minutes = minute_of(said["from_at"]), minute_of(said["to_at"])
        days = [int(day) for day in said["weekdays"]]
        return list(door.weekly(said["first_on"], said["last_on"], days, minutes, said["mode"]))


def minute_of(at: time) -> int:
    """The minute of the day; midnight at the end of a day is told as 00:00 and not possible."""
    return at.hour * 60 + at.minute


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.GRANT_GROUP)
def new(request: Request) -> HttpResponse:
    """The form; handed in, the group is granted, or what stands in the way is said."""
    year = year_wanted(request, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/group_new.html", {"year": None})
    if request.method != "POST":
        return _page(request, year, GroupForm(year=year))
    form = GroupForm(request.POST, year=year)
    if not form.is_valid():
        return _page(request, year, form, status=422)
    try:
        made = door.grant_group(actor=request.actor, training_year_id=year.pk, wanted=_wanted(request, form), now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, year, form, status=409)
    except LookupError as problem:
        form.add_error("people", str(problem))
        return _page(request, year, form, status=422)
    messages.success(request, _("Granted. The people are told, and the village route stands for each of them."))
    return redirect("bureau:group", made.public_id)


def _page(request: Request, year: policies.TrainingYear, form: GroupForm, *, status: int = 200) -> HttpResponse:
    shown = {"year": year, "years": list(policies.years_for(request.actor)), "form": form, "places": list(_places(request)[:MOST_PLACES])}
    return render(request, "bureau/group_new.html", shown, status=status)


def _places(request: Request) -> Any:  # noqa: ANN401 -- a query set
    return (
        Organisation.objects.within(request.actor.scope).filter(kind__in=[Kind.SCHOOL, Kind.TEACHING_POINT]).order_by("-is_rural", "name")
    )


def _wanted(request: Request, form: GroupForm) -> door.Wanted:
    said = form.cleaned_data
    place = _places(request).filter(name=said["place"].strip()).first()
    return door.Wanted(
        name=said["name"],
        teacher_ids=list(dict.fromkeys(_ids(request, said["people"]))),
        leader_id=next(_ids(request, said["leader"].splitlines()[0])),
        slots=form.slots(),
        place_id=place.pk if place else None,
        place_note="" if place else said["place"],
        ground=said["ground"],
    )


def _ids(request: Request, text: str) -> Iterator[int]:
    """The teachers that the lines name; LookupError says which line names none, or more than one."""
    for one in people_lists.matched(people_lists.lines_of(text), request.actor.scope):
        if one.match is not people_lists.Match.FOUND or one.teacher_id is None:
            raise LookupError(f"{one.text}: {people_lists.MATCHES[one.match]}")
        yield one.teacher_id
