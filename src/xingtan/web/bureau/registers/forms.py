"""Forms of the registers; their cleaned data are what the actions take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.registers import api as door
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.models import Organisation
from xingtan.web.parts.days import day_field

NONE = ("", pgettext_lazy("choice", "None"))


def choices(words: Mapping[str, Any], *, may_be_none: bool = False) -> list[tuple[str, Any]]:
    """A list's values with their words."""
    return [*([NONE] if may_be_none else []), *((str(value), word) for value, word in words.items())]


def _places(offices: Iterable[Organisation]) -> list[tuple[int, str]]:
    return [(one.pk, str(one)) for one in offices]


class NominationForm(forms.Form):
    """Whom, for which team of which office, on what ground, for which term."""

    office_id = forms.TypedChoiceField(label=_("Whose pool"), coerce=int)
    team = forms.ChoiceField(label=_("Team"), choices=lambda: choices(door.TEAMS))
    name = forms.CharField(label=_("Name"), max_length=80)
    workplace = forms.CharField(label=_("School or office"), max_length=120)
    subject = forms.ChoiceField(label=_("Subject"), required=False, choices=lambda: choices(teachers.SUBJECTS, may_be_none=True))
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=lambda: choices(teachers.STAGES, may_be_none=True))
    duties = forms.CharField(label=_("Duties"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    competence = forms.CharField(label=_("What shows the competence"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    from_on = day_field(_("First day"))
    to_on = day_field(_("Last day"), required=False)

    def __init__(self, *args: Any, offices: Iterable[Organisation], **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **more)
        self.fields["office_id"].choices = _places(offices)  # type: ignore[attr-defined]  # -- a ChoiceField


class CadreForm(forms.Form):
    """Who holds which post since when, and the training needed next."""

    person = forms.CharField(label=_("Name, staff number or identity number"), max_length=80)
    duty = forms.ChoiceField(label=_("Post"), choices=lambda: choices(door.DUTIES))
    from_on = day_field(_("In the post since"))
    need = forms.ChoiceField(label=_("Training needed"), required=False, choices=lambda: choices(door.NEEDS, may_be_none=True))
    need_words = forms.CharField(label=_("In words"), max_length=300, required=False)
    certificate_number = forms.CharField(label=_("Number of the qualifying certificate"), max_length=60, required=False)


class CadreChangeForm(forms.Form):
    """The training needed next, and the last day in the post."""

    need = forms.ChoiceField(label=_("Training needed"), required=False, choices=lambda: choices(door.NEEDS, may_be_none=True))
    need_words = forms.CharField(label=_("In words"), max_length=300, required=False)
    to_on = day_field(_("Last day in the post"), required=False)


class ProviderForm(forms.Form):
    """What the office holds of a provider."""

    licence = forms.CharField(label=_("Licence number"), max_length=60, required=False)
    fields_taught = forms.CharField(label=_("Fields"), max_length=200, required=False)
    contact = forms.CharField(label=_("Contact person"), max_length=80, required=False)
    standing = forms.ChoiceField(label=_("Standing"), choices=lambda: choices(door.STANDINGS))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    until_on = day_field(_("Admitted until"), required=False)


class SideOfficeForm(forms.Form):
    """An office beside the tree."""

    organisation_id = forms.TypedChoiceField(label=_("Beside"), coerce=int)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: choices(door.OFFICE_KINDS))
    name = forms.CharField(label=_("Name"), max_length=120)
    project = forms.CharField(label=_("Project (of a project office)"), max_length=120, required=False)
    from_on = day_field(_("First day"))

    def __init__(self, *args: Any, organisations: Iterable[Organisation], **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **more)
        self.fields["organisation_id"].choices = _places(organisations)  # type: ignore[attr-defined]  # -- a ChoiceField


class SeatForm(forms.Form):
    """A person in an office beside the tree."""

    name = forms.CharField(label=_("Name"), max_length=80)
    post = forms.CharField(label=_("Post"), max_length=120, required=False)
    duty = forms.ChoiceField(label=_("Duty"), choices=lambda: choices(door.OFFICE_DUTIES))
    from_on = day_field(_("First day"))


class SchoolMemberForm(forms.Form):
    """A school asks a county to become a member."""

    county_id = forms.TypedChoiceField(label=_("County training centre"), coerce=int)
    name = forms.CharField(label=_("Name of the school"), max_length=120)
    contact = forms.CharField(label=_("Contact person"), max_length=80)
    phone = forms.CharField(label=_("Phone"), max_length=20)
    words = forms.CharField(label=_("About the school: stages, teachers, why"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, counties: Iterable[Organisation], **more: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **more)
        self.fields["county_id"].choices = [("", "—"), *_places(counties)]  # type: ignore[attr-defined]  # -- a ChoiceField


class PersonMemberForm(forms.Form):
    """A teacher asks to become an individual member."""

    words = forms.CharField(label=_("Why you would like to be a member"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
