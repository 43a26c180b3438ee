"""What SCORM and H5P packages report, said once more as statements in the site's own record store; cmi5 units write theirs themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from xingtan.domains.assessment.models import PackageState
from xingtan.domains.courses import api as courses
from xingtan.domains.statements import api as statements
from xingtan.domains.teachers import api as teachers

from .cmi5 import VERBS
from .launching import activity_of

CATEGORY = {
    "scorm12": "https://w3id.org/xapi/scorm",
    "scorm2004": "https://w3id.org/xapi/scorm",
    "h5p": "http://h5p.org/x-api/h5p-local-content",
}
LESSON = "http://adlnet.gov/expapi/activities/lesson"
LIVES = timedelta(minutes=5)


def state_reported(payload: Mapping[str, Any], now: datetime) -> None:
    """`assessment.package_reported`: every result stands in the record store once, however often the event is delivered."""
    state = PackageState.everywhere.filter(pk=payload["state"]).select_related("unit__package").first()
    if state is None or state.unit.package is None:
        return
    teacher = teachers.teachers_by_id([state.teacher_id])[state.teacher_id]
    token = statements.launch_token(teacher, state.registration, "", now + LIVES)
    sender = statements.authenticate(f"Basic {statements.launch_password(token)}", now.timestamp())
    items = {item["key"]: item for item in state.unit.package.facts["items"]}
    told = [
        _statement(state, teacher.public_id, items[one["key"]], one, payload["at"]) for one in payload["results"] if one["key"] in items
    ]
    fresh = [one for one in told if statements.find_statement(sender, UUID(one["id"])) is None]
    if fresh:
        body = json.dumps(fresh, ensure_ascii=False).encode()
        statements.receive(statements.Received(sender, statements.Version.V1, "POST", None, "application/json", body))


def _statement(state: PackageState, name: str, item: Mapping[str, Any], told: Mapping[str, Any], at: str) -> dict[str, Any]:
    verdict = told["verdict"]
    verb = "completed" if verdict is None else "passed" if verdict else "failed"
    result: dict[str, Any] = {"completion": told["is_complete"]}
    if verdict is not None:
        result["success"] = verdict
    if told["score"] is not None:
        result["score"] = {"scaled": told["score"] / 100, "raw": told["score"], "min": 0, "max": 100}
    package = state.unit.package or courses.Package()
    definition = {"type": LESSON, "name": {"zh": item["title"]}}
    return {
        "id": str(uuid5(NAMESPACE_URL, f"{state.registration}:{item['key']}:{told['version']}")),
        "timestamp": at,
        "actor": statements.site_agent(name),
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "object": {"objectType": "Activity", "id": activity_of(state.unit, item), "definition": definition},
        "result": result,
        "context": {
            "registration": str(state.registration),
            "platform": "Xingtan",
            "contextActivities": {"category": [{"objectType": "Activity", "id": CATEGORY[package.standard]}]},
        },
    }
