"""How a year's verdict came about: a tree from the verdict by way of clause and component to each activity, with its numbers; and what would help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import get_language

from xingtan.core.determination import Node, NodeCode, NodeState
from xingtan.core.determination.facts import OFFSET
from xingtan.core.determination.reasons import score
from xingtan.core.determination.remedies import Outlook, outlook
from xingtan.core.determination.steps import StepKind
from xingtan.core.determination.walk import rows_tried
from xingtan.core.policy import Policy, Rule, Words
from xingtan.core.policy.counting import Bucket
from xingtan.core.policy.slots import Kind, bucket_of, conversion_of
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies

from .remedy_words import amount_words
from .telling import ACTIVITY_TOLD, COUNTED_TOLD, NODE_LABELS, OTHER_TOLD, STATE_TOLD

Hours = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Explained:
    """One step of the explanation: what it is, how it stands, its numbers, the sentence, and the rule that it stands on."""

    kind: str
    code: str
    label: str
    state: str
    have: int
    need: int
    sentence: str
    rule: RuleTold
    value: str = ""
    children: tuple[Explained, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule's exact sentence, our reading of it, and the document; empty where a step needs none."""

    clause: str = ""
    reading: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A row of the decision table in words: what it asks, whether that held, the verdict that it would give, its clause."""

    verdict: str
    condition: str
    holds: bool
    numbers: tuple[str, ...]
    rule: RuleTold


@dataclass(frozen=True, slots=True)
class Explanation:
    """Verdict, tree, the rows that were tried, and what would make it qualified."""

    root: Explained
    tried: tuple[Tried, ...]
    outlook: Outlook
    sentences: tuple[str, ...] = field(default=())


def explanation_of(record: determination_room.Record, hours: Hours) -> Explanation:
    """The explanation of the record's verdict, in the language of the request."""
    verdict, policy = record.verdict, record.policy
    row = policy.decide[verdict.row] if verdict.row >= 0 else None
    reasons = tuple(determination_room.reason_sentence(policy, one.code.value, one.params) for one in verdict.reasons)
    root = Explained(
        kind="verdict",
        code=verdict.verdict.value,
        label=str(NODE_LABELS["verdict"]) % {"year": record.training_year.year},
        state=verdict.tree.state.value,
        have=verdict.recognised_centi,
        need=verdict.required_centi,
        sentence=reasons[0] if reasons else "",
        rule=_told(policy, row) if row else RuleTold(),
        value=str(determination_room.VERDICTS[verdict.verdict]),
        children=(*_children(record, verdict.tree, hours), *_others(record, hours)),
    )
    return Explanation(root, tuple(_tried(record, hours)), outlook_of(record), reasons)


def outlook_of(record: determination_room.Record) -> Outlook:
    """What would help. A final verdict leaves what it demands itself (the exam) and what next year can do; so does a closed year."""
    final = record.determination is not None and record.determination.examined_at is not None
    if not final and record.training_year.state != policies.YearState.CLOSED:
        return outlook(record.policy, record.facts)
    asks_exam = record.verdict.verdict is Verdict.EXAM_REQUIRED
    return outlook(record.policy, record.facts, open_steps={StepKind.ASSESSMENT} if asks_exam else ())


def _told(policy: Policy, rule: Rule | None) -> RuleTold:
    if rule is None:
        return RuleTold()
    reading = ""
    if rule.reading:
        found = policy.reading(rule.reading)
        reading = credits_room.word_of(Words(zh=found.zh, en=found.en))
    return RuleTold(rule.clause, reading, credits_room.word_of(policy.source_of(rule).title))


def _children(record: determination_room.Record, node: Node, hours: Hours) -> Iterator[Explained]:
    for child in node.children:
        if child.code is NodeCode.COMPONENT:
            yield _component(record, child, hours)
        elif child.code is not NodeCode.PART or child.need:
            yield _plain(record, child, hours)


