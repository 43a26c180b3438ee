"""An office's decision on concerns of one kind: it stands, it does not count, or the teacher is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.anomalies.access import DECIDE
from xingtan.domains.anomalies.frames import seconds_of
from xingtan.domains.anomalies.models import Aside, Case, Concern, Deed, Trace
from xingtan.domains.anomalies.queries import aside_elsewhere, limits, office_above
from xingtan.domains.anomalies.rules import refuse_act, refuse_early, refuse_reason
from xingtan.domains.anomalies.states import ASIDE, MOVES, OPEN, TELLING, Act, State
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

LINK = "/my/questions/%s/"


class Decision(NamedTuple):
    """What is decided, why, in which words; `trace_ids` names the evidence whose units and days do not count (none: all of it)."""

    act: Act
    reason: str = ""
    words: str = ""
    trace_ids: frozenset[int] = frozenset()


@atomic
def decide(*, actor: Actor, concern_ids: Collection[int], decision: Decision, now: datetime) -> int:
    """The concerns stand as decided, learned time is set aside or given back accordingly, and the teachers are told; answers how many moved.

    All or none. A concern that stands so already is left as it is. `Refused` for mixed kinds, a closed year, a teacher who may still answer.
    """
    require(actor, DECIDE)
    held = locked(actor, concern_ids)
    waiting = [one for one in held if not _stands_so(one, decision.act)]
    teachers.refuse_own(actor, [one.teacher_id for one in waiting])
    _refuse(waiting, decision, now)
    asides = _asides(waiting, decision) if decision.act is Act.SET_ASIDE else {}
    for one in waiting:
        was_aside, was_told = State(one.state) in ASIDE, one.is_told
        _change(actor, one, decision, now)
        if was_aside or asides:
            put_aside(one, asides.get(one.pk, {}), now)
        note(actor, one, decision.act, now, reason=decision.reason, words=decision.words, seconds=sum(asides.get(one.pk, {}).values()))
        if was_told or one.is_told:
            _tell(one, decision.act, sum(asides.get(one.pk, {}).values()), now)
    if waiting:
        settle(waiting, now)
        record(
            actor,
            f"anomalies.{decision.act.value}",
            "anomaly_concern",
            [one.pk for one in waiting],
            now=now,
            detail={"reason": decision.reason},
        )
    return len(waiting)


def locked(actor: Actor, concern_ids: Collection[int]) -> list[Concern]:
    """These concerns of the actor's branch; nobody decides on any concern of their teachers until this transaction ends."""
    wanted = set(concern_ids)
    if not wanted:
        raise Refused("anomaly_nothing_ticked")
    inside = Concern.objects.within(actor.scope).filter(pk__in=wanted)
    people = set(inside.values_list("teacher_id", flat=True))
    list(Concern.everywhere.select_for_update(of=("self",)).filter(teacher_id__in=people).order_by("pk").values_list("pk", flat=True))
    held = list(inside.select_related("case__training_year", "teacher").order_by("pk"))
    if len(held) != len(wanted):
        raise NotInScope
    return held


def _stands_so(one: Concern, act: Act) -> bool:
    return (one.state, act) in {(State.STANDS, Act.LET_STAND), (State.SET_ASIDE, Act.SET_ASIDE)}


def _refuse(concerns: Sequence[Concern], decision: Decision, now: datetime) -> None:
    if len({one.case.kind for one in concerns}) > 1:
        raise Refused("anomaly_kinds_mixed")
    if why := refuse_reason(decision.act, decision.reason, decision.words):
        raise Refused(why)
    for one in concerns:
        state = State(one.state)
        if why := refuse_act(state, decision.act) or refuse_early(state, decision.act, decision.reason, one.due_on, local_day(now)):
            raise Refused(why, due=one.due_on)
        if decision.act is Act.SET_ASIDE or state in ASIDE:
            refuse_closed(one)


def refuse_closed(one: Concern) -> None:
    """Nothing changed; raises `Refused` with the way that remains when the year is closed."""
    if one.case.training_year.state == policies.YearState.CLOSED:
        raise Refused("anomaly_year_closed", year=one.case.training_year.year)


def _asides(concerns: Sequence[Concern], decision: Decision) -> dict[int, dict[tuple[int, date], int]]:
    """For each concern the seconds by unit and day: what was counted, less what other decisions have set aside already."""
    keys, people = _named(concerns, decision), {one.pk: one.teacher_id for one in concerns}
    counted = seconds_of({(people[pk], *key) for pk, own in keys.items() for key in own})
    left = Counter(counted) - Counter(aside_elsewhere(concerns))
    found: dict[int, dict[tuple[int, date], int]] = {}
    for pk, own in keys.items():
        found[pk] = {key: left.pop((people[pk], *key)) for key in sorted(own) if (people[pk], *key) in left}  # never for two cases
    empty = sum(not found.get(pk) for pk in people)
    if empty:
        raise Refused("anomaly_nothing_to_set_aside", count=empty)
    return found


