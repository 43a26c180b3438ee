"""The reason tree of a year: what is met, what is lacking, what waits for somebody else."""

from __future__ import annotations

from collections.abc import Mapping

from xingtan.core.determination.facts import YearFacts
from xingtan.core.determination.findings import Node, NodeCode, NodeState
from xingtan.core.determination.rules import Rules
from xingtan.core.policy import Component, DecisionRow
from xingtan.core.verdicts import Verdict

Numbers = Mapping[str, int]
EXAM_ROUTE = 3
_WORK = {"assignments": NodeCode.ASSIGNMENTS, "work_products": NodeCode.WORK_PRODUCTS}


def tree_of(rules: Rules, facts: YearFacts, row: DecisionRow, numbers: Numbers) -> Node:
    """The year's node: its components with their parts and work, work that no component shows, the procedure, the exam or the leave."""
    required, recognised = numbers["required"], numbers["recognised"]
    if facts.leave_ground is not None:
        leave = Node(NodeCode.LEAVE, facts.leave_ground, NodeState.MET, 0, 0)
        return Node(NodeCode.YEAR, "", NodeState.WAITING, recognised, required, (leave,))
    components = rules.policy.components
    children = [_component(one, numbers) for one in components]
    shown = {work for one in components for work in one.work}
    children += [node for work in _WORK if work not in shown and (node := _work(work, numbers))]
    verified = numbers["verified"]
    if recognised:
        children.append(Node(NodeCode.PROCEDURE, "", NodeState.WAITING if verified < recognised else NodeState.MET, verified, recognised))
    if row.route == EXAM_ROUTE or numbers.get("exam_taken"):
        children.append(_exam(row, numbers))
    state = NodeState.MET if row.verdict is Verdict.QUALIFIED else _worst([child.state for child in children])
    return Node(NodeCode.YEAR, "", state, recognised, required, tuple(children))


def _component(one: Component, numbers: Numbers) -> Node:
    code = one.code
    children = [
        Node(
            NodeCode.PART,
            part.code,
            NodeState.LACKING if numbers[f"{code}_{part.code}_short"] else NodeState.MET,
            numbers[f"{code}_{part.code}_learned"],
            part.minimum_centi,
        )
        for part in one.parts
    ]
    children += [node for work in one.work if (node := _work(work, numbers))]
    own = NodeState.LACKING if numbers[f"{code}_short"] else NodeState.MET
    state = own if own is NodeState.LACKING else _worst([own, *[child.state for child in children]])
    return Node(NodeCode.COMPONENT, code, state, numbers[f"{code}_recognised"], numbers[f"{code}_required"], tuple(children))


def _work(work: str, numbers: Numbers) -> Node | None:
    """The node of assignments or work products; None when none is required."""
    required, short = numbers[f"{work}_required"], numbers[f"{work}_short"]
    if not required:
        return None
    state = NodeState.MET
    if short:
        state = NodeState.WAITING if numbers[f"{work}_waiting"] >= short else NodeState.LACKING
    return Node(_WORK[work], "", state, numbers[f"{work}_passed"], required)


def _exam(row: DecisionRow, numbers: Numbers) -> Node:
    state = NodeState.MET if row.verdict is Verdict.QUALIFIED else NodeState.LACKING
    return Node(NodeCode.EXAM, "", state, numbers.get("exam_score", 0) // 100, numbers.get("exam_pass_score", 0) // 100)


def _worst(states: list[NodeState]) -> NodeState:
    if NodeState.LACKING in states:
        return NodeState.LACKING
    return NodeState.WAITING if NodeState.WAITING in states else NodeState.MET
