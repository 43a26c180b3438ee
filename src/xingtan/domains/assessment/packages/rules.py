"""What a package's own report means: complete, passed, points of a hundred; pure, over what was kept of each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

MOST_ITEM_BYTES = 256 << 10
MOST_CLAIMED_S = 360_000


class ItemResult(NamedTuple):
    """What one item reports; `verdict` is None when it does not judge, `score` when it gives no points."""

    is_complete: bool
    verdict: bool | None
    score: int | None


class Outcome(NamedTuple):
    """What the package as a whole reports."""

    is_complete: bool
    is_passed: bool
    score: int | None


NOTHING = ItemResult(False, None, None)


def outcome_of(items: Sequence[Mapping[str, Any]], kept: Mapping[str, Mapping[str, Any]], *, standard: str, pass_score: int) -> Outcome:
    """Complete when every item is; passed when none failed and the points, where there are any, reach the unit's least."""
    opened = [item for item in items if item["kind"] != "heading"]
    results = [result_of(item, kept.get(item["key"], {}), standard) for item in opened]
    scores = [result.score for result in results if result.score is not None]
    score = sum(scores) // len(scores) if scores else None
    is_complete = bool(results) and all(result.is_complete for result in results)
    is_passed = is_complete and all(result.verdict is not False for result in results) and (score is None or score >= pass_score)
    return Outcome(is_complete, is_passed, score)


def result_of(item: Mapping[str, Any], kept: Mapping[str, Any], standard: str) -> ItemResult:
    """What this item reports, by the standard it speaks."""
    if item["kind"] == "asset":
        return ItemResult(bool(kept.get("viewed")), None, None)
    if standard == "scorm12":
        return _scorm12(item, _dict(kept.get("cmi")))
    if standard == "scorm2004":
        return _scorm2004(_dict(kept.get("cmi")))
    return _h5p(_dict(kept.get("result"))) if standard == "h5p" else _cmi5(item, _dict(kept.get("cmi5")))


def _scorm12(item: Mapping[str, Any], cmi: Mapping[str, Any]) -> ItemResult:
    core = _dict(cmi.get("core"))
    status = str(core.get("lesson_status", ""))
    graded = _dict(core.get("score"))
    raw, mastery = _number(graded.get("raw")), _number(item.get("mastery"))
    verdict = {"passed": True, "failed": False}.get(status)
    if raw is not None and mastery is not None and status in {"passed", "failed", "completed"}:
        verdict = raw >= mastery
    return ItemResult(status in {"passed", "failed", "completed"}, verdict, _hundred(raw, graded))


def _scorm2004(cmi: Mapping[str, Any]) -> ItemResult:
    success, completion = str(cmi.get("success_status", "")), str(cmi.get("completion_status", ""))
    graded = _dict(cmi.get("score"))
    scaled = _number(graded.get("scaled"))
    score = _hundred(_number(graded.get("raw")), graded) if scaled is None else _part(scaled)
    verdict = {"passed": True, "failed": False}.get(success)
    return ItemResult(completion == "completed" or verdict is True, verdict, score)


def _h5p(result: Mapping[str, Any]) -> ItemResult:
    graded = _dict(result.get("score"))
    scaled, raw, most = (_number(graded.get(name)) for name in ("scaled", "raw", "max"))
    score = _part(raw / most) if raw is not None and most else _part(scaled) if scaled is not None and most != 0 else None
    verdict = result["success"] if isinstance(result.get("success"), bool) else None
    return ItemResult(result.get("completion") is True or score is not None, verdict, score)


def _cmi5(item: Mapping[str, Any], told: Mapping[str, Any]) -> ItemResult:
    """What the record store holds of the unit's registration; its moveOn decides when it is done."""
    completed, passed, failed = (bool(told.get(name)) for name in ("completed", "passed", "failed"))
    done = {
        "Passed": passed,
        "Completed": completed,
        "CompletedAndPassed": completed and passed,
        "CompletedOrPassed": completed or passed,
    }.get(str(item.get("move_on")), bool(told.get("launched")))
    scaled = _number(told.get("scaled"))
    return ItemResult(done, True if passed else False if failed else None, None if scaled is None else _part(scaled))


def _dict(value: Any) -> Mapping[str, Any]:  # noqa: ANN401 -- what a browser sent
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> Decimal | None:  # noqa: ANN401 -- as above
    if not isinstance(value, str | int | float | Decimal) or isinstance(value, bool) or value == "":
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**9 else None


def _hundred(raw: Decimal | None, graded: Mapping[str, Any]) -> int | None:
    """Points of a hundred within the item's own range, which is 0 to 100 where it names none."""
    if raw is None:
        return None
    least, most = _number(graded.get("min")) or Decimal(0), _number(graded.get("max")) or Decimal(100)
    return _part((raw - least) / (most - least)) if most > least else None


def _part(scaled: Decimal) -> int:
    return int(max(Decimal(0), min(scaled, Decimal(1))) * 100)


def claimed_seconds(value: Any) -> int:  # noqa: ANN401 -- as above
    """Whole seconds that the package claims; kept as its claim, never counted."""
    found = _number(value)
    return min(max(int(found), 0), MOST_CLAIMED_S) if found is not None else 0
