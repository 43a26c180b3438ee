"""Names that go up, counts that go up, and hours that an individual member buys."""

from __future__ import annotations

from django.db import models

from xingtan.domains.cards.states import PurchaseState, ReportState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class CardReport(models.Model):
    """How many cards a school (with names) or a county (the sum of its schools) needs for a year.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    counted_in = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", help_text="the county's report")
    is_county = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField(default=1, help_text="a later one is for those who came later")
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ReportState])
    reason = models.CharField(max_length=200, blank=True)
    reported_at = models.DateTimeField()
    reported_by_id = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = Gate["CardReport"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "training_year", "number"], name="card_report_number_once"),
            models.UniqueConstraint(
                fields=["organisation", "training_year"],
                condition=models.Q(state__in=["reported", "returned"]),
                name="card_report_one_open",
            ),
        ]


class ReportedName(models.Model):
    """A teacher whom a school reported for a card of the year.  pii: none; kept: forever"""

    report = models.ForeignKey(CardReport, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teacher", "training_year"], name="card_name_once_a_year")]


class HoursPurchase(models.Model):
    """Hours that an individual member buys from the county, in hundredths, and what they cost in fen.  pii: none; kept: forever"""

    owner = "county"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    hours_centi = models.PositiveIntegerField()
    price_fen = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in PurchaseState])
    receipt = models.CharField(max_length=60, blank=True)
    ordered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    objects = Gate["HoursPurchase"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(hours_centi__gt=0), name="hours_purchase_buys_hours"),
            models.UniqueConstraint(
                fields=["teacher", "training_year"], condition=models.Q(state="ordered"), name="hours_purchase_one_open"
            ),
        ]
        indexes = [models.Index(fields=["county", "state"], name="hours_purchase_county")]
