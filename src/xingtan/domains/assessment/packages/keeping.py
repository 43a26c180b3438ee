"""Keeping what a package reports: per teacher, unit and attempt, by item, so that two devices notice each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from xingtan.domains.assessment import access
from xingtan.domains.assessment.actions import at_desk
from xingtan.domains.assessment.models import PackageState, QuizAttempt
from xingtan.domains.courses import api as courses
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .rules import MOST_ITEM_BYTES, ItemResult, Outcome, claimed_seconds, outcome_of, result_of

if TYPE_CHECKING:
    from xingtan.domains.courses.models import Unit
    from xingtan.domains.teachers.models import Teacher

KEPT = {"cmi", "state", "result", "viewed", "ended"}


def package_states(teacher_id: int, unit_id: int) -> list[PackageState]:
    """The teacher's attempts at a package, the latest first."""
    return list(PackageState.everywhere.filter(teacher_id=teacher_id, unit_id=unit_id).order_by("-attempt"))


class Report(NamedTuple):
    """What a player hands on: items of one attempt, each with the version it was built upon; `is_forced` when the person chose it."""

    attempt: int
    items: Mapping[str, Any]
    claimed_s: int = 0
    is_forced: bool = False


@atomic
def keep_items(*, actor: Actor, unit_id: int, report: Report, now: datetime) -> PackageState:
    """What the package told of these items is kept and judged; the same told twice changes nothing.

    Every item names the version it was built upon (`base`); raises `Refused("package_moved_on")` when another device has moved an item on.
    """
    teacher, unit, _offer = at_desk(actor, access.TAKE_QUIZ, unit_id, courses.UnitKind.PACKAGE, now)
    facts = (unit.package or courses.Package()).facts
    if facts["standard"] == courses.Standard.CMI5:
        raise Refused("package_reports_elsewhere")
    state = _row(teacher, unit, report.attempt, now)
    claimed_s, before = claimed_seconds(report.claimed_s), _results(facts, state)
    if _take(state, _checked(facts, report.items), is_forced=report.is_forced) or claimed_s > state.claimed_s:
        state.claimed_s = max(state.claimed_s, claimed_s)
        judge(state, unit, now)
        _report(state, before, _results(facts, state), now)
    return state


def _results(facts: Mapping[str, Any], state: PackageState) -> dict[str, ItemResult]:
    """What each item that was told of reports."""
    items = {item["key"]: item for item in facts["items"]}
    return {key: result_of(items[key], one["content"], facts["standard"]) for key, one in state.items.items()}


def _report(state: PackageState, before: Mapping[str, ItemResult], after: Mapping[str, ItemResult], now: datetime) -> None:
    """The hallway is told of every item whose result is new and says something."""
    fresh = [
        {"key": key, "version": state.items[key]["version"], **result._asdict()}
        for key, result in after.items()
        if result != before.get(key) and (result.is_complete or result.verdict is not None)
    ]
    if fresh:
        emit("assessment.package_reported", {"state": state.pk, "results": fresh, "at": now.isoformat()}, now=now)


def _row(teacher: Teacher, unit: Unit, attempt: int, now: datetime) -> PackageState:
    """The row of this attempt, locked; made when it is the first or follows the last one. Raises `Refused` for one that is over."""
    held = list(PackageState.everywhere.select_for_update(of=("self",)).filter(teacher_id=teacher.pk, unit_id=unit.pk).order_by("attempt"))
    latest = held[-1].attempt if held else 0
    if held and attempt == latest:
        return held[-1]
    if attempt != latest + 1 or (held and not held[-1].is_complete):
        raise Refused("package_moved_on")
    made = {"school_id": teacher.school_id, "began_at": now, "changed_at": now, "items": {}}
    return PackageState.everywhere.get_or_create(teacher_id=teacher.pk, unit_id=unit.pk, attempt=attempt, defaults=made)[0]


