"""What workshop leads type."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xingtan.core.units import HoursRefused, parse_hours


class ActivityForm(forms.Form):
    """A new activity; `cleaned_data` are the values of `add_activity`."""

    title = forms.CharField(label=pgettext_lazy("activity", "Title"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160, required=False)
    brief = forms.CharField(
        label=pgettext_lazy("assignment", "What to do"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    hours_centi = forms.CharField(
        label=gettext_lazy("Hours"), max_length=8, widget=forms.TextInput(attrs={"inputmode": "decimal", "placeholder": "2.0"})
    )
    opens_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    closes_on = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    is_work_product = forms.BooleanField(label=gettext_lazy("Asks for a work product"), required=False)

    def clean_hours_centi(self) -> int:
        """Hundredths of an hour."""
        try:
            return parse_hours(self.cleaned_data["hours_centi"])
        except HoursRefused:
            raise forms.ValidationError(_("Hours are a number with at most two decimals, for example 2.5.")) from None


class ReturnForm(forms.Form):
    """Words for those whose part goes back."""

    comment = forms.CharField(label=gettext_lazy("What should be done"), max_length=2000, required=False)


class AttendanceForm(forms.Form):
    """Names pasted or in a workbook."""

    names = forms.CharField(
        label=gettext_lazy("Names, one a line"),
        required=False,
        max_length=100_000,
        help_text=gettext_lazy("Copied from a list: name or staff number; add the school where two have the same name."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a list as a file"),
        required=False,
        help_text=gettext_lazy("An .xlsx workbook or a CSV file with one member a row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
