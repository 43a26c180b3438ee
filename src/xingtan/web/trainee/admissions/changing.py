"""A teacher's own change of class, course or workshop, until the project's date."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xingtan.domains.admissions import api as door
from xingtan.web.bureau.answers import OfficeForm
from xingtan.web.http import Request

from .projects import with_room

CHANGING = ("applied", "school_approved", "county_approved", "waiting", "admitted")


class ChangeForm(OfficeForm):
    """The other classes, courses and workshops of the project that still take place, each with its room."""

    choice = forms.ChoiceField(label=_("Class or course"))

    def __init__(self, data: Any = None, *, one: door.Application) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data)
        seen = [row for row in door.classes_of(one.project_id) if row.limit is None or row.limit.cancelled_at is None]
        self.choices = [(str(row.offer.pk), with_room(row)) for row in seen if row.offer.pk != one.choice_id]
        self.fields["choice"].choices = self.choices  # type: ignore[attr-defined]  # -- a choice field


def may_change(request: Request, one: door.Application, form: ChangeForm) -> bool:
    """True while there is another class and the day until which one may change is not over; without a day, until the training begins."""
    until = door.terms_of(one.project_id).change_until
    is_over = door.is_begun(one.project, request.now) if until is None else request.now > until
    return one.state in CHANGING and bool(form.choices) and not is_over
