"""Seats of a project by office and category, who sits on them, and every step of theirs."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Act, Way


class Quota(models.Model):
    """The seats of a project that an office or a school holds in a category: passed down, given to teachers, or free.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=32, blank=True, help_text="one of the project's categories; empty: no category")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", help_text="from whom; none at the top")
    held = models.PositiveIntegerField(default=0)
    passed_down = models.PositiveIntegerField(default=0)
    given = models.PositiveIntegerField(default=0, help_text="seats on which teachers sit")
    arrivals = models.PositiveBigIntegerField(default=0, help_text="the last number given to somebody who pressed for a seat of it")
    return_by = models.DateField(null=True, help_text="until then the holder may keep free seats; afterwards the giver may take them back")
    is_reserved = models.BooleanField(default=False, help_text="for teachers of the category only")
    made_at = models.DateTimeField()

    objects = Gate["Quota"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held__gte=models.F("passed_down") + models.F("given")), name="quota_never_more_than_held"
            ),
            models.CheckConstraint(
                condition=models.Q(held__gte=0) & models.Q(passed_down__gte=0) & models.Q(given__gte=0), name="quota_never_below_nothing"
            ),
            models.UniqueConstraint(fields=["project", "organisation", "category"], name="quota_once_per_office_and_category"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def free(self) -> int:
        """Seats that are neither passed down nor given."""
        return self.held - self.passed_down - self.given


class QuotaMove(models.Model):
    """One step of a quota's seats, with the figures after it; never changed.  pii: reason; kept: forever"""

    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Act])
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Way])
    seats = models.PositiveIntegerField(help_text="how many moved; of an amendment how many there are afterwards")
    other = models.ForeignKey(Quota, null=True, on_delete=models.PROTECT, related_name="+", help_text="where they came from or went")
    held = models.PositiveIntegerField()
    passed_down = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["quota", "id"], name="quota_move_of_quota")]


class Seat(models.Model):
    """A teacher's seat in a project, and the quota it is of; it stands until it ends.  pii: reason; kept: forever"""

    quota = models.ForeignKey(Quota, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    arrived = models.BigIntegerField(null=True, help_text="the number taken when pressing for it; none where an office gave it")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="why it ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "teacher"], condition=models.Q(ended_at=None), name="seat_once_while_it_stands"),
        ]
        indexes = [models.Index(fields=["quota", "id"], name="seat_of_quota")]
