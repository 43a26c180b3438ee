"""Beats as they arrived, what they add up to, and records that a provider delivered.

The first three tables stand in `settings.RECORDED_MODELS`: they live in the recorder's own file on SQLite, so they
hold plain ids instead of foreign keys.
"""

from __future__ import annotations

from django.db import models

from xingtan.foundation.scope.gate import Everywhere, Gate


class Beat(models.Model):
    """One heartbeat of a player, counted or not, with the reason.  pii: none (surrogate ids); kept: 60 days, then as a daily file"""

    session = models.CharField(max_length=36)
    seq = models.PositiveIntegerField()
    teacher_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    received_at = models.BigIntegerField(help_text="epoch seconds of the server's clock")
    local_on = models.DateField()
    client_at = models.BigIntegerField()
    from_s = models.PositiveIntegerField()
    to_s = models.PositiveIntegerField()
    rate_centi = models.PositiveSmallIntegerField()
    is_visible = models.BooleanField()
    counted_s = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="beat_once")]
        indexes = [models.Index(fields=["teacher_id", "unit_id", "received_at"], name="beat_teacher_unit")]


class UnitProgress(models.Model):
    """What a teacher learned of a unit so far: covered parts, seconds, place to go on.  pii: none (surrogate ids); kept: forever"""

    teacher_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    length_s = models.PositiveIntegerField()
    covered = models.JSONField(default=list)
    sessions = models.JSONField(default=dict)
    learned_s = models.PositiveIntegerField(default=0)
    position_s = models.PositiveIntegerField(default=0)
    published_s = models.PositiveIntegerField(default=0, help_text="how much of it `credits` was already told")
    changed_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teacher_id", "unit_id"], name="unit_progress_once"),
            models.CheckConstraint(condition=models.Q(learned_s__lte=models.F("length_s")), name="unit_progress_within_length"),
        ]
        indexes = [
            models.Index(fields=["unit_id"], condition=~models.Q(published_s=models.F("learned_s")), name="unit_progress_untold"),
        ]


class TeacherClock(models.Model):
    """Up to when a teacher's time was counted, over all players together.  pii: none (surrogate ids); kept: forever"""

    teacher_id = models.BigIntegerField(primary_key=True)
    counted_until = models.BigIntegerField()


class DeliveredRecord(models.Model):
    """Learned time that a provider's platform delivered for an offer of its own.  pii: none; kept: forever"""

    owner = "school"

    source = models.CharField(max_length=120, unique=True)
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("projects.Offer", on_delete=models.PROTECT, related_name="+")
    learned_s = models.PositiveIntegerField()
    learned_on = models.DateField()
    mode = models.CharField(max_length=40, blank=True, help_text="how it was studied, as the pack's terms name it; empty: not said")
    delivered_at = models.DateTimeField()

    objects = Gate["DeliveredRecord"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
