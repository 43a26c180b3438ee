"""Plans of units for a year or a term, their lines, their trail, and the calls that ask for them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .rules import Sum, sum_of
from .states import Area, Category, Level, PlanAct, PlanState, Term, Way


def _choices(values: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(value.value, value.value) for value in values]


class Plan(models.Model):
    """What a unit plans for a training year or a term, and what the level above said to it.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=8, choices=_choices(Term), default=Term.YEAR.value)
    goals = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=_choices(PlanState), default=PlanState.DRAFT.value)
    version = models.PositiveIntegerField(default=1, help_text="grows with every change; a save names the one it saw")
    above = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+", help_text="to whom it went")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reply = models.TextField(max_length=2000, blank=True)

    objects = Gate["Plan"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "training_year", "term"], name="plan_once_a_term"),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(above__isnull=False, submitted_at__isnull=False),
                name="plan_went_to_someone",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(decided_at__isnull=False), name="plan_accepted_sometime"
            ),
        ]
        indexes = [models.Index(fields=["training_year", "term", "state"], name="plan_of_a_year")]


class PlanLine(models.Model):
    """One training that a unit plans: for whom, how many, how long, what it costs; and what of it was accepted.  pii: none; kept: forever"""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=14, blank=True, choices=_choices(Area))
    way = models.CharField(max_length=6, choices=_choices(Way), default=Way.RUN.value)
    stage = models.CharField(max_length=14, blank=True)
    subject = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=20, blank=True, choices=_choices(Category))
    head_count = models.PositiveIntegerField(default=0)
    hours_centi = models.PositiveIntegerField(default=0, help_text="for each person")
    budget_fen = models.PositiveBigIntegerField(default=0, help_text="for all of them")
    target = models.CharField(max_length=200, blank=True)
    is_gathered = models.BooleanField(default=False, help_text="made of lines of the units below")
    gathered_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", help_text="the line of the level above"
    )
    accepted_count = models.PositiveIntegerField(null=True)
    accepted_fen = models.PositiveBigIntegerField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    project = models.ForeignKey("projects.Project", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_count__isnull=True, accepted_fen__isnull=True)
                | models.Q(accepted_count__isnull=False, accepted_fen__isnull=False),
                name="plan_line_accepted_whole",
            ),
            models.CheckConstraint(condition=~models.Q(way="send") | models.Q(project=None), name="plan_line_sent_is_no_project"),
        ]
        indexes = [models.Index(fields=["plan", "position"], name="plan_line_order")]


class PlanStep(models.Model):
    """One step of a plan's trail; never changed afterwards.  pii: none (words of offices about a plan); kept: forever"""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=_choices(PlanAct))
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    words = models.TextField(max_length=2000, blank=True)
    sums = models.JSONField(default=list, help_text="lines, heads, hundredths of an hour and fen as they were: asked, then accepted")


class PlanCall(models.Model):
    """An office asks the units below for their plans until a day; with `unit`, one unit's longer day and why.  pii: none; kept: forever"""

    owner = "organisation"

    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=8, choices=_choices(Term), default=Term.YEAR.value)
    level = models.CharField(max_length=8, choices=_choices(Level))
    unit = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    words = models.TextField(max_length=2000, blank=True)
    called_at = models.DateTimeField()
    called_by_id = models.BigIntegerField(null=True)

    objects = Gate["PlanCall"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "training_year", "term", "level"], condition=models.Q(unit=None), name="plan_call_once"),
            models.UniqueConstraint(fields=["organisation", "training_year", "term", "unit"], condition=models.Q(unit__isnull=False), name="plan_call_longer_once"),
        ]  # fmt: skip


class Circular(models.Model):
    """What an office says to the units of some levels below it, and until when it wants an answer (B9).  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True, help_text="the document's number")
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=8000)
    levels = models.JSONField(default=list)
    reply_by = models.DateField(null=True, help_text="null: no answer is wanted, reading is enough")
    issued_at = models.DateTimeField()
    issued_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = Gate["Circular"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(withdrawn_at=None) | ~models.Q(reason=""), name="circular_withdrawn_with_reason")
        ]

    def __str__(self) -> str:
        return self.title


class CircularReceipt(models.Model):
    """That a unit got a circular, when somebody there read it first, and what it answered.  pii: none (account ids, words of an office); kept: ten years"""

    owner = "organisation"

    circular = models.ForeignKey(Circular, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    read_by_id = models.BigIntegerField(null=True)
    reply = models.TextField(max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True)

    objects = Gate["CircularReceipt"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["circular", "organisation"], name="circular_once_a_unit")]


def asked_sum(lines: Iterable[PlanLine]) -> Sum:
    """What these lines ask for."""
    return sum_of((one.head_count, one.hours_centi, one.budget_fen) for one in lines)


def accepted_sum(lines: Iterable[PlanLine]) -> Sum:
    """What of these lines was accepted; a line accepted for nobody is none."""
    return sum_of((one.accepted_count, one.hours_centi, one.accepted_fen or 0) for one in lines if one.accepted_count)