def _others(record: determination_room.Record, hours: Hours) -> Iterator[Explained]:
    """What fills or tests a year beside its components: offsets, hours carried over, targets, assessments that the tree does not show."""
    policy, numbers = record.policy, record.verdict.numbers
    if used := numbers.get("offset_used", 0):
        yield _amount("offset", used, numbers.get("offset_learned", 0), _told(policy, policy.offset), hours)
    if carried := numbers.get("carried", 0):
        yield _amount("carried", carried, 0, _told(policy, policy.surplus), hours)
    for target in policy.targets:
        if (short := numbers.get(f"{target.code}_short")) is not None:
            have = max(target.least_centi - short, 0)
            yield _measured(
                "target", target.code, credits_room.word_of(target.label), (have, target.least_centi), _told(policy, target), hours
            )
    for test in policy.tests:
        if test.code != NodeCode.EXAM.value and (numbers.get(f"{test.code}_taken") or numbers.get(f"{test.code}_passed")):
            have = numbers.get(f"{test.code}_score", 0)
            label = credits_room.word_of(test.label)
            yield _measured("assessment", test.code, label, (have, test.pass_score_centi), _told(policy, test), _score)


def _amount(kind: str, used: int, whole: int, rule: RuleTold, hours: Hours) -> Explained:
    """Hours that stand for others: all of them are there."""
    told = str(OTHER_TOLD[kind]) % {"used": hours(used), "whole": hours(whole)}
    return Explained(kind, "", str(NODE_LABELS[kind]), NodeState.MET.value, used, 0, told, rule, hours(used))


def _measured(kind: str, code: str, label: str, amounts: tuple[int, int], rule: RuleTold, say: Hours) -> Explained:
    """A target or an assessment: what there is against what is asked."""
    have, need = amounts
    state = NodeState.MET if have >= need else NodeState.LACKING
    return Explained(kind, code, label, state.value, have, need, _standing(state, say(have), say(need)), rule, f"{say(have)} / {say(need)}")


def _plain(record: determination_room.Record, node: Node, hours: Hours) -> Explained:
    """A part, work, an assessment, the procedure or a leave."""
    counts = node.code in (NodeCode.ASSIGNMENTS, NodeCode.WORK_PRODUCTS, NodeCode.EXAM)
    have, need = (str(node.have), str(node.need)) if counts else (hours(node.have), hours(node.need))
    return Explained(
        kind=node.code.value,
        code=node.subject,
        label=_label(record.policy, node),
        state=node.state.value,
        have=node.have,
        need=node.need,
        sentence=_standing(node.state, have, need) if node.need else "",
        rule=_rule_of(record.policy, node),
        value=f"{have} / {need}" if node.need else "",
        children=tuple(_children(record, node, hours)),
    )


def _component(record: determination_room.Record, node: Node, hours: Hours) -> Explained:
    """A component, down to its buckets where it has several, its parts and work, and each activity."""
    policy = record.policy
    own = [bucket for bucket in policy.all_buckets if bucket.component == node.subject]
    rows = [row for section in record.sections if section.component == node.subject for row in section.rows]
    leaves = [_activity(record, row, hours) for row in rows]
    if [bucket.code for bucket in own] != [node.subject]:
        pairs = [(_bucket_code(policy, row), leaf) for row, leaf in zip(rows, leaves, strict=True)]
        inner = [_bucket(record, bucket, tuple(leaf for code, leaf in pairs if code == bucket.code), hours) for bucket in own]
    else:
        inner = leaves
    return Explained(
        kind="component",
        code=node.subject,
        label=credits_room.component_word(policy, node.subject),
        state=node.state.value,
        have=node.have,
        need=node.need,
        sentence=_standing(node.state, amount_words(policy, node.have, hours), amount_words(policy, node.need, hours)),
        rule=_told(policy, policy.component(node.subject)),
        value=f"{hours(node.have)} / {hours(node.need)}",
        children=(*_children(record, node, hours), *inner),
    )


def _bucket(record: determination_room.Record, bucket: Bucket, leaves: tuple[Explained, ...], hours: Hours) -> Explained:
    numbers = record.verdict.numbers
    learned, counted = numbers.get(f"{bucket.code}_learned", 0), numbers.get(f"{bucket.code}_recognised", 0)
    need = bucket.year_floor_centi
    state = NodeState.LACKING if numbers.get(f"{bucket.code}_floor_short", 0) else NodeState.MET
    return Explained(
        kind="bucket",
        code=bucket.code,
        label=credits_room.word_of(bucket.label),
        state=state.value,
        have=counted,
        need=need,
        sentence=str(COUNTED_TOLD) % {"learned": hours(learned), "counted": hours(counted)},
        rule=_told(record.policy, bucket),
        value=f"{hours(counted)} / {hours(need)}" if need else hours(counted),
        children=leaves,
    )


def _bucket_code(policy: Policy, row: determination_room.Row) -> str:
    found = bucket_of(policy, _kind(row))
    return found.code if found else ""


