"""What cmi5 asks of a learning management system, as plain values: launch data, the statements it writes, what a unit's statements amount to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"
COURSE_TYPE = "https://w3id.org/xapi/cmi5/activitytype/course"
BLOCK_TYPE = "https://w3id.org/xapi/cmi5/activitytype/block"
ADL, W3ID = "http://adlnet.gov/expapi/verbs/", "https://w3id.org/xapi/adl/verbs/"
VERBS = {name: ADL + name for name in ("launched", "initialized", "completed", "passed", "failed", "terminated")}
VERBS |= {name: W3ID + name for name in ("abandoned", "waived", "satisfied")}
WORDS = {"launched": "launched", "abandoned": "abandoned", "satisfied": "satisfied"}
LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"


class Session(NamedTuple):
    """One opening of a unit: who, under which registration, which activity, and the session that cmi5 wants named."""

    actor: Mapping[str, Any]
    registration: str
    session: str
    activity: str
    publisher: str


def template(one: Session) -> dict[str, Any]:
    """The context that every statement of this session carries."""
    grouping = {"grouping": [{"objectType": "Activity", "id": one.publisher}]}
    return {"contextActivities": grouping, "extensions": {f"{EXTENSION}sessionid": one.session}}


def launch_data(item: Mapping[str, Any], one: Session, *, mode: str, return_url: str) -> dict[str, Any]:
    """The document `LMS.LaunchData` (cmi5, 10.2) of this launch."""
    told: dict[str, Any] = {
        "contextTemplate": template(one),
        "launchMode": mode,
        "launchMethod": item["launch_method"],
        "moveOn": item["move_on"],
        "returnURL": return_url,
    }
    if item["launch_data"]:
        told["launchParameters"] = item["launch_data"]
    if item["mastery"]:
        told["masteryScore"] = float(item["mastery"])
    if item["entitlement"]:
        told["entitlementKey"] = {"courseStructure": item["entitlement"]}
    return told


def statement(
    verb: str, one: Session, *, activity: str = "", kind: str = "", extensions: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """A statement of the system's own: launched, abandoned, satisfied."""
    context = template(one)
    context["registration"] = one.registration
    context["contextActivities"]["category"] = [{"objectType": "Activity", "id": CATEGORY}]
    context["extensions"] |= {EXTENSION + name: value for name, value in (extensions or {}).items()}
    target: dict[str, Any] = {"objectType": "Activity", "id": activity or one.activity}
    if kind:
        target["definition"] = {"type": kind}
    return {"actor": one.actor, "verb": {"id": VERBS[verb], "display": {"en": WORDS[verb]}}, "object": target, "context": context}


def amount(statements: Iterable[Mapping[str, Any]], activity: str) -> dict[str, Any]:
    """What the unit's cmi5 statements of one registration amount to: verbs that were said, its best scaled score, open sessions."""
    told: dict[str, Any] = {}
    for one in statements:
        if not _is_defined(one) or one.get("object", {}).get("id") != activity:
            continue
        verb = next((name for name, iri in VERBS.items() if iri == one["verb"]["id"]), "")
        if verb in {"completed", "passed", "failed", "initialized", "terminated", "launched"}:
            told[verb] = True
        scaled = one.get("result", {}).get("score", {}).get("scaled")
        if scaled is not None and float(scaled) >= told.get("scaled", -1):
            told["scaled"] = float(scaled)
    return told


def _is_defined(one: Mapping[str, Any]) -> bool:
    """True for a statement that cmi5 defines; others a unit may write as it likes, and they judge nothing."""
    category = one.get("context", {}).get("contextActivities", {}).get("category", [])
    return any(activity.get("id") == CATEGORY for activity in (category if isinstance(category, list) else [category]))


def open_sessions(statements: Iterable[Mapping[str, Any]], activity: str) -> list[str]:
    """Sessions of the unit that were launched or begun and neither ended nor given up, the first one first."""
    found: dict[str, bool] = {}
    for one in statements:
        session = one.get("context", {}).get("extensions", {}).get(f"{EXTENSION}sessionid", "")
        if not session or one.get("object", {}).get("id") != activity:
            continue
        found.setdefault(session, True)
        if one["verb"]["id"] in (VERBS["terminated"], VERBS["abandoned"]):
            found[session] = False
    return [session for session, is_open in found.items() if is_open]


def sessions(statements: Iterable[Mapping[str, Any]]) -> list[str]:
    """The sessions that these statements name, each once, the first one first."""
    named = (one.get("context", {}).get("extensions", {}).get(f"{EXTENSION}sessionid", "") for one in statements)
    return [session for session in dict.fromkeys(named) if session]


def wholes(facts: Mapping[str, Any]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Publisher's id, activity type and unit keys of every block, and of the course behind them."""
    items = facts["items"]
    for place, item in enumerate(items):
        if item["kind"] == "heading":
            yield item["key"], BLOCK_TYPE, frozenset(_inside(items, place))
    yield facts["identifier"], COURSE_TYPE, frozenset(item["key"] for item in items if item["kind"] == "au")


def _inside(items: Sequence[Mapping[str, Any]], place: int) -> Iterator[str]:
    """Keys of the units below the heading at this place."""
    depth = items[place]["depth"]
    for item in takewhile(lambda other: other["depth"] > depth, items[place + 1 :]):
        if item["kind"] == "au":
            yield item["key"]
