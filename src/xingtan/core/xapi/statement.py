"""Statements (2.4) as tables, for version 1.0.3 and for 2.0, which adds `contextAgents` and `contextGroups` and demands RFC 3339."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .activities import ACTIVITY
from .agents import ACTOR, AGENT, AUTHORITY, XAPI_GROUP
from .malformed import Json, Malformed, expected
from .shapes import by_type, extensions, language_map, list_of, shape
from .values import Check, duration, iri, language, media_type, number, one_of, sha2, size, text, timestamp, timestamp_v2, truth, uuid
from .versions import VOIDED, Version

VERSIONS = {Version.V1: re.compile(r"1\.0(?:\.\d+)?"), Version.V2: re.compile(r"[12]\.0\.\d+")}


def score_in_range(value: Json) -> None:
    """`scaled` lies in -1…1, `raw` between `min` and `max`, and `min` below `max` (2.4.5.1)."""
    least, most, raw = value.get("min"), value.get("max"), value.get("raw")
    if not -1 <= value.get("scaled", 0) <= 1:
        raise Malformed("expected a number from -1 to 1").under("scaled")
    if least is not None and most is not None and least >= most:
        raise Malformed("expected a number less than max").under("min")
    if raw is not None and ((least is not None and raw < least) or (most is not None and raw > most)):
        raise Malformed("expected a number between min and max").under("raw")


def context_activity(value: Json) -> None:
    """One activity or an array of them (2.4.6.2)."""
    (_ACTIVITIES if type(value) is list else ACTIVITY)(value)


def voids_by_reference(value: Json) -> None:
    """What voids names its target in a StatementRef (2.3.2)."""
    if value["verb"]["id"] == VOIDED and value["object"].get("objectType") != "StatementRef":
        raise Malformed("expected StatementRef: the statement is one that voids").under("objectType").under("object")


def of_activities_only(value: Json) -> None:
    """`revision` and `platform` go with an object that is an Activity (2.4.6)."""
    context = value.get("context")
    if context is not None and value["object"].get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in context:
                raise Malformed("only for an object that is an Activity").under(name).under("context")


_ACTIVITIES = list_of(ACTIVITY)
VERB = shape({"id": iri, "display": language_map}, ("id",))
REFERENCE = shape({"objectType": one_of("StatementRef"), "id": uuid}, ("objectType", "id"))
SCORE = shape(dict.fromkeys(("scaled", "raw", "min", "max"), number), (), score_in_range)
RESULT = shape({"score": SCORE, "success": truth, "completion": truth, "response": text, "duration": duration, "extensions": extensions})
ATTACHMENT = shape(
    {
        "usageType": iri,
        "display": language_map,
        "description": language_map,
        "contentType": media_type,
        "length": size,
        "sha2": sha2,
        "fileUrl": iri,
    },
    ("usageType", "display", "contentType", "length", "sha2"),
)
CONTEXT_PROPERTIES: dict[str, Check] = {
    "registration": uuid,
    "instructor": ACTOR,
    "team": by_type({"Group": XAPI_GROUP}),
    "contextActivities": shape(dict.fromkeys(("parent", "grouping", "category", "other"), context_activity)),
    "revision": text,
    "platform": text,
    "language": language,
    "statement": REFERENCE,
    "extensions": extensions,
}
# Version 2.0, 4.2.2.4: people and groups that the context names, and why (relevantTypes, when given, is not empty).
CONTEXT_PROPERTIES_V2: dict[str, Check] = {
    "contextAgents": list_of(
        shape(
            {"objectType": one_of("contextAgent"), "agent": by_type({"Agent": AGENT}, "Agent"), "relevantTypes": list_of(iri, 1)},
            ("objectType", "agent"),
        )
    ),
    "contextGroups": list_of(
        shape(
            {"objectType": one_of("contextGroup"), "group": by_type({"Group": XAPI_GROUP}), "relevantTypes": list_of(iri, 1)},
            ("objectType", "group"),
        )
    ),
}


def _statement(version: Version) -> Check:
    """The check of a whole statement of this version."""
    moment = timestamp if version is Version.V1 else timestamp_v2
    said: dict[str, Check] = {
        "actor": ACTOR,
        "verb": VERB,
        "result": RESULT,
        "context": shape(CONTEXT_PROPERTIES if version is Version.V1 else CONTEXT_PROPERTIES | CONTEXT_PROPERTIES_V2),
        "timestamp": moment,
        "attachments": list_of(ATTACHMENT),
    }
    needed, rules = ("actor", "verb", "object"), (voids_by_reference, of_activities_only)
    objects: dict[str, Check] = {"Activity": ACTIVITY, "Agent": AGENT, "Group": XAPI_GROUP, "StatementRef": REFERENCE}
    # A SubStatement has neither id, stored, version nor authority, and holds no other SubStatement (2.4.4.3).
    within = said | {"objectType": one_of("SubStatement"), "object": by_type(objects, "Activity")}
    objects = objects | {"SubStatement": shape(within, (*needed, "objectType"), *rules)}
    own = {"id": uuid, "stored": moment, "authority": AUTHORITY, "version": _version(VERSIONS[version])}
    return shape(said | own | {"object": by_type(objects, "Activity")}, needed, *rules)


def _version(known: re.Pattern[str]) -> Check:
    """A version of the data model that this version of the protocol accepts (2.4.10)."""

    def check(value: Json) -> None:
        if type(value) is not str or not known.fullmatch(value):
            expected("a version of the standard that is accepted here", value)

    return check


STATEMENTS: Mapping[Version, Check] = {version: _statement(version) for version in Version}
