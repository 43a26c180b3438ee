"""What the standard lets or makes a store change in a statement that follows it."""

from __future__ import annotations

from typing import Any

from .moments import in_utc
from .versions import Version

LACKING = {Version.V1: "1.0.0", Version.V2: "2.0.0"}


def tidied(statement: dict[str, Any], version: Version) -> dict[str, Any]:
    """The checked statement itself, with single context activities as arrays (2.4.6.2), its version named (2.4.10), `stored` and
    `authority` taken out, for they are the store's to say (2.4.8, 2.4.9), and under version 2.0 its times in UTC (4.2.7).
    """
    statement.pop("stored", None)
    statement.pop("authority", None)
    statement.setdefault("version", LACKING[version])
    within = statement["object"] if statement["object"].get("objectType") == "SubStatement" else None
    for one in (statement, within) if within else (statement,):
        activities = one.get("context", {}).get("contextActivities")
        if activities:
            for name, value in activities.items():
                if type(value) is dict:
                    activities[name] = [value]
        if version is Version.V2 and "timestamp" in one:
            one["timestamp"] = in_utc(one["timestamp"])
    return statement
