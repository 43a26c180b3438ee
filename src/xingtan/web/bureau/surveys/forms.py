"""What an office types to ask: the survey, and its questions row by row."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Role
from xingtan.foundation.surveys import api as surveys
from xingtan.web.bureau.answers import OfficeForm
from xingtan.web.parts.days import day_field
from xingtan.web.words import ROLES

ROW = re.compile(r"q(\d{1,3})-text")
EMPTY_ROWS = 2
ASKED = (Role.TEACHER, Role.SCHOOL_CLERK, Role.SCHOOL_REVIEWER, Role.COUNTY_OFFICER, Role.CITY_OFFICER, Role.TUTOR, Role.WORKSHOP_LEAD)
TICKS = forms.CheckboxSelectMultiple(attrs={"class": "x-scale"})


class SurveyForm(OfficeForm):
    """What is asked, of whom, when."""

    title = forms.CharField(label=gettext_lazy("What it asks"), max_length=120)
    intro = forms.CharField(
        label=gettext_lazy("What people read first"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    purpose = forms.ChoiceField(label=gettext_lazy("When it asks"), choices=list(surveys.PURPOSE_LABELS.items()))
    opens_on = day_field(gettext_lazy("First day"))
    closes_on = day_field(gettext_lazy("Last day"))
    roles = forms.MultipleChoiceField(label=gettext_lazy("Whom"), choices=[(role.value, ROLES[role]) for role in ASKED], widget=TICKS)
    stage = forms.MultipleChoiceField(
        label=gettext_lazy("Only these stages"), choices=list(teachers.STAGES.items()), required=False, widget=TICKS,
        help_text=gettext_lazy("Nothing ticked asks teachers of every stage."),
    )  # fmt: skip
    subject = forms.MultipleChoiceField(
        label=gettext_lazy("Only these subjects"), choices=list(teachers.SUBJECTS.items()), required=False, widget=TICKS
    )
    is_named = forms.BooleanField(
        label=gettext_lazy("Names stand with the answers"), required=False,
        help_text=gettext_lazy("Otherwise nobody sees who answered what, and results of fewer than five people are not shown."),
    )  # fmt: skip

    def wanted(self) -> surveys.Wanted:
        """The survey as typed."""
        told = dict(self.cleaned_data)
        traits = {name: told.pop(name) for name in ("stage", "subject")}
        return surveys.Wanted(is_anonymous=not told.pop("is_named"), traits=traits, **told)


class QuestionForm(forms.Form):
    """A question: its words, its kind, its options one in a line."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=300, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("How it is answered"), choices=list(surveys.KIND_LABELS.items()))
    is_required = forms.BooleanField(label=gettext_lazy("Needed"), required=False)
    options = forms.CharField(
        label=gettext_lazy("Options, one in a line"), required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, **options)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label
        self.fields["options"].widget.attrs["placeholder"] = self.fields["options"].label

    @property
    def asking(self) -> surveys.Asking:
        """The question as typed; options of a question that takes none are left out."""
        told = self.cleaned_data
        options = told["options"].splitlines() if told["kind"] in surveys.CHOOSING else ()
        return surveys.Asking(told["kind"], told["text"], [one.strip() for one in options if one.strip()], told["is_required"])


def typed_questions(data: QueryDict) -> list[QuestionForm]:
    """The rows that ask something, in their order."""
    places = [found[1] for key in data if (found := ROW.fullmatch(key)) and str(data[key]).strip()]
    return [QuestionForm(data, prefix=f"q{place}") for place in places]


def shown_questions(asked: list[surveys.Asking]) -> list[QuestionForm]:
    """The rows of these questions, and empty ones after them."""
    initial: list[dict[str, Any]] = [one._asdict() | {"options": "\n".join(one.options)} for one in asked]
    initial += [{"is_required": True}] * EMPTY_ROWS
    return [QuestionForm(prefix=f"q{place}", initial=one) for place, one in enumerate(initial, start=1)]


def usual_questions() -> list[surveys.Asking]:
    """What a survey of needs mostly asks, in the language of who writes it: content (B8), form, time, what hinders."""
    from_areas = [_("Teachers' ethics"), _("Professional knowledge"), _("Educational theory"), _("Educational research"),
                  _("Teaching skill and technology"), _("Science and humanities")]  # fmt: skip
    forms_ = [_("Face to face"), _("On line"), _("Both together"), _("At my own school")]
    return [
        surveys.Asking("many", _("In which areas do you want training this year?"), from_areas),
        surveys.Asking("one", _("Which form suits you best?"), forms_),
        surveys.Asking("scale", _("How well did last year's training fit what you needed?")),
        surveys.Asking("number", _("How many days away from school are possible for you this year?")),
        surveys.Asking("text", _("What hinders you, and which training do you miss? Please name no person."), (), is_required=False),
    ]
