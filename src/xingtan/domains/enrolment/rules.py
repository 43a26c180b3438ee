"""What may be chosen, confirmed, withdrawn and studied: pure decisions over plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from xingtan.core.calendar import Position, Window
from xingtan.core.policy import EntryStep, Policy, UnknownItem
from xingtan.core.policy.parts import EntryOrder
from xingtan.core.units import format_hours

from .states import MOVES, WARNINGS, Refusal, State

WORKSHOP = "workshop"
STAGES = ("kindergarten", "primary", "junior", "senior")
_CARD_RADIX = 10


@dataclass(frozen=True, slots=True)
class Why:
    """A reason against: its code, and the numbers of its sentence."""

    code: Refusal
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """True when the school may confirm all the same."""
        return self.code in WARNINGS


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What a rule needs of an offer: hours in hundredths; an empty subject or stage is open to all."""

    pk: int
    kind: str
    component: str
    hours_centi: int
    subject: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class TeacherFacts:
    """What a rule needs of a teacher."""

    stage: str
    subject: str
    related: frozenset[str] = frozenset()
    is_first_year: bool = False


def is_first_year(hired_on: date, *, study_before: date, study_opens: date) -> bool:
    """True in the year that counts as a new hire's first (reading new-hire-hours: hired once study is open, new in the next year)."""
    return study_before < hired_on <= study_opens


def refuse_item(policy: Policy, number: int, *, first_year: bool) -> Why | None:
    """Why this item may not be taken, or None (clause: 新入职教师分学段分学科岗位适应性培训; item 7 stays a gap)."""
    try:
        item = policy.item(number)
    except UnknownItem as unknown:
        return Why(Refusal.ITEM_IS_GAP if unknown.is_gap else Refusal.ITEM_UNKNOWN, {"item": number})
    if item.first_year_centi and not first_year:
        return Why(Refusal.ITEM_FOR_NEW_HIRES, {"item": number})
    if first_year and policy.new_hire_item.first_year_centi and not item.first_year_centi:
        return Why(Refusal.ITEM_OF_NEW_HIRES, {"item": policy.new_hire_item.number})
    return None


def refuse_day(window: Window, day: date) -> Why | None:
    """Why choosing or changing is not possible on this day, or None inside the window."""
    position = window.position(day)
    if position is Position.BEFORE:
        return Why(Refusal.SELECTION_NOT_OPEN, {"day": window.opens_on.isoformat()})
    return Why(Refusal.SELECTION_CLOSED, {"day": window.closes_on.isoformat()}) if position is Position.AFTER else None


def refuse_after(code: Refusal, last_day: date, day: date) -> Why | None:
    """The refusal once the last day has passed."""
    return Why(code, {"day": last_day.isoformat()}) if day > last_day else None


def refuse_workshop(offer: OfferFacts, teacher: TeacherFacts) -> Why | None:
    """Why this workshop is not one of the own or a related stage and subject, or None (B3; related stages stand next to each other)."""
    if offer.subject and offer.subject != teacher.subject and offer.subject not in teacher.related:
        return Why(Refusal.WORKSHOP_OTHER_SUBJECT, {})
    if offer.stage and offer.stage not in related_stages(teacher.stage):
        return Why(Refusal.WORKSHOP_OTHER_STAGE, {})
    return None


def related_stages(stage: str) -> frozenset[str]:
    """The stage itself and its neighbours; an unknown stage is related to itself only."""
    if stage not in STAGES:
        return frozenset({stage})
    place = STAGES.index(stage)
    return frozenset(STAGES[max(0, place - 1) : place + 2])


def sums(offers: Iterable[OfferFacts]) -> dict[str, int]:
    """Hundredths of an hour per component."""
    found: dict[str, int] = {}
    for offer in offers:
        found[offer.component] = found.get(offer.component, 0) + offer.hours_centi
    return found


def findings(
    required: Mapping[str, int], offers: Sequence[OfferFacts], teacher: TeacherFacts, *, studied: frozenset[int] = frozenset()
) -> tuple[Why, ...]:
    """Everything that stands against this choice, what blocks it first; empty when nothing does."""
    workshops = [offer for offer in offers if offer.kind == WORKSHOP]
    found = _against_hours(required, sums(offers), has_workshop=bool(workshops))
    if len(workshops) > 1:
        found.append(Why(Refusal.WORKSHOP_ONE_ONLY, {}))
    found += [why for offer in workshops if (why := refuse_workshop(offer, teacher))]
    if any(offer.pk in studied for offer in offers):
        found.append(Why(Refusal.ALREADY_STUDIED, {}))
    return tuple(sorted(found, key=lambda why: why.is_warning))


def _against_hours(required: Mapping[str, int], have: Mapping[str, int], *, has_workshop: bool) -> list[Why]:
    found: list[Why] = []
    for component, need in required.items():
        centi = have.get(component, 0)
        if component == WORKSHOP and not has_workshop:
            found.append(Why(Refusal.NO_WORKSHOP, {"hours": format_hours(need)}))
        elif centi != need:
            code = Refusal.COMPONENT_SHORT if centi < need else Refusal.COMPONENT_OVER
            found.append(Why(code, {"hours": format_hours(abs(need - centi)), "component": component}))
    return found


