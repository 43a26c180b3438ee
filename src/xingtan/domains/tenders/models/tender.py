"""The tender, its criteria, who holds its keys, what was asked about it."""

from __future__ import annotations

from django.db import models

from xingtan.domains.tenders.states import CriterionKind, Side, TenderState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate


class Tender(models.Model):
    """A call for providers of a project: what is wanted, by which criteria, in which window, and where it stands.  pii: none; kept: forever

    `public_key` is what bids are sealed to (hexadecimal, 32 bytes); the private one is nowhere: see docs/adr on sealing.
    """

    owner = "organiser"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    content = models.TextField(max_length=8000)
    requirements = models.TextField(max_length=8000)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField(help_text="how many providers are chosen at most")
    panel_size = models.PositiveSmallIntegerField()
    pass_tenths = models.PositiveSmallIntegerField(default=600, help_text="the least total of a provider that may be chosen, of 1000")
    far_tenths = models.PositiveSmallIntegerField(default=150, help_text="how far from the panel's middle a total is marked as far out")
    is_trimmed = models.BooleanField(default=False, help_text="the highest and the lowest total are left out where five or more judge")
    ceiling_fen = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in TenderState], default=TenderState.DRAFT.value)
    public_key = models.CharField(max_length=64, blank=True)
    key_version = models.PositiveIntegerField(default=0, help_text="of the site's own share")
    seed = models.CharField(max_length=64, blank=True, help_text="of the panel's draw: a digest of all sealed bids")
    edition = models.PositiveSmallIntegerField(default=0, help_text="how many rankings there were")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    objects = Gate["Tender"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.CheckConstraint(condition=models.Q(opens_at__lt=models.F("closes_at")), name="tender_opens_before_it_closes"),
            models.CheckConstraint(
                condition=models.Q(places__gte=1, panel_size__gte=3, pass_tenths__lte=1000), name="tender_numbers_make_sense"
            ),
            models.CheckConstraint(condition=~models.Q(state="cancelled") | ~models.Q(reason=""), name="tender_cancelled_with_reason"),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"]) | ~models.Q(public_key=""), name="tender_published_with_a_lock"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "published", "cancelled"]) | models.Q(opened_at__gte=models.F("closes_at")),
                name="tender_never_opened_before_it_closed",
            ),
            models.UniqueConstraint(fields=["project", "title"], name="tender_title_once_a_project"),
        ]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What bids are judged by, with its weight in whole per cent; a tender's weights add up to 100.  pii: none; kept: forever"""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in CriterionKind])
    title = models.CharField(max_length=80)
    hint = models.CharField(max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "place"], name="criterion_place_once"),
            models.CheckConstraint(condition=models.Q(weight__gte=1, weight__lte=100), name="criterion_weight_is_per_cent"),
        ]


class Keyholder(models.Model):
    """Somebody who holds a key to a tender's lock.  pii: none (the account's name stands there); kept: forever

    `closed_key` is the own private key under the passphrase; `half` is that side's half of the tender's key, sealed to the
    own public key and gone once the tender is opened; `turned` is the half while the other side is awaited.
    """

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Side])
    public_key = models.CharField(max_length=64, blank=True)
    closed_key = models.CharField(max_length=240, blank=True)
    half = models.CharField(max_length=240, blank=True)
    turned = models.CharField(max_length=240, blank=True)
    appointed_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    turned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tender", "account"], name="keyholder_on_one_side_only"),
            models.CheckConstraint(condition=models.Q(ready_at=None) | ~models.Q(closed_key=""), name="keyholder_ready_with_a_key"),
        ]


class Question(models.Model):
    """What a provider asked about a tender and what the office answered to everybody.  pii: none; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=1000)
    answer = models.TextField(max_length=2000, blank=True)
    asked_at = models.DateTimeField()
    asked_by_id = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="") | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="question_answered_with_words",
            )
        ]
