"""What the live view shows, kept as figures so that it opens at once: a row a trainee, sums a school and class, and what the last check found."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Pace


class LiveTrainee(models.Model):
    """A trainee's study in a project, or in one provider's part of it, as last told; made anew from the raw record at any time.  pii: none; kept: while its year is open"""

    owner = "school"

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        "scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+", help_text="null: the whole project"
    )
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="of the selection")
    cohort = models.ForeignKey("workshops.Cohort", null=True, on_delete=models.PROTECT, related_name="+")
    required_s = models.PositiveIntegerField(help_text="of the chosen courses, together")
    learned_s = models.PositiveIntegerField(default=0, help_text="all that was learned, here and delivered")
    counted_s = models.PositiveIntegerField(default=0, help_text="of each course at most its hours")
    last_at = models.BigIntegerField(null=True, help_text="epoch seconds of the last beat here")
    last_on = models.DateField(null=True, help_text="the last day of study, here or delivered")
    pace = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Pace])

    objects = Gate["LiveTrainee"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["project", "teacher"], condition=models.Q(provider=None), name="live_trainee_once"),
            models.UniqueConstraint(
                fields=["project", "provider", "teacher"], condition=models.Q(provider__isnull=False), name="live_trainee_once_a_provider"
            ),
            models.CheckConstraint(condition=models.Q(counted_s__lte=models.F("learned_s")), name="live_counted_within_learned"),
        ]
        indexes = [
            models.Index(fields=["project", "provider", "school"], name="live_trainee_school"),
            models.Index(fields=["project", "provider", "last_at"], name="live_trainee_now"),
            models.Index(fields=["project", "provider", "pace", "counted_s"], name="live_trainee_pace"),
            models.Index(fields=["project", "provider", "counted_s"], name="live_trainee_least"),
            models.Index(fields=["teacher"], name="live_trainee_teacher"),
        ]


class LiveTally(models.Model):
    """The trainees of a school and class added up.  pii: none; kept: while its year is open"""

    owner = "school"

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("workshops.Cohort", null=True, on_delete=models.PROTECT, related_name="+")
    trainees = models.PositiveIntegerField()
    done = models.PositiveIntegerField()
    not_begun = models.PositiveIntegerField()
    stopped = models.PositiveIntegerField()
    behind = models.PositiveIntegerField()
    on_track = models.PositiveIntegerField()
    learned_s = models.PositiveBigIntegerField()
    counted_s = models.PositiveBigIntegerField()
    required_s = models.PositiveBigIntegerField()

    objects = Gate["LiveTally"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    trainees=models.F("done") + models.F("not_begun") + models.F("stopped") + models.F("behind") + models.F("on_track")
                ),
                name="live_tally_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["project", "provider", "school"], name="live_tally_school")]


class LiveProject(models.Model):
    """When a project's figures last changed, for which day they are, and what the last comparison with the raw record found.  pii: none; kept: while its year is open"""

    project = models.OneToOneField("projects.Project", on_delete=models.PROTECT, related_name="+")
    as_of_on = models.DateField(help_text="the day for which who stopped and who is behind was told")
    changed_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    differing = models.PositiveIntegerField(default=0, help_text="rows that did not say what the raw record says")
    difference_s = models.PositiveBigIntegerField(default=0, help_text="seconds of those rows, together")


class LiveReminder(models.Model):
    """That a trainee was reminded of a project.  pii: none; kept: while its year is open"""

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["project", "teacher", "at"], name="live_reminder_latest")]