def refuse_offers(required: Mapping[str, int], offers: Sequence[OfferFacts], teacher: TeacherFacts) -> Why | None:
    """Why a teacher may not choose this set, or None: hours are enough, no course could be left out, one fitting workshop."""
    blocking = next((why for why in findings(required, offers, teacher) if not why.is_warning), None)
    return blocking or _superfluous(required, offers)


def _superfluous(required: Mapping[str, int], offers: Sequence[OfferFacts]) -> Why | None:
    have = sums(offers)
    for offer in offers:
        if have[offer.component] - offer.hours_centi >= required.get(offer.component, 0):
            return Why(Refusal.COURSE_SUPERFLUOUS, {"hours": format_hours(offer.hours_centi)})
    return None


def refuse_change(state: State) -> Why | None:
    """Why the teacher may not change the choice any more, or None."""
    return None if State.CHOSEN in MOVES[state] else Why(Refusal.SELECTION_CONFIRMED, {})


def refuse_move(state: State, target: State) -> Why | None:
    """Why a selection in this state may not move on, or None."""
    return None if target in MOVES[state] else Why(Refusal.SELECTION_ADVANCED, {})


def registers_in_bulk(entry: EntryOrder) -> bool:
    """True when the office registers and the card follows; False when the card comes first and its holder registers with it."""
    order = entry.order
    if EntryStep.REGISTRATION not in order:
        return False
    return EntryStep.CARD not in order or order.index(EntryStep.REGISTRATION) < order.index(EntryStep.CARD)


_STUDY_NEEDS = {
    EntryStep.SELECTION: Refusal.STUDY_NEEDS_SELECTION,
    EntryStep.CONFIRMATION: Refusal.STUDY_NEEDS_CONFIRMATION,
    EntryStep.PAYMENT: Refusal.STUDY_NEEDS_PAYMENT,
    EntryStep.REGISTRATION: Refusal.STUDY_NEEDS_REGISTRATION,
    EntryStep.CARD: Refusal.STUDY_NEEDS_CARD,
}
_REACHED = {
    EntryStep.SELECTION: frozenset({State.CHOSEN, State.CONFIRMED, State.PAID, State.REGISTERED}),
    EntryStep.CONFIRMATION: frozenset({State.CONFIRMED, State.PAID, State.REGISTERED}),
    EntryStep.PAYMENT: frozenset({State.PAID, State.REGISTERED}),
    EntryStep.REGISTRATION: frozenset({State.REGISTERED}),
}


def refuse_study(entry: EntryOrder, state: State, *, has_active_card: bool, study: Window, day: date) -> Why | None:
    """Why study is not open, or None once every step up to the one that opens it is done and the day is in the study window (D5)."""
    with_card = EntryStep.REGISTRATION in entry.order and not registers_in_bulk(entry)
    steps = (*entry.before(entry.study_opens_on), entry.study_opens_on) if entry.study_opens_on in entry.order else ()
    for step in (EntryStep.SELECTION, *(one for one in steps if one in _STUDY_NEEDS)):
        is_done = has_active_card if step is EntryStep.CARD or (step is EntryStep.REGISTRATION and with_card) else state in _REACHED[step]
        if not is_done:
            return Why(_STUDY_NEEDS[step], {})
    position = study.position(day)
    if position is Position.BEFORE:
        return Why(Refusal.STUDY_NOT_OPEN, {"day": study.opens_on.isoformat()})
    return Why(Refusal.STUDY_CLOSED, {"day": study.closes_on.isoformat()}) if position is Position.AFTER else None


def refuse_card(*, is_void: bool, expires_on: date | None, day: date) -> Why | None:
    """Why a card opens nothing, or None: it was replaced or lost, or its last day has passed."""
    if is_void:
        return Why(Refusal.CARD_VOID, {})
    return refuse_after(Refusal.CARD_EXPIRED, expires_on, day) if expires_on else None


def refuse_spent(entry: EntryOrder, drawn_centi: int, hours_centi: int, expires_on: date | None, day: date) -> Why | None:
    """Why a card that is the way in opens no more study, or None (S1 七: within the hours of the card).

    Where the office registers and the card only follows, what was chosen is what may be studied, and a used-up card shuts nothing.
    """
    if registers_in_bulk(entry):
        return None
    if drawn_centi >= hours_centi:
        return Why(Refusal.CARD_EXHAUSTED, {"hours": format_hours(hours_centi)})
    return refuse_card(is_void=False, expires_on=expires_on, day=day)


def card_number(prefix: str, sequence: int) -> str:
    """The number of a card: prefix, six digits, and a check digit (ISO 7064, MOD 11-10)."""
    body = f"{prefix}{sequence:06d}"
    return f"{body}{_check_digit(body)}"


def is_card_number(text: str) -> bool:
    """True when the last digit belongs to the others: every single mistyped digit is noticed."""
    return len(text) > 1 and text.isascii() and text.isdigit() and str(_check_digit(text[:-1])) == text[-1]


def _check_digit(body: str) -> int:
    product = _CARD_RADIX
    for digit in body:
        total = (int(digit) + product) % _CARD_RADIX or _CARD_RADIX
        product = total * 2 % (_CARD_RADIX + 1)
    return (_CARD_RADIX + 1 - product) % _CARD_RADIX
