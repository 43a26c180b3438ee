"""Bids, their seals, their files."""

from __future__ import annotations

from django.db import models

from xingtan.domains.tenders.states import BidState, BlindState
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .tender import Tender


class Bid(models.Model):
    """What a provider offers; until the tender is opened only its seal is known.  pii: names of the team, once opened; kept: forever"""

    owner = "provider"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in BidState], default=BidState.SEALED.value)
    version = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=4, blank=True, help_text="under which the panel knows it")
    content = models.JSONField(default=dict, help_text="plan, courses, team, record in words, once opened")
    price_fen = models.PositiveBigIntegerField(null=True)
    reason_code = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    changed_at = models.DateTimeField()

    objects = Gate["Bid"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [
            models.UniqueConstraint(fields=["tender", "provider"], name="bid_once_a_tender"),
            models.UniqueConstraint(fields=["tender", "code"], condition=~models.Q(code=""), name="bid_code_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["sealed", "withdrawn"]) | models.Q(content={}, price_fen=None, code=""),
                name="bid_sealed_says_nothing",
            ),
            models.CheckConstraint(condition=~models.Q(state="excluded") | ~models.Q(reason_code=""), name="bid_excluded_with_reason"),
        ]


class BidSeal(models.Model):
    """One sealing of a bid, with its receipt; the last one counts.  pii: none; kept: forever"""

    receipt = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    sealed = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="of the sealed envelope")
    commitment = models.CharField(max_length=64, help_text="of a secret and the content, by which an opened bid proves that it is this one")
    sealed_at = models.DateTimeField()
    account_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "version"], name="bid_sealed_once_a_version")]


class BidFile(models.Model):
    """A document of an opened bid, and its anonymised copy for the panel.  pii: as its content; kept: forever"""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    blind = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in BlindState])
    removed = models.JSONField(default=list, help_text="what was taken out of the copy, as codes")
    found = models.JSONField(default=list, help_text="names of the bidder that still stand in its text")
    decided_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "place"], name="bid_file_place_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["clean", "released"]) | models.Q(blind__isnull=False), name="bid_file_shown_as_a_copy"
            ),
        ]
