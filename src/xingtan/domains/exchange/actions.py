"""Delivering, correcting, undoing: every claim is kept as it was said, and what counts follows by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_rows
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import DELIVER
from .judging import hold_bench, judge_claims
from .models import LOST, ActivityName, Claim, Delivery, Judgement, Layout, Remark, Report
from .queries import report_figures
from .resolving import SAID_FIELDS, Said, known_claims
from .rules import MOST_SECONDS, refuse_undo
from .states import FIELDS, Channel, Unit, WhyNot

CLAIM_FIELDS = (
    "delivery", "provider", "number", "teacher", "school", "offer", "training_year", "activity", "is_trainee", "seconds", "from_at",
    "until_at", "first_on", "last_on", "media_s", "mode", "said_at", "replaces",
)  # fmt: skip
MOST_TEXT = 400


class Parcel(NamedTuple):
    """How a delivery comes: its channel, the name it goes by, the file it was."""

    channel: Channel
    name: str = ""
    file_id: int | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a delivery brought: new claims, known ones, and of the new ones what counts and why the rest does not."""

    delivery: Delivery | None
    new: int
    known: int
    said_s: int = 0
    counted_s: int = 0
    lost: dict[WhyNot, int] = field(default_factory=dict)


def provider_of(actor: Actor) -> Organisation:
    """The training provider that the actor acts for; `NotInScope` for anyone else."""
    found = Organisation.objects.within(actor.scope).filter(pk=actor.organisation_id or 0, kind=Kind.PROVIDER).first()
    if found is None:
        raise NotInScope("provider")
    return found


def acting_for(provider: Organisation, name: str) -> Actor:
    """The platform of a provider itself, where no person acts: a nightly file, its statements, the operator's command."""
    return Actor(None, Role.PROVIDER_STAFF, provider.pk, provider.scope, name)


@atomic
def deliver(*, actor: Actor, claims: Sequence[Said], parcel: Parcel, now: datetime) -> Delivered:
    """The claims stand, each number of the provider once for good, and are judged with all that is known; all of them or none."""
    require(actor, DELIVER)
    provider = provider_of(actor)
    hold_bench()
    wanted = {one.number: one for one in claims}
    known = known_claims(provider.pk, wanted)
    fresh = _with_first_days([one for number, one in wanted.items() if number not in known])
    _refuse(provider.pk, fresh, [one for number, one in wanted.items() if number in known and not _is_same(one, known[number].said)])
    if not fresh:
        return Delivered(None, 0, len(claims))
    delivery = Delivery.everywhere.create(
        provider=provider,
        channel=parcel.channel.value,
        name=parcel.name[:200],
        file_id=parcel.file_id,
        claim_count=len(fresh),
        said_s=sum(one.seconds for one in fresh),
        delivered_at=now,
        account_id=actor.account_id,
    )
    keep_claims(delivery, fresh, now)
    if parcel.channel is not Channel.STATEMENTS:
        record(actor, "exchange.delivered", "exchange_delivery", [delivery.pk], now=now, detail={"claims": len(fresh)})
    said_s, counted_s, lost = _weighed(delivery)
    return Delivered(delivery, len(fresh), len(claims) - len(fresh), said_s, counted_s, lost)


def _is_same(one: Said, held: Said) -> bool:
    return held == one._replace(first_on=one.first_on or held.first_on, said_at=0)


def _with_first_days(fresh: Collection[Said]) -> list[Said]:
    """A sum without a first day began with its offer's training year."""
    offers = projects.offers_by_id({one.offer_id for one in fresh if one.offer_id and one.first_on is None})
    years = policies.TrainingYear.everywhere.filter(pk__among={offer.project.training_year_id for offer in offers.values()})
    first = {year.pk: year.first_on for year in years}

    def begun(one: Said) -> date:
        offer = offers.get(one.offer_id or 0)
        return min(first[offer.project.training_year_id], one.last_on) if offer else one.last_on

    return [one if one.first_on else one._replace(first_on=begun(one)) for one in fresh]


def _refuse(provider_id: int, fresh: Sequence[Said], changed: Sequence[Said]) -> None:
    """Raise `Refused` when a claim cannot be, belongs to another provider's offer, or contradicts what was delivered before."""
    offers = projects.offers_by_id({one.offer_id for one in fresh if one.offer_id})
    wanted = [one.replaces for one in fresh if one.replaces]
    numbers = {one.number for one in fresh}
    held = known_claims(provider_id, set(wanted) - numbers)
    wrong = {
        "record_seconds_impossible": sum(not 0 <= one.seconds <= MOST_SECONDS or _says_nothing(one) for one in fresh),
        "records_not_of_provider": sum(one.offer_id is not None and offers[one.offer_id].provider_id != provider_id for one in fresh),
        "record_changed": len(changed),
        "record_replaced_unknown": sum(one not in held and one not in numbers for one in wanted),
        "record_replaced_before": len(wanted) - len(set(wanted)) + sum(one.is_replaced for one in held.values()),
    }
    for code, count in wrong.items():
        if count:
            raise Refused(code, count=count)


