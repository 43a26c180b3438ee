"""A plan's table as a form: every row a form of its own, rows without anything left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.money import format_yuan
from xingtan.core.units import HoursRefused, format_hours, parse_hours
from xingtan.domains.plans import api as plans
from xingtan.domains.teachers import api as teachers

ROW = re.compile(r"l(\d{1,4})-what")
YUAN = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")
WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
EMPTY_ROWS = 6
TEXTS = ("what", "head_count", "hours_centi", "budget_fen", "target")
HOURS_WRONG = _("Write hours as a number, for example 20 or 3.5.")
YUAN_WRONG = _("Write yuan as a number, for example 1200 or 99.50.")


class LineForm(forms.Form):
    """One row of the table; `wanted` is what it says."""

    line_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(label=_("Training"), max_length=120, required=False)
    area = forms.ChoiceField(label=_("Content area"), required=False, choices=[("", "–"), *plans.AREA_LABELS.items()])
    way = forms.ChoiceField(label=_("How"), choices=list(plans.WAY_LABELS.items()))
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", pgettext_lazy("stage", "Any")), *teachers.STAGES.items()])
    subject = forms.ChoiceField(
        label=_("Subject"), required=False, choices=[("", pgettext_lazy("subject", "Any")), *teachers.SUBJECTS.items()]
    )
    category = forms.ChoiceField(label=_("For whom"), required=False, choices=list(plans.CATEGORY_LABELS.items()))
    head_count = forms.IntegerField(
        label=pgettext_lazy("plan", "People"), required=False, min_value=0, max_value=plans.MOST_HEADS, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number.")},
    )  # fmt: skip
    hours_centi = forms.CharField(
        label=_("Hours each"), required=False, max_length=8, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    budget_fen = forms.CharField(
        label=_("Budget, yuan"), required=False, max_length=14, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    target = forms.CharField(label=_("Target"), required=False, max_length=200)

    def __init__(self, data: Any = None, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, **options)
        for bound in self.visible_fields():
            bound.field.widget.attrs |= {"aria-label": bound.field.label, "autocomplete": "off"}

    def clean_head_count(self) -> int:
        """How many; nothing is none."""
        return self.cleaned_data["head_count"] or 0

    def clean_hours_centi(self) -> int:
        """Hundredths of an hour; nothing is none."""
        typed = self.cleaned_data["hours_centi"].strip()
        if not typed:
            return 0
        try:
            centi = parse_hours(typed)
        except HoursRefused:
            raise forms.ValidationError(HOURS_WRONG) from None
        if centi > plans.MOST_HOURS_CENTI:
            raise forms.ValidationError(HOURS_WRONG)
        return centi

    def clean_budget_fen(self) -> int:
        """Fen; nothing is none."""
        typed = self.cleaned_data["budget_fen"].translate(WIDE).replace(",", "").replace("¥", "").strip()
        if not typed:
            return 0
        found = YUAN.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(YUAN_WRONG)
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    @property
    def is_blank(self) -> bool:
        """True when nothing was typed; a choice alone is nothing."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in TEXTS)

    @property
    def wanted(self) -> plans.Wanted:
        """The line as typed."""
        return plans.Wanted(**self.cleaned_data)


def typed_lines(data: QueryDict) -> list[LineForm]:
    """The rows that say something, in the order in which they stand in the table."""
    places = [found[1] for key in data if (found := ROW.fullmatch(key))]
    made = [LineForm(data, prefix=f"l{place}") for place in places]
    return [form for form in made if not form.is_blank]


def shown_lines(lines: Iterable[plans.PlanLine]) -> list[LineForm]:
    """The rows of a plan as they stand, and some empty ones after them."""
    made = [LineForm(prefix=f"l{place}", initial=_initial(line)) for place, line in enumerate(lines, start=1)]
    blank = [LineForm(prefix=f"l{place}") for place in range(len(made) + 1, len(made) + 1 + EMPTY_ROWS)]
    return made + blank


def blank_line() -> LineForm:
    """The row that the page copies when one more is wanted."""
    return LineForm(prefix="l0000")


def mistakes(forms_: Iterable[LineForm]) -> Mapping[str, str]:
    """What is wrong, by the name of the cell."""
    return {form.add_prefix(name): str(errors[0]) for form in forms_ for name, errors in form.errors.items()}


def _initial(line: plans.PlanLine) -> dict[str, Any]:
    same = {name: getattr(line, name) for name in ("what", "area", "way", "stage", "subject", "category", "target")}
    numbers = {"hours_centi": format_hours(line.hours_centi) if line.hours_centi else "", "head_count": line.head_count or ""}
    return {**same, **numbers, "budget_fen": format_yuan(line.budget_fen) if line.budget_fen else "", "line_id": line.pk}
