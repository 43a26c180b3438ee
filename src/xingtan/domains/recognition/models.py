"""School-run trainings with their meetings and attendance; claims of hours; documents and steps of both."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Act, ClaimState, Presence, TrainingState

DAY_MINUTES = 24 * 60


class Training(models.Model):
    """A training that a school runs itself: declared, approved, held, converted into hours.  pii: none; kept: ten years"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=40, help_text="as the pack of its year names it")
    title = models.CharField(max_length=120)
    ground = models.CharField(max_length=400, help_text="what in the school's staff-development plan it carries out")
    place = models.CharField(max_length=120, blank=True)
    planned_centi = models.PositiveIntegerField(help_text="hours a member may have of it at most, in hundredths")
    first_on = models.DateField()
    last_on = models.DateField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in TrainingState])
    reason = models.CharField(max_length=300, blank=True, help_text="of the last step")
    declared_at = models.DateTimeField()
    declared_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    objects = Gate["Training"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(first_on__lte=models.F("last_on")), name="training_begins_before_it_ends"),
            models.CheckConstraint(condition=models.Q(planned_centi__gt=0), name="training_plans_hours"),
        ]
        indexes = [models.Index(fields=["school", "training_year", "state"], name="training_school_year")]


class TrainingMember(models.Model):
    """A teacher who is to take part; `has_work`: handed in what the way asks for.  pii: none; kept: ten years"""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    has_work = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training", "teacher"], name="training_member_once")]


class Meeting(models.Model):
    """A meeting of a training; minutes are counted from midnight of the local day.  pii: none; kept: ten years"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=6, help_text="what members key in to check in")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(from_minute__lt=models.F("to_minute"), to_minute__lte=DAY_MINUTES), name="meeting_begins_before_it_ends"
            ),
        ]


class Attendance(models.Model):
    """A teacher was at a meeting for so many minutes.  pii: none; kept: ten years"""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    presence = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Presence])
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "teacher"], name="attendance_once_per_meeting"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="attendance_lasts"),
        ]


class Claim(models.Model):
    """Hours that one teacher claims by a way of the pack; recognised, it is evidence.  pii: title (own achievements); kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    source = models.CharField(
        max_length=120, unique=True, help_text="training:9:teacher:7, platform:… or claim:… : what is told again is one"
    )
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    organiser = models.CharField(max_length=120, blank=True, help_text="who held it or confirmed it, in words")
    happened_on = models.DateField()
    amount_centi = models.PositiveIntegerField(help_text="hundredths of the way's own unit")
    worth_centi = models.PositiveIntegerField(default=0, help_text="hundredths of an hour, before caps; 0 until it is recognised")
    training = models.ForeignKey(Training, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", help_text="the file it came in by")
    circumstance = models.ForeignKey("circumstances.Circumstance", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in ClaimState])
    reason = models.CharField(max_length=300, blank=True, help_text="of the last step")
    claimed_at = models.DateTimeField()
    claimed_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()

    objects = Gate["Claim"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(state="recognised") | models.Q(worth_centi=0), name="claim_is_worth_when_recognised"),
        ]
        indexes = [
            models.Index(fields=["school", "training_year", "state"], name="claim_school_year"),
            models.Index(fields=["teacher", "training_year"], name="claim_teacher_year"),
        ]


class Document(models.Model):
    """A document of a training or a claim, under the code that the pack gives its kind.  pii: as its content; kept: ten years"""

    training = models.ForeignKey(Training, null=True, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(training=None, claim__isnull=False) | models.Q(training__isnull=False, claim=None),
                name="document_of_one_thing",
            ),
        ]


class Step(models.Model):
    """One step in the life of a training or a claim; never changed.  pii: reason; kept: ten years"""

    training = models.ForeignKey(Training, null=True, on_delete=models.PROTECT, related_name="+")
    claim = models.ForeignKey(Claim, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Act])
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
