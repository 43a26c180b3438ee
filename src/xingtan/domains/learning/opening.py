"""A player is opened: what it may count is decided and signed, and who opened it from where is kept."""

from __future__ import annotations

import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from xingtan.core.learned_time import BeatRules
from xingtan.domains.courses import api as courses
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.keys import store
from xingtan.foundation.people.roles import Actor, require

from .access import STUDY
from .models import Opening
from .study import StudyCourse
from .tokens import Claims, player_token

if TYPE_CHECKING:
    from xingtan.core.policy.parts import LearnedTime
    from xingtan.domains.courses.models import Unit


class Came(NamedTuple):
    """From where a player was opened: the browser's random mark, the network address (kept only as a keyed hash), the kit or ""."""

    device: str = ""
    address: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """An opening: its token, what the token claims, and the policy's words about time on line."""

    token: str
    claims: Claims
    policy: LearnedTime


def length_of(unit: Unit, policy: LearnedTime) -> int:
    """Most seconds that one viewing counts: of a film or document its length, of an exercise so many for each of its questions.

    A document that does not say how long it is takes as long as its pages do by the policy.
    """
    if unit.kind == courses.UnitKind.QUIZ:
        return len(unit.body.get("questions", ())) * policy.question_s
    return unit.length_s or unit.page_count * policy.page_s


def rules_of(unit: Unit, policy: LearnedTime) -> BeatRules:
    """What the fold is told about beats of this unit; everything but a film is a unit of effort."""
    return policy.beat_rules(is_effort=unit.kind != courses.UnitKind.VIDEO)


@atomic
def open_player(*, actor: Actor, course: StudyCourse, unit: Unit, came: Came, now: datetime) -> Opened:
    """The actor's player of the unit is open: its rules are those of the course's year, and stay so for this opening; raises `Refused`."""
    require(actor, STUDY)
    if course.why:
        raise course.why
    policy = policies.policy_of(course.offer.project.training_year).learned_time
    rules, length_s, now_s = rules_of(unit, policy), length_of(unit, policy), int(now.timestamp())
    teacher = teachers.teachers_by_id([actor.teacher_id or 0])[actor.teacher_id or 0]
    token, claims = player_token(teacher_id=teacher.pk, unit_id=unit.pk, length_s=length_s, now_s=now_s, rules=rules)
    Opening.everywhere.create(
        session=claims.session,
        teacher_id=teacher.pk,
        school_id=teacher.school_id,
        unit_id=unit.pk,
        opened_at=now_s,
        length_s=length_s,
        rules=list(rules),
        device=came.device,
        address_key=address_key(came.address),
        origin=came.origin,
    )
    return Opened(token, claims, policy)


def address_key(address: str) -> str:
    """A keyed hash of the network address, by which an equal one is found and which tells nothing else; of a sixth-version one, of its network."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return ""
    whole = read if read.version == 4 else ipaddress.ip_network((int(read) >> 64 << 64, 64))
    return hmac.digest(store.ring("index")[1], f"opening.address\0{whole}".encode(), "sha256").hex()[:32]
