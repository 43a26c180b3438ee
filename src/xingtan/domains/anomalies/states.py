"""What can look wrong, and the way of a finding: which act leads from which state to which."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What looks wrong."""

    SHARED_DEVICE = "shared_device"
    AROUND_CLOCK = "around_clock"
    ONE_ADDRESS = "one_address"
    FAST_ANSWERS = "fast_answers"
    REFUSED_BEATS = "refused_beats"
    PROVIDER_RECORDS = "provider_records"
    TWO_PLACES = "two_places"


class Sureness(StrEnum):
    """How sure it is that something is wrong; a person decides in any case."""

    WEAK = "weak"
    LIKELY = "likely"
    STRONG = "strong"


class State(StrEnum):
    """Where a finding about one teacher stands."""

    FOUND = "found"
    ASKED = "asked"
    ANSWERED = "answered"
    STANDS = "stands"
    SET_ASIDE = "set_aside"
    APPEALED = "appealed"
    LIFTED = "lifted"
    CONFIRMED = "confirmed"


class Act(StrEnum):
    """A step in the life of a finding."""

    FOUND = "found"
    ASK = "ask"
    ANSWER = "answer"
    LET_STAND = "let_stand"
    SET_ASIDE = "set_aside"
    APPEAL = "appeal"
    ACCEPT = "accept"
    REJECT = "reject"


class By(StrEnum):
    """Who does an act: the office of the branch, the teacher, or the office to which the appeal went."""

    OFFICE = "office"
    TEACHER = "teacher"
    HIGHER = "higher"


class Reason(StrEnum):
    """Why an office decided; `other` needs words."""

    SHARED_ROOM = "shared_room"
    EXPLAINED = "explained"
    TECHNICAL = "technical"
    NOT_ENOUGH = "not_enough"
    BY_OTHERS = "by_others"
    BY_MACHINE = "by_machine"
    IMPOSSIBLE = "impossible"
    NO_STATEMENT = "no_statement"
    OTHER = "other"


MOVES: dict[State, dict[Act, State]] = {
    State.FOUND: {Act.ASK: State.ASKED, Act.LET_STAND: State.STANDS, Act.SET_ASIDE: State.SET_ASIDE},
    State.ASKED: {Act.ANSWER: State.ANSWERED, Act.LET_STAND: State.STANDS, Act.SET_ASIDE: State.SET_ASIDE},
    State.ANSWERED: {Act.ASK: State.ASKED, Act.LET_STAND: State.STANDS, Act.SET_ASIDE: State.SET_ASIDE},
    State.STANDS: {},
    State.SET_ASIDE: {Act.LET_STAND: State.STANDS, Act.APPEAL: State.APPEALED},
    State.APPEALED: {Act.ACCEPT: State.LIFTED, Act.REJECT: State.CONFIRMED},
    State.LIFTED: {},
    State.CONFIRMED: {},
}
WHO: dict[Act, By] = {
    Act.ASK: By.OFFICE,
    Act.LET_STAND: By.OFFICE,
    Act.SET_ASIDE: By.OFFICE,
    Act.ANSWER: By.TEACHER,
    Act.APPEAL: By.TEACHER,
    Act.ACCEPT: By.HIGHER,
    Act.REJECT: By.HIGHER,
}
ASIDE = frozenset({State.SET_ASIDE, State.APPEALED, State.CONFIRMED})
"""States in which seconds are set aside."""
OPEN = frozenset({State.FOUND, State.ASKED, State.ANSWERED, State.APPEALED})
"""States in which somebody still has to do something."""
TELLING = frozenset({Act.ASK, Act.SET_ASIDE})
"""Acts by which the teacher, and the school, come to know: a finding that nobody has looked at is told to no one."""
REASONS: dict[Act, tuple[Reason, ...]] = {
    Act.LET_STAND: (Reason.SHARED_ROOM, Reason.EXPLAINED, Reason.TECHNICAL, Reason.NOT_ENOUGH, Reason.OTHER),
    Act.SET_ASIDE: (Reason.BY_OTHERS, Reason.BY_MACHINE, Reason.IMPOSSIBLE, Reason.NO_STATEMENT, Reason.OTHER),
}
