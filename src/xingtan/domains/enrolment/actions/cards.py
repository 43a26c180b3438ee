"""Learning cards: made with a registration, or issued first and activated by their holders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.core.policy import EntryStep
from xingtan.domains.enrolment import access, rules
from xingtan.domains.enrolment.around import YearRules, year_rules
from xingtan.domains.enrolment.models import CourseSelection, LearningCard
from xingtan.domains.enrolment.states import Refusal, State
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.tree import counties_of

from .holding import move, refuse
from .numbering import hold_series, next_numbers


def make_cards(selections: Sequence[CourseSelection], year: int, now: datetime) -> int:
    """Each registered teacher has an active card for the year; who has one keeps it. Registration in bulk binds the card to its person."""
    wanted = [
        LearningCard(
            teacher_id=one.teacher_id, training_year_id=one.training_year_id, school_id=one.school_id,
            hours_centi=one.hours_centi, issued_at=now, activated_at=now,
        )
        for one in selections
    ]  # fmt: skip
    made = _issue(wanted, year)
    accounts = {one.teacher_id: one.teacher.account_id for one in selections}
    tell([accounts[card.teacher_id] for card in made], "card_issued", source=f"card:{year}", params={}, link="/my/study/", now=now)
    return len(made)


def _issue(cards: Sequence[LearningCard], year: int) -> list[LearningCard]:
    """Those of the cards whose teacher had none are kept, numbered without a gap per county and year."""
    if not cards:
        return []
    answers = counties_of(card.school_id for card in cards)
    prefixes = hold_series(year, set(answers.values()))
    held = LearningCard.everywhere.filter(
        teacher_id__in=[card.teacher_id for card in cards], training_year_id=cards[0].training_year_id, voided_at=None
    )
    known = set(held.values_list("teacher_id", flat=True))
    fresh = [card for card in cards if card.teacher_id not in known]
    for county_id, prefix in prefixes.items():
        own = [card for card in fresh if answers[card.school_id] == county_id]
        for card, number in zip(own, next_numbers(prefix, len(own)), strict=True):
            card.number = number
    made: list[LearningCard] = LearningCard.everywhere.bulk_create(fresh)
    return made


@atomic
def issue_cards(*, actor: Actor, training_year_id: int, teacher_ids: Iterable[int], now: datetime) -> int:
    """Each teacher has a card that waits to be activated; answers how many are new. Only where the policy puts the card first (S1)."""
    require(actor, access.ISSUE_CARDS)
    year = year_rules(policies.year_by_id(actor, training_year_id))
    if rules.registers_in_bulk(year.policy.entry) or EntryStep.CARD not in year.policy.entry.order:
        raise Refused(Refusal.CARD_AFTER_REGISTRATION)
    wanted = set(teacher_ids)
    found = list(teachers.teachers_in(actor.scope).filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotInScope
    made = _issue([_card(one, year, now) for one in found], year.year.year)
    if made:
        record(actor, "enrolment.cards_issued", "learning_card", [card.pk for card in made], now=now)
    return len(made)


def _card(teacher: teachers.Teacher, year: YearRules, now: datetime) -> LearningCard:
    first_year = year.first_year(teacher.hired_on)
    required = year.required(year.default_item(first_year=first_year), first_year=first_year)
    return LearningCard(
        teacher=teacher, training_year=year.year, school_id=teacher.school_id, hours_centi=sum(required.values()), issued_at=now
    )


@atomic
def activate_card(*, actor: Actor, number: str, now: datetime) -> LearningCard:
    """The teacher's own card is active, and where the card comes first its holder is registered with it; twice is once."""
    require(actor, access.CHOOSE)
    typed = "".join(number.split())
    if not rules.is_card_number(typed):
        raise Refused(Refusal.CARD_NUMBER_WRONG)
    held = LearningCard.everywhere.select_for_update(of=("self",)).filter(number=typed, teacher_id=actor.teacher_id or 0)
    card: LearningCard | None = held.select_related("training_year__pack").first()
    if card is None:
        raise Refused(Refusal.CARD_NOT_YOURS)
    refuse(rules.refuse_card(is_void=card.voided_at is not None, expires_on=card.expires_on, day=local_day(now)))
    if card.activated_at is None:
        card.activated_at = now
        card.save(update_fields=["activated_at"])
        _register_with(card, now)
        record(actor, "enrolment.card_activated", "learning_card", [card.pk], now=now)
        emit("enrolment.card_activated", {"numbers": [card.number]}, now=now)
    return card


def _register_with(card: LearningCard, now: datetime) -> None:
    entry = year_rules(card.training_year).policy.entry
    if rules.registers_in_bulk(entry) or EntryStep.REGISTRATION not in entry.order:
        return
    needed = State.PAID if EntryStep.PAYMENT in entry.before(EntryStep.REGISTRATION) else State.CONFIRMED
    found = CourseSelection.everywhere.select_for_update().filter(teacher_id=card.teacher_id, training_year_id=card.training_year_id)
    waiting = list(found.filter(state=needed))
    if waiting:
        move(waiting, State.REGISTERED, registered_at=now)
        emit("enrolment.registered", {"selections": [one.pk for one in waiting], "year": card.training_year_id}, now=now)
