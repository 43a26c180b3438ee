"""An office says once what headings mean that are not ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.domains.rosters import access
from xingtan.domains.rosters.columns import BY_KEY
from xingtan.domains.rosters.layout import headings_digest
from xingtan.domains.rosters.models import HeadingSet
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused


@atomic
def remember_headings(*, actor: Actor, headings: Sequence[str], columns: Mapping[str, str], now: datetime) -> HeadingSet:
    """Files of the office with these headings are read so from now on: heading to column, "" to leave it alone; one column once."""
    require(actor, access.IMPORT_ROSTER)
    told = {name: key for name, key in columns.items() if name in headings and (key == "" or key in BY_KEY)}
    used = [key for key in told.values() if key]
    if twice := next((key for key in used if used.count(key) > 1), None):
        raise Refused("column_twice", column=BY_KEY[twice].heading)
    values: dict[str, Any] = {"columns": told, "account_id": actor.account_id, "told_at": now}
    known: dict[str, Any] = {"organisation_id": actor.organisation_id, "digest": headings_digest(headings)}
    kept, _made = HeadingSet.everywhere.update_or_create(**known, defaults=values)
    record(actor, "teachers.headings_explained", "heading_set", [kept.pk], now=now, detail={"columns": len(used)})
    return kept
