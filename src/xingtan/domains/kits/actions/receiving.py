"""Taking in what a kit sends, and deciding on a chain that forked."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from xingtan.domains.assessment import api as assessment
from xingtan.domains.kits.access import DECIDE_FORK, MAKE_KIT, RECEIVE
from xingtan.domains.kits.chain import Piece, Wrong, opened
from xingtan.domains.kits.models import Delivery, ForkDecision, GroupMember, Kit, KitBlock, KitPerson
from xingtan.domains.kits.queries.blocks import forks_of, readings_of, standing_of
from xingtan.domains.kits.states import How, KitState
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, on_commit
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.keys import sign
from xingtan.foundation.ledger.digests import canonical
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import OPERATOR, Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .counting import count_anew
from .making import forget_zip

SUBJECT = "kit"


class Received(NamedTuple):
    """What a parcel brought: blocks that are new and that were known, and the centre's signed acknowledgement."""

    new: int
    known: int
    acknowledgement: Mapping[str, Any]


def kit_named(told: Mapping[str, Any]) -> Kit:
    """The kit that a parcel names, held until the transaction ends; `Refused` for one that was never made here."""
    try:
        uuid = UUID(str(told.get("kit", "")))
    except ValueError:
        raise Refused("kit_unknown") from None
    found = Kit.everywhere.select_for_update(of=("self",)).filter(uuid=uuid).select_related("group__training_year__pack").first()
    if found is None:
        raise Refused("kit_unknown")
    return found


@atomic
def receive(told: Mapping[str, Any], *, how: How, actor: Actor | None = None, now: datetime) -> Received:
    """The parcel's blocks stand once, however often they come and in whatever order; hours and quizzes follow, a fork is told to the county.

    Without an actor the kit's own signature is the right. `Refused` when anything of it cannot be believed; then nothing of it is taken.
    """
    if actor is not None:
        require(actor, RECEIVE)
    kit = kit_named(told)
    if actor is not None and not Kit.objects.within(actor.scope).filter(pk=kit.pk).exists():
        raise NotInScope("kit")
    if kit.state == KitState.WITHDRAWN:
        raise Refused("kit_withdrawn")
    try:
        pieces = opened(told, kit.public_key)
    except Wrong as wrong:
        raise Refused(wrong.code) from wrong
    new = _take(kit, pieces, now)
    if new:
        _follow(kit, now, how, actor, Received(new, len(pieces) - new, {}), pieces)
    return Received(new, len(pieces) - new, _acknowledge(kit, now))


def _take(kit: Kit, pieces: Collection[Piece], now: datetime) -> int:
    known = set(KitBlock.objects.filter(kit=kit, digest__among=[one.digest for one in pieces]).values_list("digest", flat=True))
    fresh = {one.digest: one for one in pieces if one.digest not in known}
    KitBlock.objects.bulk_create(
        [
            KitBlock(
                kit=kit, height=one.height, previous=one.previous, digest=one.digest, posted_at=one.posted_at,
                lines=[list(line) for line in one.lines], received_at=now,
            )
            for one in fresh.values()
        ],
        batch_size=200,
    )  # fmt: skip
    return len(fresh)


def _follow(kit: Kit, now: datetime, how: How, actor: Actor | None, got: Received, pieces: Collection[Piece]) -> None:
    """The kit is in use, its people's hours and quizzes are counted anew, and the arrival is on record."""
    kit.state, kit.heard_at = KitState.IN_USE, now
    kit.save(update_fields=["state", "heard_at"])
    on_commit(lambda: forget_zip(kit))
    Delivery.objects.create(
        kit=kit, how=how.value, at=now, account_id=actor.account_id if actor else None,
        head_height=max(one.height for one in pieces), new_blocks=got.new, known_blocks=got.known,
    )  # fmt: skip
    count_anew(people_of(kit), now)
    keep_quizzes(kit, now)
    record(actor or OPERATOR, "kits.received", SUBJECT, [kit.pk], now=now, detail={"how": how.value, "new": got.new, "known": got.known})
    if standing_of(kit).forks:
        _tell_fork(kit, now)


def people_of(kit: Kit) -> set[int]:
    """The teachers whose hours a kit may touch."""
    own = KitPerson.objects.filter(kit=kit).values_list("teacher_id", flat=True)
    return {*own, *GroupMember.objects.filter(group_id=kit.group_id).values_list("teacher_id", flat=True)}


def keep_quizzes(kit: Kit, now: datetime) -> int:
    """The quizzes of the kit's standing lines are attempts, each once; answers how many are new."""
    people = {one.teacher.public_id: one.teacher for one in KitPerson.objects.filter(kit=kit).select_related("teacher")}
    found = {one.source: one for reading in readings_of(kit) for one in reading.answers if one.person in people}
    rows = [assessment.Elsewhere(one.source, people[one.person].pk, one.unit_id, one.answers, one.at) for one in found.values()]
    return assessment.keep_attempts(rows, now=now)


