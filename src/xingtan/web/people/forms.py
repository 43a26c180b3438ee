"""Forms of moves, posts, merges and reorganisations; what they say goes to one action each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from xingtan.domains.moves import api as moves
from xingtan.domains.teachers import api as teachers

# The page offers the names of schools in a list of this id.
SCHOOLS = "schools"
DAY = forms.DateInput(attrs={"type": "date"})
WHY = _("Kept with the act: the document's number, or in words.")


class SinceForm(forms.Form):
    """Since when, and why: what every act here says."""

    since = forms.DateField(label=_("From"), widget=DAY)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=WHY)


class StatusForm(SinceForm):
    """Leave, leaving, retirement, return."""

    status = forms.ChoiceField(label=_("New status"))
    field_order = ("status", "since", "reason")

    def __init__(self, data: Any = None, *, standing: str, **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, **options)
        turns = sorted(moves.TURNS[standing])
        cast("forms.ChoiceField", self.fields["status"]).choices = [(one, teachers.STATUSES[one]) for one in turns]


class MoveForm(SinceForm):
    """To which school."""

    to_school = forms.CharField(
        label=_("To which school"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": SCHOOLS, "autocomplete": "off"}),
        help_text=_("The whole name or the school's code, in any county. It moves at once where you look after both schools."),
    )
    field_order = ("to_school", "since", "reason")


class RequestForm(SinceForm):
    """Whom a school asks for: name and number together, so that nobody fishes for people."""

    name = forms.CharField(label=_("Name"), max_length=60)
    number = forms.CharField(label=_("Identity number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    to_school = forms.CharField(label=_("To which school of yours"), max_length=120, widget=forms.TextInput(attrs={"list": SCHOOLS}))
    field_order = ("name", "number", "to_school", "since", "reason")

    def __init__(self, data: Any = None, *, schools: Sequence[str], **options: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, **options)
        if len(schools) == 1:  # whoever has one school is not asked which
            self.fields["to_school"].widget = forms.HiddenInput()
            self.fields["to_school"].initial = schools[0]


class ElsewhereForm(forms.Form):
    """Where somebody also teaches."""

    school = forms.CharField(
        label=_("School"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": SCHOOLS, "autocomplete": "off"}),
        help_text=_("The whole name or the school's code."),
    )
    kind = forms.ChoiceField(label=_("As what"), choices=lambda: list(moves.SECOND_POSTS.items()))
    from_on = forms.DateField(label=_("First day"), widget=DAY)
    to_on = forms.DateField(label=_("Last day"), widget=DAY, required=False)


class NameForm(SinceForm):
    """The new name of a school, or the name of a new one."""

    name = forms.CharField(label=_("New name"), max_length=120)
    field_order: Sequence[str] = ("name", "since", "reason")


class IntoForm(SinceForm):
    """Into which school, or under which office."""

    into = forms.CharField(label=_("School or office"), max_length=120, help_text=_("The whole name or the code."))
    field_order = ("into", "since", "reason")


class SplitForm(NameForm):
    """The new school's name and who goes there."""

    people = forms.MultipleChoiceField(label=_("Who goes there"), widget=forms.CheckboxSelectMultiple)
    field_order = ("name", "people", "since", "reason")
