"""What offices type about a segment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xingtan.core.units import format_hours
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.web.bureau.answers import OfficeForm
from xingtan.web.bureau.rulebook import said
from xingtan.web.parts.days import bound_days, day_field

from .common import centi_of

PASSING = ("attendance_percent", "products", "mark")


class DaysForm(OfficeForm):
    """Only the days: what of a published project's segment still moves."""

    first_on = day_field(_("First day"), required=False)
    last_on = day_field(_("Last day"), required=False)

    def __init__(self, data: Any = None, *, project: projects.Project, segment: projects.Segment | None = None) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, initial=_initial(segment))
        bound_days(self, ("first_on", "last_on"), *projects.bounds_of(project))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return dict(self.cleaned_data)


class SegmentForm(DaysForm):
    """A segment's facts and what must be passed in it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(projects.SEGMENT_LABELS.items()))
    title = forms.CharField(label=pgettext_lazy("project", "Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    component = forms.ChoiceField(label=_("Counts as"), required=False)
    hours = forms.CharField(label=_("Hours"), max_length=12, required=False)
    attendance_percent = forms.IntegerField(
        label=_("To pass: attendance of at least, in percent"), min_value=1, max_value=100, required=False
    )
    products = forms.IntegerField(label=_("To pass: work products handed in, at least"), min_value=1, max_value=50, required=False)
    mark = forms.IntegerField(label=_("To pass: mark out of 100, at least"), min_value=1, max_value=100, required=False)
    field_order = ("kind", "title", "title_en", "first_on", "last_on", "component", "hours", *PASSING)

    def __init__(self, data: Any = None, *, project: projects.Project, segment: projects.Segment | None = None) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, project=project, segment=segment)
        policy = policies.policy_of(project.training_year)
        most = projects.most_centi(project)
        component = self.fields["component"]
        assert isinstance(component, forms.ChoiceField)  # noqa: S101 -- tells the type checker what the class above says
        component.choices = [("", gettext("No hours")), *((one.code, said(one.label)) for one in policy.components)]
        asked = " · ".join(f"{said(one.label)} {format_hours(most.get(one.code, 0))}" for one in policy.components)
        self.fields["hours"].help_text = gettext("All segments together at most: %(most)s") % {"most": asked}

    def clean_hours(self) -> int:
        """Hundredths of an hour."""
        return centi_of(self.cleaned_data["hours"])

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        plain = {name: self.cleaned_data[name] for name in ("kind", "title", "title_en", "first_on", "last_on", "component")}
        passing = {name: self.cleaned_data[name] for name in PASSING if self.cleaned_data.get(name)}
        return {**plain, "hours_centi": self.cleaned_data["hours"], "passing": passing}


def _initial(segment: projects.Segment | None) -> dict[str, Any]:
    if segment is None:
        return {}
    names = ("kind", "title", "title_en", "first_on", "last_on", "component")
    hours = format_hours(segment.hours_centi) if segment.hours_centi else ""
    return {name: getattr(segment, name) for name in names} | {"hours": hours, **segment.passing}
