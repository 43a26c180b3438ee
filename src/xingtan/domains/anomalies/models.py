"""Cases of what looks wrong, whom each concerns, the evidence that can be looked at, what was set aside, and every act."""

from __future__ import annotations

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Act, Kind, Reason, State, Sureness


class Case(models.Model):
    """Findings of one kind about one subject (a device, an address, a teacher, a provider) in one county and year, for one look.  pii: none (marks and keyed hashes); kept: ten years"""

    owner = "county"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    subject = models.CharField(max_length=60, help_text="what its evidence has in common")
    round = models.PositiveSmallIntegerField(default=1, help_text="a new one begins when more is found after a decision")
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="whose officers look first")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    sureness = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Sureness])
    first_on = models.DateField()
    last_on = models.DateField()
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    is_open = models.BooleanField(default=True, help_text="somebody still has to do something")
    concern_count = models.PositiveIntegerField(default=0)
    trace_count = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0, help_text="learned time of the evidence, whether it was set aside or not")

    objects = Gate["Case"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "county", "training_year", "round"], name="anomaly_case_once"),
            models.CheckConstraint(condition=models.Q(first_on__lte=models.F("last_on")), name="anomaly_case_days_in_order"),
        ]
        indexes = [models.Index(fields=["county", "is_open", "found_at"], name="anomaly_case_queue")]


class Concern(models.Model):
    """One teacher in a case, and where the matter stands for this teacher.  pii: statement and appeal in the teacher's own words; kept: ten years"""

    owner = "school"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="at the time it was found")
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.FOUND.value)
    is_told = models.BooleanField(
        default=False, help_text="the teacher was asked or something was set aside; else nobody outside the office sees it"
    )
    seconds = models.PositiveIntegerField(default=0, help_text="learned time of this teacher's evidence")
    reason_code = models.CharField(max_length=16, blank=True, choices=[(r.value, r.value) for r in Reason])
    question = models.CharField(max_length=1000, blank=True)
    statement = models.CharField(max_length=2000, blank=True)
    answer = models.CharField(max_length=1000, blank=True, help_text="the office's words with its decision")
    appeal = models.CharField(max_length=2000, blank=True)
    verdict = models.CharField(max_length=1000, blank=True, help_text="the higher office's words on the appeal")
    due_on = models.DateField(null=True, help_text="last day for the statement, or for an appeal")
    decided_by_id = models.BigIntegerField(null=True)
    decided_for = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    appeal_to = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = Gate["Concern"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["case", "teacher"], name="anomaly_concern_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.SET_ASIDE.value, State.APPEALED.value]) | ~models.Q(reason_code=""),
                name="anomaly_set_aside_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.APPEALED.value, State.LIFTED.value, State.CONFIRMED.value]) | ~models.Q(appeal=""),
                name="anomaly_appeal_in_words",
            ),
        ]
        indexes = [
            models.Index(fields=["teacher", "state"], name="anomaly_concern_teacher"),
            models.Index(fields=["school", "state"], name="anomaly_concern_school"),
            models.Index(fields=["appeal_to", "state"], name="anomaly_concern_appeal"),
        ]


class Trace(models.Model):
    """One piece of evidence: who, which unit, on which day, and what about it looks wrong; the same is found once.  pii: none; kept: ten years"""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=160, unique=True)
    unit = models.ForeignKey("courses.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    local_on = models.DateField()
    from_at = models.BigIntegerField(null=True, help_text="epoch seconds")
    until_at = models.BigIntegerField(null=True)
    seconds = models.PositiveIntegerField(default=0, help_text="learned time of the unit on that day")
    facts = models.JSONField(default=dict, help_text="what the kind's sentence says")

    class Meta:
        indexes = [models.Index(fields=["concern", "local_on"], name="anomaly_trace_concern")]


class Aside(models.Model):
    """Seconds of a unit and day that a decision set aside; nought again once it was lifted.  pii: none; kept: ten years"""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    local_on = models.DateField()
    seconds = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "unit", "local_on"], name="anomaly_aside_once")]
        indexes = [models.Index(fields=["unit", "local_on"], name="anomaly_aside_unit_day")]


class Deed(models.Model):
    """One act in the life of a concern; never changed.  pii: words; kept: ten years"""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Act])
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], help_text="after it")
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    organisation = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=16, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    seconds = models.PositiveIntegerField(default=0, help_text="set aside after it")


class Watermark(models.Model):
    """Up to which local day a kind was looked for.  pii: none; kept: forever"""

    kind = models.CharField(max_length=20, unique=True, choices=[(k.value, k.value) for k in Kind])
    through_on = models.DateField()
    looked_at = models.DateTimeField()
