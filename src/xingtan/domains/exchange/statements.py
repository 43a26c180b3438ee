"""A provider's xAPI statements become claims: each once, in the order of arrival, from a mark that moves in the same transaction.

A statement with a duration is a claim for the stretch that ended at its timestamp; one without says nothing about time. A voided statement is
taken back. Whose activity it is: an address of ours for the offer, or a name that the provider registered; else its parents' and groupings'.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings

from xingtan.core.calendar import ordinal_of
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.statements import api as statements
from xingtan.foundation.db import writing
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.scope.models import Organisation

from .access import DELIVER
from .actions import Parcel, acting_for, deliver, provider_of
from .models import ActivityName, Claim, StatementMark
from .resolving import Known, Said, known_claims
from .rules import MOST_SECONDS, moment_of, seconds_of_duration
from .states import Channel

A_TURN = 2_000
MOST_TURNS = 10
AGAIN = 8
LENGTH = "https://w3id.org/xapi/video/extensions/length"
MICROS = 1_000_000


def offer_address(public_id: str) -> str:
    """The activity's IRI that stands for an offer without any registration."""
    return f"{settings.PUBLIC_URL}/xapi/activities/offers/{public_id}"


def take_statements(now: datetime) -> int:
    """Statements that waited are claims now; answers how many were read. Cheap when none waits."""
    newest = statements.last_place()
    marks = dict(StatementMark.objects.values_list("provider_id", "after"))
    waiting = statements.Credential.everywhere.order_by("provider_id").values_list("provider_id", flat=True).distinct()
    return sum(_take(provider_id, now) for provider_id in waiting if marks.get(provider_id, 0) < newest)


def _take(provider_id: int, now: datetime) -> int:
    total = 0
    for _turn in range(MOST_TURNS):
        with writing():
            read = _turn_of(provider_id, now)
        total += read
        if read < A_TURN:
            break
    return total


def _turn_of(provider_id: int, now: datetime) -> int:
    """The next statements of the provider are claims, and the mark stands behind them: both or neither."""
    StatementMark.objects.bulk_create([StatementMark(provider_id=provider_id, moved_at=now)], ignore_conflicts=True)
    mark = StatementMark.objects.select_for_update().get(pk=provider_id)
    arrived = statements.statements_since(provider_id, mark.after, A_TURN)
    if not arrived:
        return 0
    provider = Organisation.everywhere.get(pk=provider_id)
    if said := _new(provider, arrived):
        deliver(actor=acting_for(provider, "statements"), claims=said, parcel=Parcel(Channel.STATEMENTS), now=now)
    mark.after, mark.moved_at = arrived[-1].seq, now
    mark.save(update_fields=["after", "moved_at"])
    return len(arrived)


class _Heard(NamedTuple):
    """A statement that says how long: who, what, when."""

    number: str
    teacher_id: int | None
    credential_id: int
    activities: tuple[str, ...]
    seconds: int
    until_at: int
    media_s: int
    said_at: int


