"""Rankings, contracts, standings."""

from __future__ import annotations

from django.db import models

from xingtan.domains.tenders.states import ContractState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .bids import Bid
from .tender import Tender


class RankLine(models.Model):
    """A bid's place in one ranking of its tender; totals in thousandths of 100, never changed afterwards.  pii: none; kept: forever"""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField()
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    mean = models.PositiveIntegerField()
    lowest = models.PositiveIntegerField()
    highest = models.PositiveIntegerField()
    detail = models.JSONField(default=dict, help_text="totals by member, means by criterion, who is far out, who was left out")
    is_chosen = models.BooleanField()
    why = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "edition", "bid"], name="rank_once_an_edition"),
            models.CheckConstraint(
                condition=models.Q(lowest__lte=models.F("mean"), mean__lte=models.F("highest"), highest__lte=100_000),
                name="rank_mean_lies_between",
            ),
        ]


class Contract(models.Model):
    """What a chosen provider is to reach, for which price, with which share of the trainees.  pii: none; kept: forever"""

    owner = "provider"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    targets = models.JSONField(default=list, help_text="what, at least how much, in which unit")
    price_fen = models.PositiveBigIntegerField()
    share_percent = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    to_on = models.DateField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ContractState], default=ContractState.OFFERED.value)
    offered_at = models.DateTimeField()
    offered_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    objects = Gate["Contract"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["bid"], condition=~models.Q(state="declined"), name="contract_once_a_bid"),
            models.CheckConstraint(condition=models.Q(share_percent__gte=1, share_percent__lte=100), name="contract_share_is_per_cent"),
            models.CheckConstraint(condition=models.Q(from_on__lte=models.F("to_on")), name="contract_days_in_order"),
            models.CheckConstraint(
                condition=~models.Q(state="signed") | ~models.Q(answered_by_id=models.F("offered_by_id")), name="contract_signed_by_the_other"
            ),
        ]


class ProviderStanding(models.Model):
    """How a provider did in a year: marks in tenths of 100, rank, whether it is out, and its part of next year.  pii: none; kept: forever"""

    owner = "office"

    office = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    national = models.PositiveSmallIntegerField(help_text="the national project office's anonymous evaluation, in tenths")
    trainees = models.PositiveSmallIntegerField(null=True, help_text="own trainees' evaluation, in tenths")
    third_party = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveIntegerField(help_text="thousandths of 100")
    rank = models.PositiveSmallIntegerField()
    is_out = models.BooleanField()
    share_percent = models.PositiveSmallIntegerField(help_text="of next year's trainees, proposed by rule")
    detail = models.JSONField(default=dict, help_text="the rule's numbers, so that the arithmetic can be shown")
    concluded_at = models.DateTimeField()
    concluded_by_id = models.BigIntegerField(null=True)

    objects = Gate["ProviderStanding"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["office", "provider", "year"], name="provider_standing_once_a_year"),
            models.CheckConstraint(condition=models.Q(is_out=False) | models.Q(share_percent=0), name="provider_out_gets_nothing"),
        ]
