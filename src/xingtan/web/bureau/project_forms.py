"""What offices type about projects; `cleaned_data` are the action's keyword arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.units import HoursRefused, format_hours, parse_hours
from xingtan.domains.courses import api as courses
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.web.http import Request
from xingtan.web.parts.days import bound_days, day_field

from .answers import OfficeForm
from .rulebook import said

HOURS_WRONG = {
    "empty": _("Give the hours."),
    "negative": _("Hours are not negative."),
    "decimals": _("Hours have at most two decimals."),
    "too_many": _("That is more hours than a year has."),
    "not_a_number": _("Write the hours as a number, for example 22 or 3.5."),
}
ANY = ("", _("All"))
DAYS = ("opens_on", "closes_on", "starts_on", "ends_on")


class FilterForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(required=False, max_length=80)
    year = forms.IntegerField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", _("All states")), *projects.STATE_LABELS.items()])
    tier = forms.ChoiceField(required=False, choices=[("", _("All tiers")), *projects.TIER_LABELS.items()])
    kind = forms.ChoiceField(required=False, choices=[("", _("All kinds")), *projects.KIND_LABELS.items()])


class ProjectForm(OfficeForm):
    """A project's facts."""

    training_year_id = forms.TypedChoiceField(label=_("Training year"), coerce=int)
    title = forms.CharField(label=pgettext_lazy("project", "Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    tier = forms.ChoiceField(label=_("Tier"))
    kind = forms.ChoiceField(label=_("Kind of training"), choices=list(projects.KIND_LABELS.items()))
    opens_on = day_field(_("First day of application"))
    closes_on = day_field(_("Last day of application"))
    starts_on = day_field(_("First day of the training"), required=False)
    ends_on = day_field(_("Last day of the training"), required=False)
    venue = forms.CharField(label=pgettext_lazy("project", "Place"), max_length=160, required=False)
    ways = forms.MultipleChoiceField(
        label=_("Ways in"),
        choices=list(projects.WAY_LABELS.items()),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "x-ticks"}),
        required=False,
        help_text=_("With none of them the project is what teachers choose as their year's own course selection."),
    )
    approval_steps = forms.TypedChoiceField(
        label=_("Approval"), coerce=int, required=False, choices=list(projects.STEPS_LABELS.items()), initial=1
    )
    with_template = forms.BooleanField(
        label=_("Lay out the segments, ways in and categories that this kind of training usually has"), required=False, initial=True
    )
    summary = forms.CharField(label=_("About it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: Any = None, *, request: Request, organiser_kind: str, project: projects.Project | None = None) -> None:  # noqa: ANN401 -- what Django calls data
        years = list(policies.open_years_for(request.actor)) if project is None else [project.training_year]
        super().__init__(data, initial=_initial(project, years))
        _choices(self, "training_year_id", [(year.pk, str(year)) for year in years])
        yours = projects.TIERS.get(organiser_kind, frozenset())
        _choices(self, "tier", [(tier, label) for tier, label in projects.TIER_LABELS.items() if tier in yours])
        bounds = years[0] if years else None
        if bounds:
            bound_days(self, DAYS, *projects.days_of(bounds))
        for name in ("with_template", "training_year_id") if project is not None else ("ways", "approval_steps"):
            del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        given = dict(self.cleaned_data)
        given.pop("with_template", None)
        if given.get("approval_steps") == "":
            given.pop("approval_steps")
        return given | ({"has_seats": bool(given["ways"])} if "ways" in given else {})

    @property
    def from_template(self) -> bool:
        """Whether the draft begins with its kind's template."""
        return bool(self.cleaned_data.get("with_template"))


class OfferForm(OfficeForm):
    """A course or a workshop to offer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=list(projects.OFFER_KIND_LABELS.items()))
    course_id = forms.TypedChoiceField(
        label=_("Course"), coerce=int, empty_value=None, required=False, help_text=_("For a course: title, subject and stage come from it.")
    )
    title = forms.CharField(label=pgettext_lazy("project", "Title"), max_length=160, required=False, help_text=_("For a workshop."))
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    component = forms.ChoiceField(label=_("Counts as"))
    hours_centi = forms.CharField(label=_("Most hours"), max_length=12)
    provider_id = forms.TypedChoiceField(label=_("Training provider"), coerce=int, empty_value=None, required=False)
    lead_id = forms.TypedChoiceField(label=_("Workshop lead"), coerce=int, empty_value=None, required=False)
    stage = forms.ChoiceField(label=_("Stage"), choices=[ANY, *teachers.STAGES.items()], required=False)
    subject = forms.ChoiceField(label=_("Subject"), choices=[ANY, *teachers.SUBJECTS.items()], required=False)

    def __init__(self, data: Any = None, *, request: Request, project: projects.Project) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data)
        policy = policies.policy_of(project.training_year)
        scope = project.organiser.scope
        province = type(scope).of(scope.first[:4])
        _choices(self, "component", [(component.code, said(component.label)) for component in policy.components])
        offered = courses.reviewed_courses(province)
        _choices(self, "course_id", [("", "–"), *((course.pk, f"{course} · {course.provider}") for course in offered)])
        _choices(self, "provider_id", [("", str(project.organiser)), *((one.pk, str(one)) for one in projects.providers_for(scope))])
        _choices(self, "lead_id", [("", "–"), *((one.pk, one.name) for one in projects.workshop_leads(scope, request.today))])
        most = " · ".join(f"{said(c.label)} {format_hours(projects.most_centi(project).get(c.code, 0))}" for c in policy.components)
        self.fields["hours_centi"].help_text = _("At most: %(most)s") % {"most": most}

    def clean_hours_centi(self) -> int:
        """Hundredths of an hour."""
        try:
            return parse_hours(self.cleaned_data["hours_centi"])
        except HoursRefused as refused:
            raise forms.ValidationError(HOURS_WRONG[refused.code]) from None


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells the type checker what the class above says
    field.choices = choices


def _initial(project: projects.Project | None, years: list[policies.TrainingYear]) -> dict[str, Any]:
    if project is not None:
        names = ("title", "title_en", "tier", "kind", *DAYS, "summary", "venue", "ways", "approval_steps")
        return {name: getattr(project, name) for name in names}
    return {"opens_on": years[0].first_on, "closes_on": years[0].last_on} if years else {}
