"""What providers say, append-only; what of it counts, with its history; and what the two sides agreed on how to say it."""

from __future__ import annotations

from django.db import models
from django.db.models import F

from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import Channel, Unit, WhyNot

LOST = tuple(f"lost_{why.value}" for why in WhyNot)


class Delivery(models.Model):
    """Claims that came together: a file, a request, a turn of statements, a correction, an undoing; never changed.

    pii: none (the file is kept apart); kept: forever
    """

    owner = "provider"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Channel])
    name = models.CharField(max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    claim_count = models.PositiveIntegerField()
    said_s = models.BigIntegerField()
    delivered_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    objects = Gate["Delivery"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(undoes=None) | ~models.Q(reason=""), name="delivery_undone_with_reason"),
        ]
        indexes = [models.Index(fields=["provider", "delivered_at"], name="delivery_of_provider")]

    def __str__(self) -> str:
        return self.name or self.public_id


class Claim(models.Model):
    """A provider's word of what one person learned; a correction is another claim that names it.  pii: none; kept: forever"""

    owner = "provider"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=120, help_text="the provider's own number of the record; a statement's id")
    teacher = models.ForeignKey("teachers.Teacher", null=True, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+", help_text="of that day's post")
    offer = models.ForeignKey("projects.Offer", null=True, on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", null=True, on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=400, blank=True, help_text="the IRI of a statement's activity")
    is_trainee = models.BooleanField(help_text="had chosen the offer when it was said")
    seconds = models.PositiveIntegerField(help_text="0: it takes back what it replaces")
    from_at = models.BigIntegerField(default=0, help_text="epoch seconds; 0 with `until_at`: a sum of days")
    until_at = models.BigIntegerField(default=0)
    first_on = models.DateField()
    last_on = models.DateField()
    media_s = models.PositiveIntegerField(default=0, help_text="length of the medium; 0: not said")
    mode = models.CharField(max_length=40, blank=True)
    said_at = models.BigIntegerField(help_text="epoch seconds of our clock when it arrived")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = Gate["Claim"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["provider", "number"], name="claim_once_per_number")]
        indexes = [
            models.Index(fields=["teacher", "training_year"], name="claim_of_teacher_year"),
            models.Index(fields=["provider", "offer", "teacher"], name="claim_of_provider_offer"),
        ]

    def __str__(self) -> str:
        return self.number


class Judgement(models.Model):
    """How much of a claim counts and why the rest does not, from `judged_at` until another judgement took its place.  pii: none; kept: forever"""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    said_s = models.PositiveIntegerField()
    counted_s = models.PositiveIntegerField()
    lost_replaced = models.PositiveIntegerField(default=0)
    lost_activity_unknown = models.PositiveIntegerField(default=0)
    lost_not_enrolled = models.PositiveIntegerField(default=0)
    lost_impossible = models.PositiveIntegerField(default=0)
    lost_future = models.PositiveIntegerField(default=0)
    lost_outside = models.PositiveIntegerField(default=0)
    lost_duplicate = models.PositiveIntegerField(default=0)
    lost_length = models.PositiveIntegerField(default=0)
    lost_overlaps_here = models.PositiveIntegerField(default=0)
    lost_overlaps_other = models.PositiveIntegerField(default=0)
    lost_overlaps_same = models.PositiveIntegerField(default=0)
    lost_day_cap = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim"], condition=models.Q(until_at=None), name="judgement_one_stands"),
            models.CheckConstraint(
                condition=models.Q(
                    said_s=F("counted_s")
                    + F("lost_replaced") + F("lost_activity_unknown") + F("lost_not_enrolled") + F("lost_impossible")
                    + F("lost_future") + F("lost_outside") + F("lost_duplicate") + F("lost_length")
                    + F("lost_overlaps_here") + F("lost_overlaps_other") + F("lost_overlaps_same") + F("lost_day_cap")
                ),
                name="judgement_adds_up_to_the_second",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["claim", "judged_at"], name="judgement_of_claim"),
            models.Index(fields=["judged_at"], name="judgement_at"),
        ]


class Remark(models.Model):
    """What a provider says to a line of its reconciliation.  pii: none asked for (short office words); kept: forever"""

    owner = "claim__provider"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=400)
    said_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    objects = Gate["Remark"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["claim", "text"], name="remark_once")]


class Report(models.Model):
    """A reconciliation as it stood at a moment, for later comparison; its figures are those of the judgements of then.  pii: none; kept: forever"""

    owner = "provider"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    said_s = models.BigIntegerField()
    counted_s = models.BigIntegerField()

    objects = Gate["Report"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [models.Index(fields=["provider", "project", "made_at"], name="report_of_project")]


class Layout(models.Model):
    """How a provider's files name their columns and count time, as it was told once.  pii: none; kept: as long as the provider"""

    owner = "provider"

    provider = models.OneToOneField("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    headings = models.JSONField(default=dict, help_text="our field → the heading in the provider's files")
    unit = models.CharField(max_length=3, choices=[(one.value, one.value) for one in Unit], default=Unit.SECONDS.value)
    changed_at = models.DateTimeField()

    objects = Gate["Layout"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"


class ActivityName(models.Model):
    """An activity's IRI in a provider's statements, and the offer it stands for.  pii: none; kept: forever"""

    owner = "provider"

    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    iri = models.CharField(max_length=400)
    offer = models.ForeignKey("projects.Offer", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)

    objects = Gate["ActivityName"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["provider", "iri"], name="activity_name_once")]


class StatementMark(models.Model):
    """Up to which statement a provider's statements were turned into claims.  pii: none; kept: forever"""

    provider = models.OneToOneField("scope.Organisation", primary_key=True, on_delete=models.PROTECT, related_name="+")
    after = models.BigIntegerField(default=0, help_text="the last statement's place in the order of arrival")
    moved_at = models.DateTimeField()


class Due(models.Model):
    """A teacher whose claims are to be judged anew, because our own server counted more.  pii: none; kept: until judged"""

    teacher = models.OneToOneField("teachers.Teacher", primary_key=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
