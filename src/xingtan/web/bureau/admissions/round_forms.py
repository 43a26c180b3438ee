"""What offices type about rounds, classes and terms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xingtan.core.calendar import SHANGHAI
from xingtan.domains.admissions import api as door
from xingtan.web.bureau.answers import OfficeForm

STEPS = (
    ("", _("As many steps as the project says")),
    ("school", _("The school")),
    ("county", _("The county")),
    ("school,county", _("The school, then the county")),
    ("county,city", _("The county, then the city")),
)


def time_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateTimeField:  # noqa: ANN401 -- a lazy label
    """A moment of the local day, to the minute."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"], required=required, help_text=help_text)


def aware(value: datetime | None) -> datetime | None:
    """The moment on the local clock."""
    return value if value is None or value.tzinfo else value.replace(tzinfo=SHANGHAI)


class RoundForm(OfficeForm):
    """A round's times and kind."""

    opens_at = time_field(_("Opens"))
    closes_at = time_field(_("Closes"))
    first_until = time_field(
        _("Until then only those whose class was cancelled or trimmed"), required=False, help_text=_("For a second round; may stay empty.")
    )
    is_capped = forms.BooleanField(
        label=_("Seats are given at once, first come first served"),
        required=False,
        help_text=_("Otherwise everybody is taken in and the round is trimmed at its end."),
    )

    def planned(self) -> door.Planned:
        """What the action takes."""
        told = self.cleaned_data
        opens, closes, first = (aware(told[name]) for name in ("opens_at", "closes_at", "first_until"))
        return door.Planned(door.Span(opens, closes, first), told["is_capped"])  # type: ignore[arg-type]  # -- required fields are there


class TermsForm(OfficeForm):
    """Whose approval, what decides, and until when."""

    steps = forms.ChoiceField(label=_("Who approves"), choices=STEPS, required=False)
    trimming = forms.MultipleChoiceField(
        label=_("What decides when a class is too full, from the top"),
        choices=list(door.CRITERIA_WORDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    keeps_line = forms.BooleanField(label=_("Whoever finds no seat waits in line"), required=False)
    offer_hours = forms.IntegerField(
        label=_("Hours that an offer from the line holds"), min_value=0, max_value=720, help_text=_("0: admitted at once.")
    )
    change_until = time_field(_("Classes may be changed until"), required=False)
    withdraw_until = time_field(_("Withdrawal until"), required=False)
    replace_until = time_field(_("Substitutes until"), required=False)

    def __init__(self, data: Any = None, *, terms: door.AdmissionTerms | None = None) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, initial=_initial(terms) if terms else None)

    def terms(self) -> door.Terms:
        """What the action takes."""
        told = dict(self.cleaned_data)
        for name in ("change_until", "withdraw_until", "replace_until"):
            told[name] = aware(told[name])
        told["steps"] = tuple(one for one in told["steps"].split(",") if one)
        return door.Terms(**told)


def _initial(terms: door.AdmissionTerms) -> dict[str, Any]:
    names = ("keeps_line", "offer_hours", "change_until", "withdraw_until", "replace_until")
    return {"steps": ",".join(terms.steps), "trimming": list(door.criteria_of(terms)), **{name: getattr(terms, name) for name in names}}


class LimitForm(OfficeForm):
    """How many a class takes and needs."""

    most = forms.IntegerField(label=_("At most"), min_value=0, max_value=100_000, required=False)
    least = forms.IntegerField(label=_("At least"), min_value=0, max_value=100_000)


class WhyForm(OfficeForm):
    """Why a class is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
