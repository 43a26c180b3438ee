"""Printed learning cards with their batches and the custody trail of each."""

from __future__ import annotations

from django.db import models

from xingtan.domains.cards.states import CardAct, CardState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

BOUND = sorted(state.value for state in (CardState.ISSUED, CardState.ACTIVE, CardState.EXHAUSTED, CardState.LAPSED, CardState.EXPIRED))
UNBOUND = sorted(state.value for state in (CardState.MADE, CardState.ON_THE_WAY, CardState.HELD))


class CardBatch(models.Model):
    """Serials that the province made for a county in one act.  pii: none; kept: forever"""

    owner = "county"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey("cards.CardReport", null=True, on_delete=models.PROTECT, related_name="+", help_text="the count it answers")
    first_number = models.CharField(max_length=24)
    last_number = models.CharField(max_length=24)
    count = models.PositiveIntegerField()
    spare = models.PositiveIntegerField(default=0, help_text="of the count, more than was reported, for what is lost or spoilt")
    hours_centi = models.PositiveIntegerField()
    expires_on = models.DateField()
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)

    objects = Gate["CardBatch"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gt=0, hours_centi__gt=0), name="card_batch_has_cards_and_hours"),
            models.CheckConstraint(condition=models.Q(spare__lte=models.F("count")), name="card_batch_spare_within_count"),
            models.UniqueConstraint(fields=["report"], condition=models.Q(report__isnull=False), name="card_batch_once_a_report"),
        ]
        indexes = [models.Index(fields=["county", "training_year"], name="card_batch_county_year")]


class Card(models.Model):
    """A printed learning card: its serial, who has it, whom it is for; the right that it opens stands in enrolment.  pii: none; kept: forever"""

    owner = "holder"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    batch = models.ForeignKey(CardBatch, null=True, on_delete=models.PROTECT, related_name="+", help_text="null: of bought hours")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in CardState], default=CardState.MADE.value)
    holder = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="who has it, or had it last")
    consignment = models.ForeignKey("cards.Consignment", null=True, on_delete=models.PROTECT, related_name="+", help_text="the last one")
    teacher = models.ForeignKey("teachers.Teacher", null=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    hours_centi = models.PositiveIntegerField()
    expires_on = models.DateField()
    changed_at = models.DateTimeField()

    objects = Gate["Card"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(
                fields=["teacher", "training_year"], condition=models.Q(state__in=BOUND), name="card_one_standing_a_person"
            ),
            models.CheckConstraint(condition=~models.Q(state__in=BOUND) | models.Q(teacher__isnull=False), name="card_issued_to_a_person"),
            models.CheckConstraint(condition=~models.Q(state__in=UNBOUND) | models.Q(teacher=None), name="card_unissued_is_nobodys"),
        ]
        indexes = [
            models.Index(fields=["holder", "training_year", "state", "number"], name="card_in_hand"),
            models.Index(fields=["batch", "state"], name="card_of_batch"),
            models.Index(fields=["consignment"], name="card_of_consignment"),
            models.Index(fields=["state", "expires_on"], name="card_due"),
        ]

    def __str__(self) -> str:
        return self.number


class CardStep(models.Model):
    """One act on a card: who, when, where, from which state to which, why.  pii: none; kept: forever"""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=[(act.value, act.value) for act in CardAct])
    was = models.CharField(max_length=10, blank=True)
    became = models.CharField(max_length=10)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=20, blank=True)
    organisation_id = models.BigIntegerField(null=True, help_text="the office or school at the time")
    consignment_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["card", "id"], name="card_trail")]
