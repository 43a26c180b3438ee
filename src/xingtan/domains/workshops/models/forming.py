"""Drafts of classes: what the rule proposed and what a hand changed, until they are arranged."""

from __future__ import annotations

from django.db import models

from xingtan.domains.workshops.forming.states import FormingState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class Forming(models.Model):
    """A project's classes while they are formed.  pii: none; kept: forever"""

    owner = "project__organiser"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    keys = models.JSONField(default=list, help_text="by what trainees are put together, the strongest first")
    least = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    per_tutor = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in FormingState], default=FormingState.DRAFTED.value)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    arranged_at = models.DateTimeField(null=True)

    objects = Gate["Forming"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["project"], condition=models.Q(state="drafted"), name="forming_one_draft"),
            models.CheckConstraint(condition=models.Q(least__gte=1, most__gte=models.F("least")), name="forming_sizes_in_order"),
        ]


class FormingClass(models.Model):
    """A class of the draft with its tutor and host.  pii: none; kept: forever"""

    forming = models.ForeignKey(Forming, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    stage = models.CharField(max_length=14, blank=True, help_text="what all of its trainees share; empty: several")
    tutor = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("people.Account", null=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+", help_text="the tutor's")
    cohort = models.OneToOneField("workshops.Cohort", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forming", "number"], name="forming_class_number_once")]


class FormingSeat(models.Model):
    """A trainee's place in the draft.  pii: none; kept: forever"""

    forming = models.ForeignKey(Forming, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="of the class")
    is_by_hand = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forming", "teacher"], name="forming_seat_once")]
        indexes = [models.Index(fields=["forming", "number"], name="forming_seat_of_class")]
