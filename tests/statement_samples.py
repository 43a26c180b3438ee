"""Statements as providers send them: the smallest, and one with nearly everything."""

from __future__ import annotations

import copy
import json
import uuid
from typing import Any

from xingtan.domains.statements.states import Sender

AUTHORITY = {"objectType": "Agent", "account": {"homePage": "https://xingtan.example.cn", "name": "key-1"}}
LIN = {"objectType": "Agent", "name": "林老师", "account": {"homePage": "http://127.0.0.1:8000", "name": "lin234567892"}}
SMALLEST: dict[str, Any] = {
    "actor": {"mbox": "mailto:lin@example.cn"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
    "object": {"id": "https://provider.example.cn/courses/1"},
}
FULL: dict[str, Any] = {
    "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    "actor": LIN,
    "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en-US": "completed", "zh-Hans-CN": "完成"}},
    "object": {
        "objectType": "Activity",
        "id": "https://provider.example.cn/courses/1/units/12",
        "definition": {
            "name": {"zh-CN": "课堂提问的艺术"},
            "description": {"zh-CN": "第十二讲"},
            "type": "http://adlnet.gov/expapi/activities/lesson",
            "moreInfo": "https://provider.example.cn/units/12.html",
            "extensions": {"https://provider.example.cn/ext/subject": {"name": "数学", "level": None}},
        },
    },
    "result": {
        "score": {"scaled": 0.95, "raw": 95, "min": 0, "max": 100},
        "success": True,
        "completion": True,
        "response": "是",
        "duration": "PT25M30.5S",
        "extensions": {"https://provider.example.cn/ext/tries": 2},
    },
    "context": {
        "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        "instructor": {"mbox": "mailto:tutor@example.cn"},
        "team": {"objectType": "Group", "mbox": "mailto:class1@example.cn", "member": [{"openid": "https://id.example.cn/wu"}]},
        "contextActivities": {
            "parent": [{"id": "https://provider.example.cn/courses/1"}],
            "grouping": {"id": "https://provider.example.cn/projects/7", "definition": {"name": {"zh-CN": "2026 年网络研修"}}},
        },
        "revision": "2",
        "platform": "Provider",
        "language": "zh-CN",
        "statement": {"objectType": "StatementRef", "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0"},
        "extensions": {"https://provider.example.cn/ext/room": [1, "a", None]},
    },
    "timestamp": "2026-11-22T08:15:30.123+08:00",
}


def small(**more: Any) -> dict[str, Any]:
    """The smallest statement with an id of its own, and more."""
    return copy.deepcopy(SMALLEST) | {"id": str(uuid.uuid4())} | more


def full(**more: Any) -> dict[str, Any]:
    """The full statement with an id of its own, and more."""
    return copy.deepcopy(FULL) | {"id": str(uuid.uuid4())} | more


def at(statement: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy of the statement in which this place (`object.definition.name`) has this value; `...` takes it away."""
    changed = copy.deepcopy(statement)
    place: Any = changed
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        place = place[step] if isinstance(step, int) else place.setdefault(step, {})
    if value is ...:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return changed


def voiding(target: str, **more: Any) -> dict[str, Any]:
    """A statement that voids another."""
    verb = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    return small(verb=verb, object={"objectType": "StatementRef", "id": target}) | more


def sender(provider_id: int = 7, credential_id: int = 1, **more: Any) -> Sender:
    """A credential that may do everything."""
    return Sender(credential_id, provider_id, AUTHORITY, may_write=True, may_read=True, **more)


def as_json(value: Any) -> bytes:
    """The value as a request's body."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
