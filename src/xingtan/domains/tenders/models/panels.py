"""Experts, panels, what was judged, what was asked on site."""

from __future__ import annotations

from django.db import models

from xingtan.domains.tenders.states import PanelState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .bids import Bid
from .tender import Tender


class Expert(models.Model):
    """Somebody of an office's trainer pool who may be drawn for a panel, with an account.  pii: name, workplace; kept: forever"""

    owner = "office"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    office = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    pool = models.ForeignKey("registers.PoolMember", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    workplace = models.CharField(max_length=120)
    subject = models.CharField(max_length=20, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    objects = Gate["Expert"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=models.Q(to_on=None), name="expert_named_once"),
            models.UniqueConstraint(fields=["pool"], condition=models.Q(to_on=None), name="expert_of_the_pool_once"),
        ]


class PanelMember(models.Model):
    """An expert drawn for a tender, by place in the draw; recused where an interest was declared.  pii: the words on an interest; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in PanelState], default=PanelState.DRAWN.value)
    words = models.CharField(max_length=500, blank=True)
    drawn_at = models.DateTimeField()
    declared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "expert"], name="panel_expert_once"),
            models.UniqueConstraint(fields=["tender", "place"], name="panel_place_once"),
            models.CheckConstraint(condition=~models.Q(state="recused") | ~models.Q(words=""), name="panel_recused_with_reason"),
        ]


class Review(models.Model):
    """What one member of the panel holds of one bid, on paper or after its defence; marks in tenths of 100.  pii: the words; kept: forever"""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="+")
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+")
    is_defence = models.BooleanField(default=False)
    marks = models.JSONField(default=dict, help_text="criterion → tenths, 0 to 1000")
    words = models.TextField(max_length=2000, blank=True)
    kept_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "bid", "is_defence"], name="review_once_a_member_and_bid")]


class DefenceLine(models.Model):
    """A question put to a bidder on site and the answer, as they were written down.  pii: none; kept: forever"""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(PanelMember, null=True, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(max_length=1000)
    answer = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
