"""Choices, and the cards that open the study."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import State


class CourseSelection(models.Model):
    """What a teacher chose for a year, and how far it came.  pii: none; kept: forever"""

    owner = "school"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    item = models.PositiveSmallIntegerField(help_text="the category of the policy, 1 to 12 without 7")
    hours_centi = models.PositiveIntegerField(help_text="the hours of the item, what the school is billed for")
    is_first_year = models.BooleanField(default=False, help_text="a new hire's first year, with hours of its own")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.CHOSEN.value)
    chosen_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    registered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="counts changes, so that a stale page's form is refused")

    objects = Gate["CourseSelection"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "training_year"], condition=~models.Q(state="withdrawn"), name="course_selection_once_a_year"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "training_year", "state"], name="course_selection_school_state"),
            models.Index(fields=["training_year", "state"], name="course_selection_year_state"),
        ]

    def __str__(self) -> str:
        return self.public_id


class ChosenOffer(models.Model):
    """One offer within a choice.  pii: none; kept: forever"""

    selection = models.ForeignKey(CourseSelection, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("projects.Offer", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "offer"], name="chosen_offer_once")]


class LearningCard(models.Model):
    """A personal, prepaid right to study a number of hours in a year; a voided one was replaced or lost.  pii: none; kept: forever"""

    owner = "school"

    number = models.CharField(max_length=24, unique=True, help_text="year, county, sequence and a check digit")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    hours_centi = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    drawn_centi = models.PositiveIntegerField(default=0, help_text="hours studied with it, at most what it is good for")
    expires_on = models.DateField(null=True, help_text="its last day, where it has one of its own")
    voided_at = models.DateTimeField(null=True)

    objects = Gate["LearningCard"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "training_year"], condition=models.Q(voided_at=None), name="learning_card_one_standing_a_year"
            ),
            models.CheckConstraint(condition=models.Q(drawn_centi__lte=models.F("hours_centi")), name="learning_card_not_overdrawn"),
        ]


class CardSeries(models.Model):
    """How far a county's card numbers of a year are given out, to cards and to printed serials alike.  pii: none; kept: forever"""

    prefix = models.CharField(max_length=16, unique=True, help_text="year and county")
    last = models.PositiveIntegerField(default=0)
