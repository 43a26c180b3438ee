"""Lists that programs page through: one line a token, list and day, however many pages."""

from __future__ import annotations

from django.db.models import F

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic

from .exports import Mark
from .models import Export


def count_listed(mark: Mark, *, token_id: int, name: str, rows: int) -> None:
    """The rows that this answer tells stand with those that the token read of the list on this day; the first one is in the audit log."""
    line = Export.everywhere.filter(token_id=token_id, page=mark.page[:80], on=local_day(mark.at))
    if not line.update(rows=F("rows") + rows, times=F("times") + 1):
        _begin(mark, token_id, name, rows)


@atomic
def _begin(mark: Mark, token_id: int, name: str, rows: int) -> None:
    actor = mark.actor
    facts: dict[str, object] = {
        "number": mark.number,
        "account_id": actor.account_id,
        "role": actor.role.value,
        "organisation_id": actor.organisation_id,
    }
    facts |= {"name": name[:200], "filter": mark.filter, "rows": 0, "size": 0, "times": 0, "sha256": "", "at": mark.at}
    named = {"token_id": token_id, "page": mark.page[:80], "on": local_day(mark.at)}
    line, is_first = Export.everywhere.get_or_create(**named, defaults=facts)
    Export.everywhere.filter(pk=line.pk).update(rows=F("rows") + rows, times=F("times") + 1)
    if is_first:
        record(actor, "disclosures.listed", "export", [line.pk], now=mark.at, detail={"page": mark.page, "number": mark.number})