def _kind(row: determination_room.Row) -> Kind:
    detail = row.evidence.detail if row.evidence else {}
    if "kind" in detail:
        return Kind(**detail["kind"])
    return Kind(row.component, topic=row.evidence.part if row.evidence else "")


def _activity(record: determination_room.Record, row: determination_room.Row, hours: Hours) -> Explained:
    """One activity: what was measured, how it became hours, what of them counts, and where its entries are."""
    policy = record.policy
    params = {
        "learned": hours(row.learned_centi),
        "counted": hours(row.recognised_centi),
        "minutes": (row.evidence.learned_s if row.evidence else 0) // 60,
        "per_hour": f"{policy.seconds_per_hour // 60}",
    }
    told = ACTIVITY_TOLD.get(str(row.kind), ACTIVITY_TOLD["other"])
    sentences = [str(told) % params]
    if row.recognised_centi != row.learned_centi:
        sentences.append(str(COUNTED_TOLD) % params)
    state = row.state
    is_done = state is credits_room.State.VERIFIED
    rule = conversion_of(policy, _kind(row)) if policy.conversions else None
    return Explained(
        kind="activity",
        code=row.evidence.public_id if row.evidence else "",
        label=row.title_en if row.title_en and (get_language() or "").startswith("en") else row.title,
        state=(
            NodeState.MET if is_done else NodeState.LACKING if row.learned_centi and not row.recognised_centi else NodeState.WAITING
        ).value,
        have=row.recognised_centi,
        need=0,
        sentence=_joined([*sentences, str(STATE_TOLD) % {"state": credits_room.STATES[state]} if state else str(ACTIVITY_TOLD["nobody"])]),
        rule=_told(policy, rule or _component_rule(policy, row.component)),
        value=hours(row.recognised_centi),
    )


def _component_rule(policy: Policy, code: str) -> Rule:
    """The component's rule, or the offset's for hours of a duty."""
    return policy.offset if policy.offset is not None and code == OFFSET else policy.component(code)


def _joined(sentences: Iterable[str]) -> str:
    """Sentences one after the other: a blank between them in English, none in Chinese."""
    return (" " if (get_language() or "").startswith("en") else "").join(sentences)


def _standing(state: NodeState, have: str, need: str) -> str:
    return str(NODE_LABELS[f"is_{state.value}"]) % {"have": have, "need": need}


def _label(policy: Policy, node: Node) -> str:
    if node.code is NodeCode.PART:
        owner = next((one.code for one in policy.components for part in one.parts if part.code == node.subject), "")
        return credits_room.part_word(policy, owner, node.subject)
    return str(determination_room.NODES[node.code.value])


def _rule_of(policy: Policy, node: Node) -> RuleTold:
    if node.code is NodeCode.PART:
        return _told(policy, next((part for one in policy.components for part in one.parts if part.code == node.subject), None))
    if node.code in (NodeCode.ASSIGNMENTS, NodeCode.WORK_PRODUCTS):
        return _told(policy, policy.work)
    if node.code is NodeCode.LEAVE:
        return _told(policy, next((one for one in policy.leave if one.code == node.subject), None))
    return RuleTold()


def _tried(record: determination_room.Record, hours: Hours) -> Iterator[Tried]:
    policy = record.policy
    names = _names(policy, get_language() or "")
    scores = {f"{one.code}_{what}" for one in policy.tests for what in ("score", "pass_score")}
    for one in rows_tried(policy, record.verdict):
        yield Tried(
            verdict=str(determination_room.VERDICTS[Verdict(one.row.verdict)]),
            condition=policies.condition_sentence(one.row.when, names),
            holds=one.holds,
            numbers=tuple(
                _number(names.get(name, policies.Name(name)), value, hours if name not in scores else _score)
                for name, value in one.numbers.items()
            ),
            rule=_told(policy, one.row),
        )


def _number(name: policies.Name, value: int, say: Hours) -> str:
    """A name of a condition with its value: a fact in words, an amount in hours, a score in points."""
    if name.kind == "flag":
        return name.yes if value else name.no
    return f"{name.label} {say(value) if name.kind in ('hours', 'score', 'score_centi') or say is _score else value}"


def _score(centi: int) -> str:
    return str(score(centi))


@lru_cache(maxsize=64)
def _names(policy: Policy, language: str) -> dict[str, policies.Name]:
    """What the names of a policy's conditions are called, in a language."""
    return policies.expression_names(policy.model_dump(mode="json", by_alias=True, exclude_none=True))
