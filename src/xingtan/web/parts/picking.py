"""Choosing a teacher: a part of the name, its sound or the staff number is typed, and one of those who fit is ticked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope

OFFERED = 8


class Typed(NamedTuple):
    """What was typed, and who was ticked below it."""

    text: str
    chosen: str


def fitting(scope: Scope, text: str) -> list[teachers.Teacher]:
    """The first of the branch's teachers who fit; nobody for nothing typed."""
    return list(teachers.search(scope, text).order_by("name_pinyin", "pk")[:OFFERED]) if text.strip() else []


class TeacherPick(forms.TextInput):
    """A box to type in, and below it those who fit: asked for while one types, or after the form was sent."""

    input_type = "search"
    found: tuple[teachers.Teacher, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], _files: object, name: str) -> Typed:
        """The text with the one who was ticked."""
        return Typed(data.get(name, ""), data.get(f"{name}_id", ""))

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:  # noqa: ANN401 -- Django's own
        """The box and those who fit."""
        typed = value if isinstance(value, Typed) else Typed("", "")
        live = {"hx-get": reverse_lazy("bureau:teachers_found"), "hx-trigger": "input changed delay:250ms", "hx-target": "next .x-found"}
        box = super().render(name, typed.text, {**(attrs or {}), **live, "autocomplete": "off"}, renderer)
        found = render_to_string("parts/teachers_found.html", {"found": self.found, "chosen": typed.chosen, "name": name})
        return SafeString(f'{box}<div class="x-found" aria-live="polite">{found}</div>')


class TeacherField(forms.Field):
    """One teacher of the branch that the form names before it is read: `fields["teacher"].scope = actor.scope`."""

    widget = TeacherPick
    scope: Scope

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        hint = gettext_lazy("A part of the name, its pinyin or initials, or the staff number; then choose below.")
        super().__init__(label=gettext_lazy("Teacher"), help_text=hint, **kwargs)

    def clean(self, value: Any) -> teachers.Teacher | None:  # noqa: ANN401 -- Django's own
        """Who was ticked, or the only one who fits; with several the form comes back with them to choose from."""
        typed = value if isinstance(value, Typed) else Typed("", "")
        found = self._found(typed)
        if len(found) == 1:
            return found[0]
        if not found and not self.required and not typed.text.strip():
            return None
        if isinstance(self.widget, TeacherPick):
            self.widget.found = tuple(found)
        raise forms.ValidationError(_("Several teachers fit: choose one.") if found else _("Nobody of your branch fits."))

    def _found(self, typed: Typed) -> list[teachers.Teacher]:
        if typed.chosen:
            try:
                return [teachers.teacher_in(self.scope, typed.chosen)]
            except NotInScope:
                return []
        return fitting(self.scope, typed.text)
