"""A day in a form."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: str | Promise, *, required: bool = True) -> forms.DateField:
    """A day, typed or picked, as YYYY-MM-DD."""
    wrong = {"invalid": _("Write the day as YYYY-MM-DD, for example 2026-11-01.")}
    field = forms.DateField(widget=DayInput(), input_formats=["%Y-%m-%d"], error_messages=wrong, required=required)
    field.label = label  # type: ignore[assignment]  # -- a lazy label is a label
    return field


def bound_days(form: forms.Form, names: tuple[str, ...], first: date, last: date) -> None:
    """The fields of these names show which days are possible."""
    for name in names:
        if name in form.fields and isinstance(form.fields[name].widget, DayInput):
            form.fields[name].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