def _says_nothing(one: Said) -> bool:
    """No seconds, and nothing that it takes back; a voiding may come before the statement that it voids."""
    return not one.seconds and not one.replaces and not one.number.startswith("void:")


class _Ground(NamedTuple):
    """What a claim is written with: the school of each teacher, the year of each offer, the id of each claim that may be corrected."""

    school: dict[int, int]
    year: dict[int, int]
    ids: dict[str, int]


def keep_claims(delivery: Delivery, fresh: Sequence[Said], now: datetime) -> None:
    """The claims stand under their delivery and all they touch is judged; corrections after what they correct."""
    held = known_claims(delivery.provider_id, {one.replaces for one in fresh if one.replaces})
    _write(delivery, fresh, {number: one.pk for number, one in held.items()}, now)
    touched = {one.teacher_id for one in (*fresh, *(one.said for one in held.values())) if one.teacher_id}
    alone = Q(training_year=None) | Q(training_year__state=policies.YearState.CLOSED)
    unplaced = Claim.everywhere.filter(alone, delivery=delivery).values_list("pk", flat=True)
    judge_claims(touched, {*unplaced, *(one.pk for one in held.values())}, now)


def _write(delivery: Delivery, fresh: Sequence[Said], ids: dict[str, int], now: datetime) -> None:
    """In waves: a correction of a claim of this very delivery is written once that has its id."""
    people = teachers.teachers_by_id({one.teacher_id for one in fresh if one.teacher_id})
    offers = projects.offers_by_id({one.offer_id for one in fresh if one.offer_id})
    school = {pk: person.school_id for pk, person in people.items()}
    ground = _Ground(school, {pk: offer.project.training_year_id for pk, offer in offers.items()}, ids)
    left = list(fresh)
    while left:
        wave = [one for one in left if not one.replaces or one.replaces in ids]
        if not wave:
            raise Refused("record_replaced_unknown", count=len(left))
        insert_rows(Claim, CLAIM_FIELDS, (_row(one, delivery, ground, now) for one in wave))
        left = [one for one in left if one.replaces and one.replaces not in ids]
        if left:
            ids.update(Claim.everywhere.filter(delivery=delivery).values_list("number", "pk"))


def _row(one: Said, delivery: Delivery, ground: _Ground, now: datetime) -> tuple[object, ...]:
    year_id = ground.year.get(one.offer_id or 0) if one.teacher_id else None
    return (
        delivery.pk, delivery.provider_id, one.number, one.teacher_id, ground.school.get(one.teacher_id or 0), one.offer_id, year_id,
        one.activity, one.is_trainee, one.seconds, one.from_at, one.until_at, one.first_on, one.last_on, one.media_s, one.mode,
        one.said_at or int(now.timestamp()), ground.ids.get(one.replaces),
    )  # fmt: skip


def _weighed(delivery: Delivery) -> tuple[int, int, dict[WhyNot, int]]:
    """What the delivery's own claims say, count and lose, by their standing judgements."""
    totals = report_figures(Judgement.objects.filter(claim__delivery=delivery, until_at=None))
    return totals["said_s"], totals["counted_s"], {why: totals[name] for why, name in zip(WhyNot, LOST, strict=True) if totals[name]}


@atomic
def correct(*, actor: Actor, claim_id: int, seconds: int, reason: str, now: datetime) -> Delivered:
    """A correction of one claim stands beside it with other seconds (0 takes it back); the earlier stays visible."""
    require(actor, DELIVER)
    provider = provider_of(actor)
    claim = Claim.everywhere.filter(pk=claim_id, provider=provider).select_related("training_year").first()
    if claim is None:
        raise NotInScope("claim")
    if claim.training_year and claim.training_year.state == policies.YearState.CLOSED:
        raise Refused("delivery_year_closed")
    said = _said(claim)._replace(number=f"fix:{claim.pk}", seconds=seconds, replaces=claim.number)
    return deliver(actor=actor, claims=[said], parcel=Parcel(Channel.CORRECTION, reason.strip()), now=now)


def _said(claim: Claim) -> Said:
    return Said._make((*(getattr(claim, name) for name in SAID_FIELDS), "", claim.is_trainee, claim.activity, 0))


@atomic
def undo(*, actor: Actor, delivery_id: int, reason: str, now: datetime) -> Delivery:
    """Every claim of the delivery is taken back by another that says what stood before it; nothing is overwritten."""
    require(actor, DELIVER)
    delivery = Delivery.everywhere.filter(pk=delivery_id, provider=provider_of(actor)).first()
    if delivery is None:
        raise NotInScope("delivery")
    if not reason.strip():
        raise Refused("delivery_needs_reason")
    hold_bench()
    claims = list(Claim.everywhere.filter(delivery=delivery).select_related("replaces").order_by("pk"))
    _refuse_undo(delivery, claims)
    inside = {claim.replaces_id for claim in claims}
    back = [_back(delivery, claim) for claim in claims if claim.pk not in inside]
    made = Delivery.everywhere.create(
        provider_id=delivery.provider_id,
        channel=Channel.UNDO.value,
        name=delivery.name,
        undoes=delivery,
        reason=reason.strip()[:200],
        claim_count=len(back),
        said_s=sum(one.seconds for one in back),
        delivered_at=now,
        account_id=actor.account_id,
    )
    keep_claims(made, back, now)
    record(actor, "exchange.undone", "exchange_delivery", [delivery.pk], now=now, detail={"claims": len(back)})
    return made


