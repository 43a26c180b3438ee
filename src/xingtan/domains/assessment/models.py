"""Attempts at quizzes and submissions for assignments."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import State


class QuizAttempt(models.Model):
    """One attempt at a quiz, scored at once.  pii: answers; kept: ten years"""

    owner = "school"

    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=64, unique=True, help_text="made with the page, so that a form sent twice counts once")
    answers = models.JSONField()
    score = models.PositiveSmallIntegerField()
    is_passed = models.BooleanField()
    handed_in_at = models.DateTimeField()

    objects = Gate["QuizAttempt"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.CheckConstraint(condition=models.Q(score__lte=100), name="quiz_score_in_hundred")]
        indexes = [models.Index(fields=["teacher", "unit"], name="quiz_attempt_teacher_unit")]


class Submission(models.Model):
    """Work handed in for an assignment, one row a version, and its mark.  pii: own words of the teacher; kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("workshops.Cohort", null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State])
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    marks = models.JSONField(default=dict, help_text="points per criterion of the rubric")
    marked_by_id = models.BigIntegerField(null=True)
    handed_in_at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True)

    objects = Gate["Submission"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["teacher", "unit", "version"], name="submission_once_per_version"),
            models.CheckConstraint(condition=models.Q(score=None) | models.Q(score__lte=100), name="submission_score_in_hundred"),
        ]
        indexes = [models.Index(fields=["cohort", "state", "handed_in_at"], name="submission_queue")]
