"""A teacher's record of a year: four amounts, every hour down to its evidence, the verdict with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.core.determination import Node, Reason
from xingtan.core.policy import Policy
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room

from .http import Request
from .operations import either, reads
from .shapes import TeacherRef, YearQuery, teacher_ref, year_named
from .teachers import teacher_seen

router = Router(tags=["records"])


class AmountOut(Schema):
    """Hundredths of an hour; verified ≤ recognised ≤ learned, and recognised ≤ required."""

    required_centi: int
    learned_centi: int
    recognised_centi: int
    entered_centi: int
    verified_centi: int
    surplus_centi: int
    remaining_centi: int


class StepOut(Schema):
    """One step in the life of an entry; without `at` it is still to come."""

    step: str
    at: datetime | None
    office: str
    person: str
    is_returned: bool
    reason_code: str
    reason: str


class EntryOut(Schema):
    """A line of the ledger with its state and chain."""

    id: str
    state: credits_room.State
    learned_centi: int
    recognised_centi: int
    entered_at: datetime
    chain: list[StepOut]


class ActivityOut(Schema):
    """What was studied or done, and the entries that stand for it."""

    evidence: str | None
    title: str
    title_en: str
    provider: str
    happened_on: date
    component: str
    kind: str
    learned_centi: int
    recognised_centi: int
    entries: list[EntryOut]


class ReasonOut(Schema):
    """A reason as a code with its numbers, and as a sentence."""

    code: str
    params: dict[str, int | str]
    sentence: str


class NodeOut(Schema):
    """A node of the reason tree; numbers are hundredths of hours, or counts for work."""

    code: str
    subject: str
    state: str
    have: int
    need: int
    children: list[NodeOut]


class VerdictOut(Schema):
    """The verdict of the year from the facts of this moment."""

    verdict: Verdict
    word: str
    route: int = Field(description="1 to 4; 0 when no route decided")
    clause: str
    required_centi: int
    recognised_centi: int
    verified_centi: int
    reasons: list[ReasonOut]
    tree: NodeOut


class FinalOut(Schema):
    """The verdict as the branch determined it last; final once examined."""

    verdict: Verdict
    determined_at: datetime
    examined_at: datetime | None


class CycleOut(Schema):
    """The verdict of the cycle as far as its years are known."""

    verdict: Verdict
    word: str
    required_centi: int
    credited_centi: int
    reasons: list[ReasonOut]


class RecordOut(Schema):
    """Everything that a record shows."""

    teacher: TeacherRef
    year: int
    item: int | None
    total: AmountOut
    components: dict[str, AmountOut]
    activities: list[ActivityOut]
    verdict: VerdictOut
    determination: FinalOut | None
    cycle: CycleOut


@reads(router, "/{teacher}", "records_get", RecordOut, permission=either(credits_room.SEE_RECORD, credits_room.SEE_OWN_RECORD))
def records_get(request: Request, teacher: str, wanted: Query[YearQuery]) -> RecordOut:
    """The record of a teacher of the branch, or one's own."""
    seen = teacher_seen(request.actor, teacher)
    record = determination_room.record_of(seen.pk, year_named(request.actor, wanted.year).pk, request.today)
    return RecordOut(
        teacher=teacher_ref(record.teacher),
        year=record.training_year.year,
        item=record.item,
        total=_amount(record.amounts.total),
        components={code: _amount(one) for code, one in record.amounts.by_component.items()},
        activities=[_activity(row) for section in record.sections for row in section.rows],
        verdict=_verdict(record),
        determination=_final(record.determination),
        cycle=_cycle(record),
    )


def _amount(one: credits_room.Amount) -> AmountOut:
    return AmountOut(**{f"{name}_centi": value for name, value in one._asdict().items()}, remaining_centi=one.remaining)


def _activity(row: determination_room.Row) -> ActivityOut:
    return ActivityOut(
        evidence=row.evidence.public_id if row.evidence else None,
        title=row.title,
        title_en=row.title_en,
        provider=row.provider,
        happened_on=row.on,
        component=row.component,
        kind=str(row.kind),
        learned_centi=row.learned_centi,
        recognised_centi=row.recognised_centi,
        entries=[_entry(view) for view in row.entries],
    )


def _entry(view: determination_room.EntryView) -> EntryOut:
    names = ("step", "at", "office", "person", "is_returned", "reason_code", "reason")
    return EntryOut(
        id=view.entry.public_id,
        state=view.state,
        learned_centi=view.entry.learned_centi,
        recognised_centi=view.entry.recognised_centi,
        entered_at=view.entry.entered_at,
        chain=[StepOut(**{name: getattr(step, name) for name in names}) for step in view.chain],
    )


def reasons_out(policy: Policy, reasons: Sequence[tuple[str, Mapping[str, int | str]]]) -> list[ReasonOut]:
    """The reasons in the words of the request's language."""
    return [
        ReasonOut(code=code, params=dict(params), sentence=determination_room.reason_sentence(policy, code, params))
        for code, params in reasons
    ]


def _pairs(reasons: Sequence[Reason]) -> list[tuple[str, Mapping[str, int | str]]]:
    return [(reason.code.value, reason.params) for reason in reasons]


def _node(node: Node) -> NodeOut:
    children = [_node(child) for child in node.children]
    return NodeOut(code=node.code.value, subject=node.subject, state=node.state.value, have=node.have, need=node.need, children=children)


def _verdict(record: determination_room.Record) -> VerdictOut:
    found = record.verdict
    return VerdictOut(
        verdict=found.verdict,
        word=str(determination_room.VERDICTS[found.verdict]),
        route=found.route,
        clause=found.clause,
        required_centi=found.required_centi,
        recognised_centi=found.recognised_centi,
        verified_centi=found.verified_centi,
        reasons=reasons_out(record.policy, _pairs(found.reasons)),
        tree=_node(found.tree),
    )


def _final(found: determination_room.Determination | None) -> FinalOut | None:
    if found is None:
        return None
    return FinalOut(verdict=Verdict(found.verdict), determined_at=found.determined_at, examined_at=found.examined_at)


def _cycle(record: determination_room.Record) -> CycleOut:
    found = record.cycle
    return CycleOut(
        verdict=found.verdict,
        word=str(determination_room.VERDICTS[found.verdict]),
        required_centi=found.required_centi,
        credited_centi=found.credited_centi,
        reasons=reasons_out(record.policy, _pairs(found.reasons)),
    )
