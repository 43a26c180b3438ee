"""When something looks wrong, and what may be done about it: pure."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .states import MOVES, REASONS, Act, Reason, State

LEAST_WORDS = 5


class Limits(NamedTuple):
    """From where on something is shown to people. None of it decides anything; each is a reading that a site may set otherwise.

    `settings.ANOMALY_LIMITS` (environment: XINGTAN_ANOMALY_LIMITS as JSON) changes single ones by name.
    """

    device_teachers: int = 3
    """Teachers on one device in a day. Reading: two colleagues may share the office's computer, three are worth a look."""
    at_once_s: int = 120
    """Seconds that two teachers learned on one device at the same time. Reading: beats are up to two minutes apart."""
    rest_s: int = 4 * 3600
    """The shortest pause that is a night's rest. Reading: nobody goes on for days with less than four hours of it."""
    awake_s: int = 20 * 3600
    """Hours without such a rest from which on it is shown."""
    address_teachers: int = 10
    """Teachers on one address in a day who are not of the address's own school. Reading: a school shares one address, so an address from
    which at least half of the last four weeks' teachers are of one school is that school's own, and its own people do not count here."""
    address_times: int = 3
    """How many times a school's usual day on its own address is worth a look all the same."""
    characters_per_s: int = 20
    """Characters that can be read in a second. Reading: 600 a minute is fast reading, twice that is not reading."""
    answer_s: int = 1
    """Seconds that choosing and pressing takes for each question."""
    refused_beats: int = 30
    """Refused beats of one reason in a day. Reading: a bad line gives a handful, a script gives hundreds."""
    clash_s: int = 300
    """Seconds for which somebody was at two places. Reading: the clocks of a meeting and of the server differ by minutes."""
    day_most_s: int = 16 * 3600
    """Hours of meetings and study on line together that a day can hold."""
    statement_days: int = 14
    """Days within which a teacher who is asked should answer."""
    appeal_days: int = 15
    """Days within which a teacher may appeal."""


def refuse_act(state: State, act: Act) -> str:
    """Why this act is not possible from this state, or ""."""
    return "" if act in MOVES[state] else "anomaly_moved_on"


def refuse_reason(act: Act, reason: str, words: str) -> str:
    """Why the decision lacks its ground, or "": a known reason for it, and words where the reason alone says nothing."""
    if act is Act.ASK:
        return "" if len(words.strip()) >= LEAST_WORDS else "anomaly_needs_question"
    if reason not in {one.value for one in REASONS[act]}:
        return "anomaly_needs_reason"
    if act is Act.SET_ASIDE or reason == Reason.OTHER:
        return "" if len(words.strip()) >= LEAST_WORDS else "anomaly_needs_words"
    return ""


def refuse_early(state: State, act: Act, reason: str, due_on: date | None, today: date) -> str:
    """Why it is too early: who was asked has until the last day to answer, and only then can silence be a reason."""
    waits = state is State.ASKED and due_on is not None and today <= due_on
    if act is Act.SET_ASIDE and waits:
        return "anomaly_statement_awaited"
    if act is Act.SET_ASIDE and reason == Reason.NO_STATEMENT and state is not State.ASKED:
        return "anomaly_was_not_asked"
    return ""
