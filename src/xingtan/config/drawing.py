"""Hours that were studied are drawn from printed learning cards: the rooms of cards and of credits do not know each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from xingtan.domains.cards import api as cards
from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning


def draw_learned(payload: Mapping[str, Any], now: datetime) -> None:
    """`learning.recognisable`: the cards of whoever learned say how many hours are drawn; absolute figures, told twice is once."""
    if "rows" in payload:
        people = {row["teacher"] for row in payload["rows"]}
    else:
        people = set(learning.delivered_records(payload["delivered"]).values_list("teacher_id", flat=True))
    for year_id, teacher_ids in sorted(cards.holders_among(people).items()):
        amounts = credits_room.amounts_of(teacher_ids, year_id)
        cards.draw({pk: one.total.learned for pk, one in amounts.items()}, year_id, now)
