"""Attempts at quizzes and submissions for assignments."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id, uuid7
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import ResultState, State


class QuizAttempt(models.Model):
    """One attempt at a quiz, or one outcome of a package, scored at once.  pii: answers; kept: ten years"""

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


class PackageState(models.Model):
    """How far a teacher is in a package, one row an attempt: what each item told last.  pii: answers; kept: ten years"""

    owner = "school"

    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    registration = models.UUIDField(default=uuid7, help_text="names this attempt to the record store")
    version = models.PositiveIntegerField(default=0)
    items = models.JSONField(default=dict, help_text="key → {version, content}: what the item's run-time told last")
    fetched = models.JSONField(default=list, help_text="sessions of cmi5 whose token was given out")
    claimed_s = models.PositiveIntegerField(default=0, help_text="seconds that the package claims; shown as its claim, never counted")
    is_complete = models.BooleanField(default=False)
    is_passed = models.BooleanField(default=False)
    score = models.PositiveSmallIntegerField(null=True)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = Gate["PackageState"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["teacher", "unit", "attempt"], name="package_state_once_per_attempt"),
            models.CheckConstraint(condition=models.Q(score=None) | models.Q(score__lte=100), name="package_score_in_hundred"),
        ]


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


class ExamResult(models.Model):
    """A result of a test that a pack names (unified exam, process, final, supplementary); a correction is a new row that supersedes.  pii: score; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="at the time of entering")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    test = models.CharField(max_length=40, help_text="the assessment's code in the pack")
    sitting = models.PositiveSmallIntegerField(default=1, help_text="1 is the first, 2 and more are resits; the best counts")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ResultState])
    score_centi = models.PositiveIntegerField(null=True, help_text="hundredths of a point")
    sat_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True, help_text="why it supersedes the one before")
    entered_at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)
    entered_for = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    objects = Gate["ExamResult"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "training_year", "test", "sitting"],
                condition=models.Q(superseded_at=None),
                name="exam_result_one_stands",
            ),
            models.CheckConstraint(
                condition=models.Q(state="final", score_centi__isnull=False) | (~models.Q(state="final") & models.Q(score_centi=None)),
                name="exam_result_final_has_its_score",
            ),
            models.CheckConstraint(condition=models.Q(sitting__gte=1), name="exam_result_sittings_from_one"),
        ]
        indexes = [models.Index(fields=["training_year", "test"], name="exam_result_year_test")]
