"""What a project asks of those who come in, its rounds, and how many an offer takes."""

from __future__ import annotations

from django.db import models

from xingtan.domains.admissions.states import RoundState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class AdmissionTerms(models.Model):
    """How a project takes people in: whose approval, until when one may change, withdraw, be replaced.  pii: none; kept: forever"""

    owner = "project__organiser"

    project = models.OneToOneField("projects.Project", primary_key=True, on_delete=models.PROTECT, related_name="+")
    steps = models.JSONField(default=list, help_text="the levels that approve, in order; empty: so many as the project asks for")
    trimming = models.JSONField(default=list, help_text="what decides, in order, when more apply than an offer takes")
    keeps_line = models.BooleanField(default=True, help_text="whoever finds no seat waits")
    offer_hours = models.PositiveSmallIntegerField(default=72, help_text="how long an offer from the line holds")
    change_until = models.DateTimeField(null=True)
    withdraw_until = models.DateTimeField(null=True)
    replace_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = Gate["AdmissionTerms"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"


class Round(models.Model):
    """A stretch of time in which teachers apply: uncapped and trimmed afterwards, or capped, first come first served.  pii: none; kept: forever"""

    owner = "project__organiser"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    first_until = models.DateTimeField(
        null=True, help_text="until then it is open only to those whose class was cancelled or trimmed before"
    )
    is_capped = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in RoundState], default=RoundState.PLANNED.value)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    objects = Gate["Round"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="round_number_once"),
            models.CheckConstraint(condition=models.Q(opens_at__lt=models.F("closes_at")), name="round_opens_before_it_closes"),
        ]


class OfferLimit(models.Model):
    """How many an offer (a class, a course, a provider) takes at most and needs at least; a thin one is cancelled.  pii: none; kept: forever"""

    owner = "offer__project__organiser"

    offer = models.OneToOneField("projects.Offer", primary_key=True, on_delete=models.PROTECT, related_name="+")
    most = models.PositiveIntegerField(null=True)
    least = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = Gate["OfferLimit"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most=None) | models.Q(most__gte=models.F("least")), name="offer_limit_most_over_least"
            )
        ]
