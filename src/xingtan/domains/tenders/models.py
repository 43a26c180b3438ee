"""The room's tables: tenders, keys, bids, panels, rankings, contracts, standings."""

from __future__ import annotations

from django.db import models

from xingtan.core.tendering import CriterionKind
from xingtan.foundation.db import public_id
from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import BidState, BlindState, ContractState, PanelState, Side, TenderState


class Tender(models.Model):
    """A call for providers of a project: what is wanted, by which criteria, in which window, and where it stands.

    `public_key` is what bids are sealed to (hexadecimal, 32 bytes); the private one is nowhere: see docs/adr on sealing.
    pii: none; kept: forever
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
    """Somebody who holds a key to a tender's lock.

    `closed_key` is the own private key under the passphrase; `half` is that side's half of the tender's key, sealed to the
    own public key and gone once the tender is opened; `turned` is the half while the other side is awaited.
    pii: none (the account's name stands there); kept: forever
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
    """An expert drawn for a tender, by place in the draw; recused where an interest was declared.  pii: those words; kept: forever"""

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
    """What one member of the panel holds of one bid, on paper or after its defence; marks in tenths.  pii: the words; kept: forever"""

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
                condition=~models.Q(state="signed") | ~models.Q(answered_by_id=models.F("offered_by_id")),
                name="contract_signed_by_the_other",
            ),
        ]


class ProviderStanding(models.Model):
    """How a provider did in a year: marks in tenths, rank, whether it is out, and its part of next year.  pii: none; kept: forever"""

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
