"""Packs as they were adopted, years and their windows, and drafts of packs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from xingtan.core.calendar import WindowKind
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import DraftState, ReviewOutcome, SaveKind, YearState


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


class PolicyDraft(models.Model):
    """A pack's text while it is written; what was saved before stands in `DraftSave`.  pii: none; kept: forever"""

    owner = "organisation"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, help_text="what the text called itself when it could last be read")
    title_en = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in DraftState], default=DraftState.EDITING.value)
    base = models.ForeignKey(PolicyPack, null=True, on_delete=models.PROTECT, related_name="+")
    base_name = models.CharField(max_length=200, help_text="code and version of the text it began with, or the file's name")
    base_text = models.TextField()
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1, help_text="grows with every save; a save names the one it saw")
    readable_text = models.TextField(blank=True, help_text="the latest text whose tables could be read")
    valid_text = models.TextField(blank=True, help_text="the latest text without a mistake")
    valid_revision = models.PositiveIntegerField(default=0)
    mistakes = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by_id = models.BigIntegerField(null=True)
    pack = models.ForeignKey(PolicyPack, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = Gate["PolicyDraft"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=DraftState.PUBLISHED.value, pack__isnull=False)
                | (~models.Q(state=DraftState.PUBLISHED.value) & models.Q(pack__isnull=True)),
                name="published_draft_has_its_pack",
            )
        ]

    def __str__(self) -> str:
        return (self.title_en if (get_language() or "").startswith("en") else "") or self.title


class DraftSave(models.Model):
    """A draft's text as it was saved once; typing saved by itself grows one row for a while.  pii: none; kept: forever"""

    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in SaveKind])
    mistakes = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    saved_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="draft_save_once")]


class DraftReview(models.Model):
    """One request for a second look, and what came of it.  pii: none; kept: forever"""

    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in ReviewOutcome], default=ReviewOutcome.WAITING.value)
    remark = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft"], condition=models.Q(outcome="waiting"), name="draft_one_open_review"),
            models.CheckConstraint(
                condition=models.Q(decided_by_id__isnull=True)
                | ~models.Q(decided_by_id=models.F("asked_by_id"))
                | models.Q(outcome="withdrawn"),
                name="review_by_another",
            ),
        ]


class DraftTrial(models.Model):
    """What a draft would have decided in a past year; nothing but this row was changed.  pii: none (ids of teachers); kept: one year"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    draft = models.ForeignKey(PolicyDraft, on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey(TrainingYear, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    job_public_id = models.CharField(max_length=12, blank=True)
    started_at = models.DateTimeField()
    started_by_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    found = models.JSONField(default=dict, help_text="counts, by reason, by place, and who changes")
