"""Forms of seats: how many a project has, targets for those below, and what is given back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.scope.models import Organisation
from xingtan.web.bureau.answers import OfficeForm

from .shown import category_words

MOST = 1_000_000


class GrantForm(OfficeForm):
    """How many seats of one category the project has."""

    category = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=MOST)


def grant_forms(project: projects.Project, own: Sequence[quotas.Quota], data: Any = None) -> list[GrantForm]:  # noqa: ANN401 -- Django's own
    """One form for each category of the project, filled with what is held, else with what was planned; `data` belongs to one of them."""
    held = {quota.category: quota.held for quota in own}
    planned = {str(one["code"]): one.get("seats") for one in project.categories} or {"": None}
    made = []
    for code, label in category_words(project).items():
        if code not in planned and code not in held:
            continue
        is_sent = data is not None and data.get("category", "") == code
        form = GrantForm(
            data if is_sent else None, initial={"category": code, "seats": held.get(code, planned.get(code))}, auto_id=f"{code}_%s"
        )
        form.fields["seats"].label = label
        made.append(form)
    return made


class ShareForm(OfficeForm):
    """A number of seats for each office below, and until when free ones may be kept."""

    return_by = forms.DateField(label=_("Free seats may be kept until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Note in the trail"), required=False, max_length=200)
    way = forms.ChoiceField(choices=[(way.value, way.value) for way in quotas.Way], widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, offices: Sequence[Organisation], seats: Mapping[int, int], way: str, today: date) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, initial={"way": way})
        self.fields["return_by"].widget.attrs["min"] = today.isoformat()
        self.offices = list(offices)
        for office in self.offices:
            self.fields[f"n_{office.public_id}"] = forms.IntegerField(
                label=str(office), required=False, min_value=0, max_value=MOST, initial=seats.get(office.pk, 0)
            )

    def targets(self) -> dict[int, int]:
        """What each office is to hold; an empty field leaves it as it is."""
        typed = {office.pk: self.cleaned_data[f"n_{office.public_id}"] for office in self.offices}
        return {pk: seats for pk, seats in typed.items() if seats is not None}

    def cells(self) -> dict[int, forms.BoundField]:
        """The field of each office."""
        return {office.pk: self[f"n_{office.public_id}"] for office in self.offices}


class GiveBackForm(OfficeForm):
    """How many free seats go back up, and why."""

    seats = forms.IntegerField(label=_("Seats to give back"), min_value=1, max_value=MOST)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)


class WorkbookForm(OfficeForm):
    """A workbook of targets."""

    file = forms.FileField(label=_("Workbook (.xlsx or .csv)"))
