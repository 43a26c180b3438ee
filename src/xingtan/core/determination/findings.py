"""What a determination answers: codes and whole numbers, no sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from xingtan.core.determination.facts import PastYear, Reason
from xingtan.core.verdicts import Verdict


class NodeCode(StrEnum):
    """What a node of the reason tree stands for."""

    YEAR = "year"
    COMPONENT = "component"
    PART = "part"
    ASSIGNMENTS = "assignments"
    WORK_PRODUCTS = "work_products"
    PROCEDURE = "procedure"
    LEAVE = "leave"
    EXAM = "exam"


class NodeState(StrEnum):
    """Met, lacking something the teacher can do, or waiting for somebody else."""

    MET = "met"
    LACKING = "lacking"
    WAITING = "waiting"


class Node(NamedTuple):
    """One node of the reason tree. `subject` is the component's or part's code; numbers are hundredths of hours, or counts for work."""

    code: NodeCode
    subject: str
    state: NodeState
    have: int
    need: int
    children: tuple[Node, ...] = ()

    @property
    def short(self) -> int:
        """What is still missing; never negative."""
        return max(self.need - self.have, 0)


EMPTY = Node(NodeCode.YEAR, "", NodeState.WAITING, 0, 0)


class ComponentAmount(NamedTuple):
    """One component's amounts in hundredths of an hour; `required` is also the most that is recognised."""

    learned: int
    recognised: int
    verified: int
    required: int
    surplus: int

    @property
    def short(self) -> int:
        """Hundredths of an hour still missing."""
        return self.required - self.recognised


class Recognition(NamedTuple):
    """What the policy counts, per activity and per component; hours of a component the pack does not know count nothing and are summed."""

    by_fact: Mapping[str, int]
    by_component: Mapping[str, ComponentAmount]
    without_rule_centi: int


@dataclass(frozen=True, slots=True)
class YearVerdict:
    """The determination of one year. `route` is 1 to 4, 0 when no route decided; `row` is the decisive row of the pack's table.

    `numbers` holds every input and every intermediate value by name; the tree is made of them when it is asked for.
    """

    year: int
    verdict: Verdict
    route: int
    clause: str
    row: int
    required_centi: int
    recognised_centi: int
    verified_centi: int
    by_exam_centi: int
    reasons: tuple[Reason, ...]
    numbers: Mapping[str, int]
    carried_centi: int = 0
    credited_centi: int = 0
    made_up_in: int | None = None
    make_tree: Callable[[], Node] = field(repr=False, compare=False, default=lambda: EMPTY)

    @property
    def tree(self) -> Node:
        """What is met, what is lacking and what waits, from the year down to each part."""
        return self.make_tree()


YearStanding: TypeAlias = YearVerdict | PastYear


class CycleVerdict(NamedTuple):
    """The determination of a cycle. `credited_centi` are verified hours and hours by exam."""

    verdict: Verdict
    clause: str
    row: int
    required_centi: int
    credited_centi: int
    counts: Mapping[Verdict, int]
    reasons: tuple[Reason, ...]
    numbers: Mapping[str, int]
