"""The store itself, an activity's definition, and a person by an agent (part three, 2.4, 2.5, 2.8; 4.1.6.3, .4, .7)."""

from __future__ import annotations

from typing import Any

from xingtan.domains.statements import api as statements
from xingtan.domains.statements.api import Version

from .answers import Answer, json_answer
from .parameters import iri_of, only, refuse_reading, required, required_agent
from .requests import Request

VERSIONS = [Version.V2.value, Version.V1.value]
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def get_about(request: Request) -> Answer:
    """The versions that are spoken, the newest first; anyone may ask, in any version."""
    only(request, ())
    return json_answer({"version": VERSIONS})


def get_activity(request: Request) -> Answer:
    """The activity with the definition that this provider's statements gave it."""
    only(request, {"activityId"})
    required(request, "activityId")
    refuse_reading(request)
    iri = iri_of(request, "activityId") or ""
    found: dict[str, Any] = {"objectType": "Activity", "id": iri}
    known = statements.definitions_of(request.sender.provider_id, [iri]).get(iri)
    if known:
        found["definition"] = statements.parsed(known)
    return Answer(200, statements.dumped(found).encode(), "application/json")


def get_person(request: Request) -> Answer:
    """The agent as a Person: each of its properties as a list. Which other identifiers a person of ours has is nobody's to ask."""
    only(request, {"agent"})
    agent = required_agent(request)
    refuse_reading(request)
    kept = {name: [agent[name]] for name in ("name", *IDENTIFIERS) if name in agent}
    return Answer(200, statements.dumped({"objectType": "Person"} | kept).encode(), "application/json")
