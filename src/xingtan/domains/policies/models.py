"""Packs as they were adopted, years, and their windows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from xingtan.core.calendar import WindowKind
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import YearState


class PolicyPack(models.Model):
    """One version of a policy pack, kept word for word; never changed once a year is bound to it.  pii: none; kept: forever"""

    code = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    parents = models.JSONField(default=dict, help_text="the texts that it extends, by code, as they were when it was adopted")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    adopted_at = models.DateTimeField()
    adopted_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="pack_once_per_version")]

    def __str__(self) -> str:
        return self.title_en if (get_language() or "").startswith("en") else self.title_zh


class TrainingYear(models.Model):
    """A training year of a province, named by the calendar year it starts in, bound to one version of a pack.  pii: none; kept: forever"""

    owner = "organisation"

    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    pack = models.ForeignKey(PolicyPack, on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    cycle_first = models.PositiveSmallIntegerField()
    cycle_last = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in YearState], default=YearState.OPEN.value)
    theme = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    opened_by_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = Gate["TrainingYear"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="training_year_once"),
            models.CheckConstraint(condition=models.Q(first_on__lt=models.F("last_on")), name="training_year_has_days"),
            models.CheckConstraint(
                condition=models.Q(cycle_first__lte=models.F("year")) & models.Q(year__lte=models.F("cycle_last")),
                name="training_year_in_its_cycle",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class YearWindow(models.Model):
    """First and last day, both included, on which one kind of act is open in a year.  pii: none; kept: forever"""

    training_year = models.ForeignKey(TrainingYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in WindowKind])
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_year", "kind"], name="window_once_per_kind"),
            models.CheckConstraint(condition=models.Q(opens_on__lte=models.F("closes_on")), name="window_opens_before_it_closes"),
        ]
