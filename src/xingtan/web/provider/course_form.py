"""The form of a new course: its own facts and up to eight units, each with its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xingtan.domains.courses import api as courses
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.models import StoredFile

UNITS = 8
Keep = Callable[["UploadedFile[bytes]", str], StoredFile]
MEDIA = {courses.UnitKind.VIDEO: "video/mp4", courses.UnitKind.DOCUMENT: "application/pdf"}

SCORED = {courses.UnitKind.QUIZ, courses.UnitKind.ASSIGNMENT, courses.UnitKind.PACKAGE}
PACKAGE_TYPE = "application/zip"


class CourseForm(forms.Form):
    """What a course is."""

    code = forms.CharField(label=gettext_lazy("Course code"), max_length=40)
    version = forms.IntegerField(label=gettext_lazy("Version"), min_value=1, max_value=999, initial=1)
    title = forms.CharField(label=gettext_lazy("Course title"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160, required=False)
    summary = forms.CharField(label=gettext_lazy("What it is about"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    subject = forms.ChoiceField(label=gettext_lazy("Subject"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Content area"), choices=list(courses.AREAS.items()))
    component = forms.CharField(widget=forms.HiddenInput, initial="course")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's signature
        super().__init__(*args, **kwargs)
        every = ("", _("every one"))
        for name, words in (("stage", teachers.STAGES), ("subject", teachers.SUBJECTS)):
            cast("forms.ChoiceField", self.fields[name]).choices = [every, *words.items()]


class UnitForm(forms.Form):
    """One unit; a row without a title is left out."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=list(courses.UNIT_KINDS.items()), required=False)
    title = forms.CharField(label=gettext_lazy("Unit title"), max_length=160, required=False)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160, required=False)
    file = forms.FileField(label=gettext_lazy("File (MP4, PDF, questions as JSON, or a SCORM, cmi5 or H5P package)"), required=False)
    captions = forms.FileField(label=gettext_lazy("Captions, Chinese (WebVTT)"), required=False)
    captions_en = forms.FileField(label=gettext_lazy("Captions, English (WebVTT)"), required=False)
    brief = forms.CharField(label=gettext_lazy("Brief of an assignment"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes a package takes (empty: what it says itself)"), min_value=1, max_value=6000, required=False
    )
    pass_score = forms.IntegerField(label=gettext_lazy("Score to pass"), min_value=0, max_value=100, initial=60, required=False)
    is_required = forms.BooleanField(label=gettext_lazy("Has to be done"), initial=True, required=False)

    use_required_attribute = False

    def clean_kind(self) -> str:
        """The kind, a film where none is named."""
        return self.cleaned_data["kind"] or courses.UnitKind.VIDEO.value

    def values(self, keep: Keep) -> dict[str, Any]:
        """The unit as `add_course` takes it, its files kept; raises `Refused` for a file that is not what it says."""
        given = self.cleaned_data
        kind = courses.UnitKind(given["kind"])
        unit: dict[str, Any] = {name: given[name] for name in ("title", "title_en", "is_required")} | {"kind": kind, "body": {}}
        unit["pass_score"] = (given["pass_score"] or 0) if kind in SCORED else 0
        if given["file"] and kind is courses.UnitKind.PACKAGE:
            unit["file"] = keep(given["file"], PACKAGE_TYPE)
            unit["length_s"] = (given["minutes"] or 0) * 60
        if given["file"] and kind in MEDIA:
            unit["file"] = keep(given["file"], MEDIA[kind])
        if given["file"] and kind is courses.UnitKind.QUIZ:
            unit["body"] = {"questions": courses.read_questions(given["file"].read(), given["file"].name)}
        if kind is courses.UnitKind.ASSIGNMENT:
            unit["body"] = {"brief": given["brief"]}
        for name in ("captions", "captions_en"):
            if given[name]:
                unit[name] = keep(given[name], "text/vtt")
        return unit


UnitForms = forms.formset_factory(UnitForm, extra=UNITS, max_num=UNITS, validate_max=True, absolute_max=UNITS)
