"""What offices type about whom a project is for: conditions to take part, categories of seats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.web.bureau.answers import OfficeForm

ROWS_MORE = 3
SEVERAL = ("stages", "subjects", "honours_any", "positions_any", "ladder", "advisory")
TITLES = [("", "–"), *((code, label) for code, label in teachers.TITLES.items() if code)]
KINDS = list(projects.KIND_LABELS.items())
ADVISORY = {
    "stages": _("Stage"),
    "subjects": _("Subject"),
    "title_at_least": _("Title"),
    "age_at_most": _("Age"),
    "service_years_at_least": _("Years of service"),
    "is_rural": _("Rural or not"),
    "honours_any": _("Honours"),
    "positions_any": _("Position"),
    "needs_online": _("Line to the network"),
    "not_trained_within": _("Earlier training"),
    "ladder": _("Completed before"),
    "last_verdict_qualified": _("Last year's verdict"),
}


class Ticks(forms.MultipleChoiceField):
    """Several of a short list, ticked; nothing ticked asks for nothing."""

    def __init__(self, label: Any, choices: Any) -> None:  # noqa: ANN401 -- what Django calls words and choices
        box = forms.CheckboxSelectMultiple(attrs={"class": "x-ticks"})
        super().__init__(label=label, choices=list(choices), required=False, widget=box)


def _number(label: Any, most: int = 120) -> forms.IntegerField:  # noqa: ANN401 -- what Django calls words
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


class ConditionsForm(OfficeForm):
    """Conditions to take part, as core.selection knows them."""

    stages = Ticks(_("Stages"), teachers.STAGES.items())
    subjects = Ticks(_("Subjects"), teachers.SUBJECTS.items())
    title_at_least = forms.ChoiceField(label=_("Title of at least"), choices=TITLES, required=False)
    title_at_most = forms.ChoiceField(label=_("Title of at most"), choices=TITLES, required=False)
    age_at_most = _number(_("Age of at most, in years"))
    service_years_at_least = _number(_("Years of service, at least"))
    service_years_at_most = _number(_("Years of service, at most"))
    is_rural = forms.ChoiceField(
        label=_("Rural schools"), required=False, choices=[("", _("All schools")), ("yes", _("Only rural")), ("no", _("Only not rural"))]
    )
    honours_any = Ticks(_("One of these honours"), [(code, label) for code, label in teachers.HONOURS.items() if code])
    positions_any = Ticks(_("One of these positions"), [(code, label) for code, label in teachers.POSITIONS.items() if code])
    pause_kinds = Ticks(_("No training of these kinds"), KINDS)
    pause_years = _number(_("… within so many years"), 20)
    ladder = Ticks(_("Completed before"), KINDS)
    needs_online = forms.BooleanField(label=_("The school has a line to the network"), required=False)
    last_verdict_qualified = forms.BooleanField(label=_("The last training year was qualified"), required=False)
    advisory = Ticks(_("These only warn and shut nobody out"), ADVISORY.items())

    def __init__(self, data: Any = None, *, project: projects.Project) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, initial=_initial(project.conditions))

    def conditions(self) -> dict[str, Any]:
        """What the action takes."""
        given = {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [], False)}
        kinds, years = given.pop("pause_kinds", ()), given.pop("pause_years", 0)
        if years:
            given["not_trained_within"] = {"kinds": list(kinds), "years": years}
        if "is_rural" in given:
            given["is_rural"] = given["is_rural"] == "yes"
        return given


class CategoryForm(forms.Form):
    """One category of seats; an empty row is none."""

    code = forms.CharField(label=_("Code"), max_length=30, required=False)
    label = forms.CharField(label=pgettext_lazy("category", "Name"), max_length=80, required=False)
    label_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=1_000_000, required=False)
    is_reserved = forms.BooleanField(label=_("Reserved"), required=False)

    def is_empty(self) -> bool:
        """Whether nothing was typed in the row."""
        return not (self.cleaned_data.get("code") or self.cleaned_data.get("label"))

    def category(self) -> projects.Category:
        """What the action takes."""
        return projects.Category(**{**self.cleaned_data, "seats": self.cleaned_data["seats"] or 0})  # type: ignore[typeddict-item]  # -- the form has its keys


def category_forms(data: Any, project: projects.Project) -> list[CategoryForm]:  # noqa: ANN401 -- what Django calls data
    """The project's categories, a row each, and a few empty rows; what was sent where something was."""
    if data is None:
        return [CategoryForm(prefix=str(place), initial=one) for place, one in enumerate([*project.categories, *([{}] * ROWS_MORE)])]
    most = max((int(name.split("-")[0]) for name in data if name.endswith("-code") and name.split("-")[0].isdigit()), default=-1)
    return [CategoryForm(data, prefix=str(place)) for place in range(min(most + 1, 60))]


def _initial(conditions: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(conditions)
    pause = given.pop("not_trained_within", None) or {}
    if "is_rural" in given:
        given["is_rural"] = "yes" if given["is_rural"] else "no"
    return {**given, "pause_kinds": pause.get("kinds", []), "pause_years": pause.get("years")}