def _named(concerns: Sequence[Concern], decision: Decision) -> dict[int, set[tuple[int, date]]]:
    """The units and days of each concern's evidence, or of the evidence that the decision names."""
    rows = Trace.objects.filter(concern__in=[one.pk for one in concerns], unit__isnull=False)
    if decision.trace_ids:
        rows = rows.filter(pk__in=decision.trace_ids)
    keys: dict[int, set[tuple[int, date]]] = defaultdict(set)
    for concern_id, unit_id, on in rows.order_by("pk").values_list("concern_id", "unit_id", "local_on"):
        keys[concern_id].add((unit_id, on))
    return keys


def _change(actor: Actor, one: Concern, decision: Decision, now: datetime) -> None:
    rules, act = limits(), decision.act
    one.state = MOVES[State(one.state)][act].value
    one.is_told = one.is_told or act in TELLING
    if act is Act.ASK:
        one.question, one.due_on = decision.words.strip(), local_day(now) + timedelta(days=rules.statement_days)
    else:
        one.reason_code, one.answer = decision.reason, decision.words.strip()
        one.decided_by_id, one.decided_for_id = actor.account_id, actor.organisation_id
        one.due_on = local_day(now) + timedelta(days=rules.appeal_days) if act is Act.SET_ASIDE else None
        one.appeal_to = office_above(actor.organisation_id) if act is Act.SET_ASIDE and actor.organisation_id else None
    one.changed_at = now
    one.save()


def put_aside(one: Concern, seconds: dict[tuple[int, date], int], now: datetime) -> None:
    """Of this concern exactly these seconds of units and days are set aside, none where it is empty, and the hallway knows the figures."""
    rows = {(row.unit_id, row.local_on): row for row in Aside.objects.filter(concern=one)}
    for unit_id, on in seconds:
        rows.setdefault((unit_id, on), Aside(concern=one, unit_id=unit_id, local_on=on))
    for key, row in rows.items():
        row.seconds = seconds.get(key, 0)
        row.save()
    totals, last = Counter[int](), dict[int, date]()
    for (unit_id, on), row in rows.items():
        totals[unit_id] += row.seconds
        last[unit_id] = max(last.get(unit_id, on), on)
    source = f"anomaly:{one.case.public_id}"
    shares = [learning.Share(one.teacher_id, unit_id, source, -totals[unit_id], last[unit_id]) for unit_id in sorted(last)]
    learning.put_shares(shares, now)


def note(actor: Actor, one: Concern, act: Act, now: datetime, *, reason: str = "", words: str = "", seconds: int = 0) -> None:  # noqa: PLR0913 -- a deed is these facts
    """The act stands in the trail."""
    Deed.objects.create(
        concern=one, act=act.value, state=one.state, at=now, account_id=actor.account_id, organisation_id=actor.organisation_id,
        reason_code=reason, words=words.strip(), seconds=seconds,
    )  # fmt: skip


def settle(concerns: Iterable[Concern], now: datetime) -> None:
    """Their cases are open exactly while somebody still has to do something."""
    ids = {one.case_id for one in concerns}
    still = set(Concern.everywhere.filter(case__in=ids, state__in=[s.value for s in OPEN]).values_list("case_id", flat=True))
    Case.everywhere.filter(pk__in=still).update(is_open=True, changed_at=now)
    Case.everywhere.filter(pk__in=ids - still).update(is_open=False, changed_at=now)


def _tell(one: Concern, act: Act, seconds: int, now: datetime) -> None:
    codes = {Act.ASK: "anomaly_asked", Act.SET_ASIDE: "anomaly_set_aside", Act.LET_STAND: "anomaly_stands"}
    tell_teacher(one, codes[act], now, seconds=seconds)


def tell_teacher(one: Concern, code: str, now: datetime, *, seconds: int = 0) -> None:
    """The teacher has the message, with the days it is about and the page where all of it stands."""
    params = {
        "first": one.case.first_on.isoformat(),
        "last": one.case.last_on.isoformat(),
        "due": one.due_on.isoformat() if one.due_on else "",
        "minutes": -(-seconds // 60),
    }
    source = f"{code}:{one.pk}:{int(now.timestamp())}"
    tell([one.teacher.account_id], code, source=source, params=params, link=LINK % one.case.public_id, now=now)