def _refuse_undo(delivery: Delivery, claims: Sequence[Claim]) -> None:
    own = {claim.pk for claim in claims}
    corrected = Claim.everywhere.filter(replaces__among=own).exclude(delivery=delivery).count()
    closed = Claim.everywhere.filter(delivery=delivery, training_year__state=policies.YearState.CLOSED).count()
    is_undone = Delivery.everywhere.filter(undoes=delivery).exists()
    is_undo = delivery.undoes_id is not None
    if why := refuse_undo(is_undone=is_undone, is_undo=is_undo, corrected=corrected, closed=closed):
        raise Refused(why, count=corrected)


def _back(delivery: Delivery, claim: Claim) -> Said:
    """What stood before the claim: the claim outside the delivery that it replaced, or nothing."""
    before = claim.replaces
    while before and before.delivery_id == delivery.pk:
        before = before.replaces
    said = _said(before) if before else _said(claim)._replace(seconds=0)
    return said._replace(number=f"undo:{claim.pk}", replaces=claim.number)


@atomic
def remark(*, actor: Actor, claim_id: int, text: str, now: datetime) -> Remark:
    """The provider's words stand at the line; the same words twice stand once."""
    require(actor, DELIVER)
    claim = Claim.everywhere.filter(pk=claim_id, provider=provider_of(actor)).first()
    if claim is None:
        raise NotInScope("claim")
    if not text.strip():
        raise Refused("remark_empty")
    values = {"said_at": now, "account_id": actor.account_id}
    made, is_new = Remark.everywhere.get_or_create(claim=claim, text=text.strip()[:MOST_TEXT], defaults=values)
    if is_new:
        record(actor, "exchange.remarked", "exchange_claim", [claim.pk], now=now)
    return made


@atomic
def keep_report(*, actor: Actor, provider_id: int, project_id: int, now: datetime) -> Report:
    """The reconciliation of now is kept for comparison; the caller has looked whether the actor may see it."""
    totals = report_figures(Judgement.objects.filter(claim__provider=provider_id, claim__offer__project=project_id, until_at=None))
    made = Report.everywhere.create(
        provider_id=provider_id,
        project_id=project_id,
        made_at=now,
        account_id=actor.account_id,
        said_s=totals["said_s"],
        counted_s=totals["counted_s"],
    )
    record(actor, "exchange.reported", "exchange_report", [made.pk], now=now)
    return made


@atomic
def tell_layout(*, actor: Actor, headings: dict[str, str], unit: Unit, now: datetime) -> Layout:
    """The provider's files are read by these headings from now on; fields without a heading keep their own."""
    require(actor, DELIVER)
    kept = {field.value: headings[field.value].strip()[:120] for field in FIELDS if headings.get(field.value, "").strip()}
    values = {"headings": kept, "unit": unit.value, "changed_at": now}
    layout, _made = Layout.everywhere.update_or_create(provider=provider_of(actor), defaults=values)
    record(actor, "exchange.layout_told", "exchange_layout", [layout.pk], now=now)
    return layout


@atomic
def name_activities(*, actor: Actor, rows: Iterable[tuple[str, int]], now: datetime) -> int:
    """Each activity's IRI stands for the provider's offer from now on; answers how many names are new or changed."""
    require(actor, DELIVER)
    provider, wanted = provider_of(actor), dict(rows)
    offers = projects.offers_by_id(set(wanted.values()))
    if any(offer_id not in offers or offers[offer_id].provider_id != provider.pk for offer_id in wanted.values()):
        raise Refused("activity_not_yours")
    if any(":" not in iri or any(mark.isspace() for mark in iri) or len(iri) > MOST_TEXT for iri in wanted):
        raise Refused("activity_iri_wrong")
    held = dict(ActivityName.everywhere.filter(provider=provider, iri__among=wanted).values_list("iri", "offer_id"))
    changed = {iri: offer_id for iri, offer_id in wanted.items() if held.get(iri) != offer_id}
    for iri, offer_id in changed.items():
        values = {"offer_id": offer_id, "named_at": now, "account_id": actor.account_id}
        ActivityName.everywhere.update_or_create(provider=provider, iri=iri, defaults=values)
    if changed:
        record(actor, "exchange.activities_named", "exchange_activity_name", [provider.pk], now=now, detail={"count": len(changed)})
    return len(changed)