def current_row(teacher: Teacher, unit: Unit, now: datetime) -> PackageState:
    """The row of the latest attempt, locked; the first attempt's when there is none."""
    latest = PackageState.everywhere.filter(teacher_id=teacher.pk, unit_id=unit.pk).order_by("-attempt").values_list("attempt", flat=True)
    return _row(teacher, unit, latest.first() or 1, now)


@atomic
def begin_again(*, actor: Actor, unit_id: int, now: datetime) -> PackageState:
    """A fresh attempt stands when the latest is complete; otherwise the latest is the one to go on with."""
    teacher, unit, _offer = at_desk(actor, access.TAKE_QUIZ, unit_id, courses.UnitKind.PACKAGE, now)
    latest = current_row(teacher, unit, now)
    return _row(teacher, unit, latest.attempt + 1, now) if latest.is_complete else latest


def item_states(facts: Mapping[str, Any], items: Mapping[str, Any]) -> dict[str, str]:
    """Of each item that can be opened: new, begun, done, failed."""
    found = {}
    for item in facts["items"]:
        content = items.get(item["key"], {}).get("content")
        result = result_of(item, content or {}, facts["standard"])
        is_bad = result.verdict is False
        found[item["key"]] = "failed" if is_bad else "done" if result.is_complete else "begun" if content else "new"
    return {item["key"]: found[item["key"]] for item in facts["items"] if item["kind"] != "heading"}


def _checked(facts: Mapping[str, Any], items: Mapping[str, Any]) -> dict[str, tuple[int, dict[str, Any]]]:
    """Base version and content of each item; raises `Refused` for an item that the package has not, or for too much of it."""
    known = {item["key"] for item in facts["items"]}
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for key, told in items.items():
        if key not in known or not isinstance(told, dict) or not isinstance(told.get("content"), dict):
            raise Refused("package_report_unclear")
        content = {name: value for name, value in told["content"].items() if name in KEPT}
        if len(json.dumps(content)) > MOST_ITEM_BYTES:
            raise Refused("package_report_too_large")
        base = told.get("base", 0)
        found[key] = (base if isinstance(base, int) else 0, content)
    return found


def _take(state: PackageState, items: Mapping[str, tuple[int, dict[str, Any]]], *, is_forced: bool) -> bool:
    """The items stand in the row; True when something changed."""
    changed = False
    for key, (base, content) in items.items():
        held = state.items.get(key, {"version": 0, "content": None})
        if held["content"] == content:
            continue
        if held["version"] != base and not is_forced:
            raise Refused("package_moved_on")
        state.items[key] = {"version": held["version"] + 1, "content": content}
        changed = True
    return changed


def judge(state: PackageState, unit: Unit, now: datetime) -> Outcome:
    """The row says what its items amount to; a better outcome than before is an attempt that counts, and the hallway is told."""
    facts = (unit.package or courses.Package()).facts
    kept = {key: one["content"] for key, one in state.items.items()}
    outcome = outcome_of(facts["items"], kept, standard=facts["standard"], pass_score=unit.pass_score)
    before = (state.is_complete, state.is_passed, state.score)
    state.is_complete = state.is_complete or outcome.is_complete
    state.is_passed = state.is_passed or outcome.is_passed
    if outcome.is_complete and outcome.score is not None:
        state.score = max(state.score or 0, outcome.score)
    state.version += 1
    state.changed_at = now
    state.save()
    if outcome.is_complete and (state.is_complete, state.is_passed, state.score) != before:
        _tell(state, outcome, now)
    return outcome


def _tell(state: PackageState, outcome: Outcome, now: datetime) -> None:
    reached = outcome.score if outcome.score is not None else 100 * outcome.is_passed
    attempt, made = QuizAttempt.everywhere.get_or_create(
        source=f"{state.teacher_id}:{state.unit_id}:package:{state.attempt}:{state.version}",
        defaults={
            "teacher_id": state.teacher_id,
            "school_id": state.school_id,
            "unit_id": state.unit_id,
            "answers": {},
            "score": reached,
            "is_passed": outcome.is_passed,
            "handed_in_at": now,
        },
    )
    if made:
        emit("assessment.marked", {"attempts": [attempt.pk], "submissions": []}, now=now)