def _tell_fork(kit: Kit, now: datetime) -> None:
    accounts = Account.objects.filter(pk__in=[one for one in (kit.made_by_id, kit.group.granted_by_id) if one])
    params = {"group": kit.group.name, "number": kit.number}
    link = f"/bureau/groups/{kit.group.public_id}/"
    tell(list(accounts.values_list("pk", flat=True)), "kit_forked", source=f"kit_forked:{kit.pk}", params=params, link=link, now=now)


def _acknowledge(kit: Kit, now: datetime) -> dict[str, Any]:
    """What the centre has of the kit in a row, signed by the centre; the kit keeps it."""
    found = standing_of(kit)
    head = KitBlock.objects.filter(kit=kit, digest=found.head).first() if found.head else None
    body = {
        "kit": str(kit.uuid),
        "height": head.height if head else 0,
        "digest": head.digest if head else "",
        "waiting": found.waiting,
        "forked": bool(found.forks),
        "at": int(now.timestamp()),
    }
    return {**body, "signature": sign(canonical(body).encode(), kit.manifest["centre_key_version"])}


class FileReceived(NamedTuple):
    """What a file from a stick brought, and whether it was whole."""

    kits: tuple[Kit, ...]
    new: int
    known: int
    is_whole: bool
    acknowledgements: tuple[Mapping[str, Any], ...]


def receive_file(text: str, *, actor: Actor, now: datetime) -> FileReceived:
    """Every parcel of the file is taken in, a parcel a transaction; a file that breaks off gives what it holds and is told as not whole."""
    require(actor, RECEIVE)
    kits: dict[int, Kit] = {}
    done, is_whole, acknowledgements = [0, 0], False, dict[str, Mapping[str, Any]]()
    for line in text.splitlines():
        told = _parsed(line)
        if told is None:
            break
        if "end" in told or "xingtan_kit" in told:
            is_whole = "end" in told
            continue
        got = receive(told, how=How.STICK, actor=actor, now=now)
        kit = Kit.everywhere.get(uuid=told["kit"])
        kits[kit.pk], acknowledgements[str(kit.uuid)] = kit, got.acknowledgement
        done = [done[0] + got.new, done[1] + got.known]
    if not kits:
        raise Refused("kit_file_unreadable")
    return FileReceived(tuple(kits.values()), done[0], done[1], is_whole, tuple(acknowledgements.values()))


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


@atomic
def decide_fork(*, actor: Actor, kit_id: int, previous: str, chosen: Collection[str], reason: str, now: datetime) -> ForkDecision:
    """Of the ways in which the kit's chain goes on behind this block the chosen ones stand, and hours follow; nothing that arrived is lost."""
    require(actor, DECIDE_FORK)
    kit = _held(actor, kit_id)
    fork = next((one for one in forks_of(kit) if one.fork.previous == previous), None)
    if fork is None:
        raise NotInScope("fork")
    if not chosen or not set(chosen) <= set(fork.fork.ways):
        raise Refused("fork_needs_a_way")
    if not reason.strip():
        raise Refused("fork_needs_reason")
    made = ForkDecision.objects.create(
        kit=kit, previous=previous, chosen=sorted(set(chosen)), reason=reason.strip(), at=now, account_id=actor.account_id
    )
    count_anew(people_of(kit), now)
    keep_quizzes(kit, now)
    record(actor, "kits.fork_decided", SUBJECT, [kit.pk], now=now, detail={"height": fork.fork.height, "ways": len(set(chosen))})
    return made


@atomic
def withdraw_kit(*, actor: Actor, kit_id: int, reason: str, now: datetime) -> Kit:
    """Nothing more is taken from the kit (lost, broken, replaced); what it delivered stays."""
    require(actor, MAKE_KIT)
    kit = _held(actor, kit_id)
    if not reason.strip():
        raise Refused("kit_withdraw_needs_reason")
    if kit.state != KitState.WITHDRAWN:
        kit.state, kit.withdrawn_at, kit.reason = KitState.WITHDRAWN, now, reason.strip()
        kit.save(update_fields=["state", "withdrawn_at", "reason"])
        record(actor, "kits.withdrawn", SUBJECT, [kit.pk], now=now)
    return kit


def _held(actor: Actor, kit_id: int) -> Kit:
    rows = Kit.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=kit_id)
    kit = rows.select_related("group__training_year__pack").first()
    if kit is None:
        raise NotInScope("kit")
    return kit


def count_members(group_id: int, now: datetime) -> int:
    """The hours of everyone in the group are counted anew (its end or its times changed)."""
    kits = Kit.everywhere.filter(group_id=group_id)
    ids = set(GroupMember.objects.filter(group_id=group_id).values_list("teacher_id", flat=True))
    ids |= {pk for kit in kits for pk in people_of(kit)}
    return count_anew(ids, now) if ids else 0