def _heard(arrival: statements.Arrival) -> _Heard | None:
    said = arrival.statement()
    result = said.get("result") or {}
    seconds = seconds_of_duration(result.get("duration"))
    until_at = moment_of(str(said.get("timestamp", "")))
    if not seconds or seconds > MOST_SECONDS or not until_at:
        return None
    media = (result.get("extensions") or {}).get(LENGTH) or ((said.get("context") or {}).get("extensions") or {}).get(LENGTH) or 0
    media_s = int(media) if isinstance(media, int | float | Decimal) and 0 < media < MOST_SECONDS else 0
    number = f"st:{arrival.statement_id}"
    places = tuple(dict.fromkeys(_activities(said)))[:20]
    return _Heard(number, arrival.teacher_id, arrival.credential_id, places, seconds, until_at, media_s, arrival.seq // MICROS)


def _activities(said: Mapping[str, Any]) -> Iterator[str]:
    """The IRI of what it is about, then of its parents and groupings."""
    thing = said.get("object") or {}
    if thing.get("objectType", "Activity") == "Activity":
        yield str(thing.get("id", ""))[:400]
    around = (said.get("context") or {}).get("contextActivities") or {}
    for kind in ("parent", "grouping"):
        for one in around.get(kind) or ():
            yield str(one.get("id", ""))[:400]


def _new(provider: Organisation, arrived: Sequence[statements.Arrival]) -> list[Said]:
    """The claims that these statements make, and those that they take back; what is known already is left out."""
    heard = [one for one in map(_heard, (arrival for arrival in arrived if not arrival.voids)) if one]
    voided = [f"st:{arrival.voids}" for arrival in arrived if arrival.voids]
    offers = _Offers(provider.pk, heard)
    claims = {one.number: offers.claim(one) for one in heard}
    numbers = {*claims, *voided}
    names = {name for number in numbers for name in (number, f"void:{number}", *(f"{number}#{at}" for at in range(2, AGAIN)))}
    known = known_claims(provider.pk, names)
    found = dict(_settled(claims, known))
    for number in voided:
        found |= _void(number, known, found)
    return list(found.values())


def _settled(claims: Mapping[str, Said], known: Mapping[str, Known]) -> Iterator[tuple[str, Said]]:
    """New claims as they are; known ones that now belong to somebody else, as corrections of themselves."""
    for number, said in claims.items():
        if f"void:{number}" in known:
            continue
        if number not in known:
            yield number, said
            continue
        last, at = _last(number, known)
        if at < AGAIN and _placed(last.said) != _placed(said) and not last.is_replaced and said.teacher_id:
            yield f"{number}#{at}", said._replace(number=f"{number}#{at}", replaces=last.said.number)


def _last(number: str, known: Mapping[str, Known]) -> tuple[Known, int]:
    """The claim that stands for this statement now, and the number that its next version would have."""
    last, at = known[number], 2
    while f"{number}#{at}" in known:
        last, at = known[f"{number}#{at}"], at + 1
    return last, at


def _placed(said: Said) -> tuple[int | None, int | None, bool]:
    return (said.teacher_id, said.offer_id, said.is_trainee)


def _void(number: str, known: Mapping[str, Known], found: Mapping[str, Said]) -> dict[str, Said]:
    """What takes the voided statement back; where it was not heard yet, a mark that keeps it out."""
    name = f"void:{number}"
    if name in known or name in found:
        return {}
    standing = [one for one in found.values() if one.number == number or one.number.startswith(f"{number}#")]
    if standing or number in known:
        last = standing[-1] if standing else _last(number, known)[0].said
        return {name: last._replace(number=name, seconds=0, replaces=last.number)}
    return {name: Said(name, None, None, 0, date(1970, 1, 1), date(1970, 1, 1), is_trainee=False)}


class _Offers:
    """Which offer an activity stands for, and who chose it."""

    def __init__(self, provider_id: int, heard: Collection[_Heard]) -> None:
        places = {iri for one in heard for iri in one.activities}
        self.named = dict(ActivityName.everywhere.filter(provider_id=provider_id, iri__among=places).values_list("iri", "offer_id"))
        start = offer_address("")
        own = {iri.removeprefix(start): iri for iri in places if iri.startswith(start)}
        offers = projects.Offer.objects.filter(provider_id=provider_id, public_id__among=own).values_list("public_id", "pk")
        self.named |= {own[public_id]: pk for public_id, pk in offers}
        self.project_of = dict(projects.Offer.objects.filter(pk__among=set(self.named.values())).values_list("pk", "project_id"))
        bound = statements.projects_of_credentials({one.credential_id for one in heard})
        self.bound = {credential: {project.pk for project in some} for credential, some in bound.items()}
        self.chosen = _chosen({one.teacher_id for one in heard if one.teacher_id}, self.project_of)

    def claim(self, one: _Heard) -> Said:
        """The statement as a claim; without an offer when its activity, or its key, belongs to none."""
        offer_id, activity = self._offer(one)
        is_trainee = (one.teacher_id, offer_id) in self.chosen
        day = date.fromordinal(ordinal_of(one.until_at - one.seconds))
        return Said(
            one.number, one.teacher_id, offer_id, one.seconds, day, day, max(one.until_at - one.seconds, 1), one.until_at,
            media_s=one.media_s, is_trainee=is_trainee, activity=activity, said_at=one.said_at,
        )  # fmt: skip

    def _offer(self, one: _Heard) -> tuple[int | None, str]:
        allowed = self.bound.get(one.credential_id)
        for iri in one.activities:
            offer_id = self.named.get(iri)
            if offer_id and (allowed is None or self.project_of[offer_id] in allowed):
                return offer_id, iri
        return None, one.activities[0] if one.activities else ""


def _chosen(teacher_ids: Collection[int], offer_ids: Iterable[int]) -> set[tuple[int, int]]:
    rows = enrolment.ChosenOffer.objects.filter(selection__teacher_id__among=teacher_ids, offer_id__among=list(offer_ids))
    rows = rows.exclude(selection__state=enrolment.State.WITHDRAWN)
    return set(rows.values_list("selection__teacher_id", "offer_id"))


def replay_statements(*, actor: Actor, now: datetime) -> int:
    """The provider's statements that belonged to nobody are looked at again from the first of them; answers how many seconds wait."""
    require(actor, DELIVER)
    provider = provider_of(actor)
    rows = Claim.everywhere.filter(provider=provider, delivery__channel=Channel.STATEMENTS.value, is_trainee=False, seconds__gt=0)
    first = rows.order_by("said_at").values_list("said_at", flat=True).first()
    if first is None:
        return 0
    with writing():
        mark, _made = StatementMark.objects.select_for_update().get_or_create(provider=provider, defaults={"moved_at": now})
        mark.after = min(mark.after, first * MICROS - 1)
        mark.save(update_fields=["after"])
    return sum(rows.values_list("seconds", flat=True))
