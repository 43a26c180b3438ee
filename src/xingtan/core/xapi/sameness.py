"""When two statements mean the same (2.3.1, statement comparison): differences that a store may make, or that the standard does not
count as part of a statement, are ignored, and only those.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .malformed import Json
from .moments import instant

FINER = re.compile(r"(?<=[.,]\d\d)\d+(?=S)")
OF_THE_STORE = ("id", "stored", "authority", "version")


def same_meaning(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """True when the two mean the same; a timestamp that only one of them has was set by a store, and does not count."""
    left, right = _statement(one), _statement(other)
    if ("timestamp" in left) != ("timestamp" in right):
        left.pop("timestamp", None)
        right.pop("timestamp", None)
    return left == right


def _statement(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: PARTS.get(name, _plain)(value) for name, value in given.items() if name not in OF_THE_STORE}


def _plain(value: Json) -> Json:
    """Any JSON value; true is not 1."""
    if type(value) is dict:
        return {name: _plain(one) for name, one in value.items()}
    if type(value) is list:
        return [_plain(one) for one in value]
    return ("truth", value) if type(value) is bool else value


def _lower(value: str) -> str:
    return value.lower()


def _agent(value: Mapping[str, Any]) -> dict[str, Any]:
    """Members in any order; the host of an address and hex digits in any case."""
    found = {"objectType": "Agent", **value}
    if "mbox" in found:
        local, _, host = found["mbox"].rpartition("@")
        found["mbox"] = f"{local}@{host.lower()}"
    if "mbox_sha1sum" in found:
        found["mbox_sha1sum"] = found["mbox_sha1sum"].lower()
    if "member" in found:
        found["member"] = sorted((_agent(one) for one in found["member"]), key=repr)
    return found


def _verb(value: Mapping[str, Any]) -> Json:
    return value["id"]


def _activity(value: Mapping[str, Any]) -> Json:
    """Its definition is not part of the statement."""
    return ("Activity", value["id"])


def _object(value: Mapping[str, Any]) -> Json:
    kind = value.get("objectType", "Activity")
    return OBJECTS[kind](value)


def _reference(value: Mapping[str, Any]) -> Json:
    return ("StatementRef", value["id"].lower())


def _activities(value: Mapping[str, Any]) -> Json:
    """One activity means the same as an array of it; an empty array as none."""
    lists = {name: one if type(one) is list else [one] for name, one in value.items()}
    return {name: [_activity(each) for each in listed] for name, listed in lists.items() if listed}


def _context(value: Mapping[str, Any]) -> Json:
    return {name: CONTEXT.get(name, _plain)(one) for name, one in value.items()}


def _result(value: Mapping[str, Any]) -> Json:
    """A duration is a text, but what is finer than hundredths of a second does not count (4.6)."""
    return {name: FINER.sub("", one) if name == "duration" else _plain(one) for name, one in value.items()}


def _attachment(value: Mapping[str, Any]) -> Json:
    return {name: one.lower() if name == "sha2" else _plain(one) for name, one in value.items()}


def _each(part: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: [part(one) for one in values]


def _named(name: str) -> Callable[[Any], Any]:
    """A context agent or group: as written, but for the agent in it."""
    return lambda value: {key: _agent(one) if key == name else _plain(one) for key, one in value.items()}


Parts = Mapping[str, Callable[[Any], Any]]
OBJECTS: Parts = {"Activity": _activity, "Agent": _agent, "Group": _agent, "StatementRef": _reference, "SubStatement": _statement}
CONTEXT: Parts = {
    "registration": _lower,
    "language": _lower,
    "instructor": _agent,
    "team": _agent,
    "statement": _reference,
    "contextActivities": _activities,
    "contextAgents": _each(_named("agent")),
    "contextGroups": _each(_named("group")),
}
PARTS: Parts = {
    "actor": _agent,
    "verb": _verb,
    "object": _object,
    "timestamp": instant,
    "context": _context,
    "result": _result,
    "attachments": _each(_attachment),
}
