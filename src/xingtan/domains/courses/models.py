"""Courses and their units; a new version is a new row, so that what was earned stays what it was."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .packages.facts import Standard
from .states import Area, CourseState, UnitKind


class Course(models.Model):
    """One version of a course.  pii: none; kept: forever"""

    owner = "provider"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    summary = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    subject = models.CharField(max_length=40, blank=True, help_text="empty: for every subject")
    stage = models.CharField(max_length=14, blank=True, help_text="empty: for every stage")
    component = models.CharField(max_length=20, help_text="the policy's bucket its hours go to")
    area = models.CharField(max_length=14, choices=[(a.value, a.value) for a in Area])
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in CourseState], default=CourseState.DRAFT.value)
    made_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_id = models.BigIntegerField(null=True)

    objects = Gate["Course"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["provider", "code", "version"], name="course_once_per_version")]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title


class Package(models.Model):
    """A SCORM, cmi5 or H5P package, unpacked; the same bytes are one row.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    standard = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Standard])
    facts = models.JSONField(help_text="edition, title, items in order, length, sequencing: see packages/facts.py")
    size = models.PositiveBigIntegerField(help_text="bytes when unpacked")
    file_count = models.PositiveIntegerField()
    taken_at = models.DateTimeField()


class PackageFile(models.Model):
    """A file of a package: its path inside, and the digest under which its bytes lie in the files store.  pii: none; kept: forever"""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "path"], name="package_file_once_per_path")]


class Unit(models.Model):
    """A part of a course: a video with captions, a document, a quiz, an assignment, a package that others made.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in UnitKind])
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    length_s = models.PositiveIntegerField(default=0, help_text="most seconds that can be learned here; 0 for quizzes and assignments")
    page_count = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    captions = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    captions_en = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.JSONField(default=dict, help_text="questions of a quiz, brief and rubric of an assignment, chapters of a video")
    pass_score = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "place"], name="unit_once_per_place"),
            models.CheckConstraint(condition=models.Q(pass_score__lte=100), name="unit_pass_score_in_hundred"),
        ]

    def __str__(self) -> str:
        return self.title_en if self.title_en and (get_language() or "").startswith("en") else self.title
