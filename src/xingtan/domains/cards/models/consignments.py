"""Parcels of cards and study handbooks on their way down."""

from __future__ import annotations

from django.db import models

from xingtan.domains.cards.states import ConsignmentState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class Consignment(models.Model):
    """Cards and handbooks that one office sent to the next, and what the receiver counted.  pii: none; kept: forever"""

    owner = "receiver"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ConsignmentState])
    first_number = models.CharField(max_length=24)
    last_number = models.CharField(max_length=24)
    count = models.PositiveIntegerField()
    handbooks = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    damaged = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField()
    sent_by_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True, help_text="how a difference was explained")

    objects = Gate["Consignment"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gt=0), name="consignment_has_cards"),
            models.CheckConstraint(condition=models.Q(count__gte=models.F("missing") + models.F("damaged")), name="consignment_adds_up"),
            models.CheckConstraint(condition=~models.Q(sender=models.F("receiver")), name="consignment_goes_somewhere"),
        ]
        indexes = [
            models.Index(fields=["receiver", "training_year", "state"], name="consignment_receiver"),
            models.Index(fields=["sender", "training_year"], name="consignment_sender"),
        ]
