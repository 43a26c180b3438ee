"""The form that asks for a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PaperForm(forms.Form):
    """A kind of paper, its days or its training year, and what it is for."""

    kind = forms.ChoiceField(label=pgettext_lazy("paper", "Kind"), choices=[(one.value, word) for one, word in door.KINDS.items()])
    year = forms.ChoiceField(
        label=_("Training year"), required=False, help_text=_("For a year sheet, a cycle's record and the school list.")
    )
    from_on = forms.DateField(label=_("First day"), required=False, widget=DAY, help_text=_("For a statement of hours."))
    to_on = forms.DateField(label=_("Last day"), required=False, widget=DAY)
    purpose = forms.CharField(label=_("Purpose"), max_length=80, widget=forms.TextInput(attrs={"list": "purposes"}))

    def __init__(self, data: Any = None, *, years: Sequence[policies.TrainingYear], kinds: Sequence[door.Kind] = tuple(door.Kind)) -> None:  # noqa: ANN401 -- Django's own argument
        super().__init__(data)
        self.years = {str(one.year): one for one in years}
        self.fields["kind"].choices = [(one.value, door.KINDS[one]) for one in kinds]  # type: ignore[attr-defined]  # -- a choice field
        self.fields["year"].choices = [(name, name) for name in self.years]  # type: ignore[attr-defined]  # -- a choice field

    def asked(self, today: date) -> door.Asked:
        """What the form asks for; `Refused` for days that make no sense, and days that are missing are the last twelve months."""
        said = self.cleaned_data
        days = (said["from_on"] or today.replace(day=1, year=today.year - 1), said["to_on"] or today)
        year = self.years.get(said["year"])
        return door.asked_for(door.Kind(said["kind"]), days=days, training_year=year, purpose=said["purpose"], today=today)
