"""The paper form of statements: from what was frozen and nothing else, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as certificates
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.foundation.refusal import Refused

from .models import Statement
from .states import Effect, Finding, Way
from .words import EFFECTS, FINDING_SENTENCES, FINDINGS, LEVELS

CHINESE = "zh-hans"


def statement_sheet(statements: Iterable[Statement]) -> bytes:
    """These statements as one PDF, each on its own sheet; refused when there are none."""
    with translation.override(CHINESE):
        found = [_sheet(one) for one in statements]
    if not found:
        raise Refused("nothing_to_print")
    return certificates.set_sheet("eligibility", {"title": "教师继续教育资格条件证明", "statements": found})


def _sheet(one: Statement) -> dict[str, Any]:
    frozen, content = one.frozen, one.frozen["content"]
    profile, finding = content["profile"], Finding(one.finding)
    return {
        "number": one.number,
        "code": one.check_code,
        "qr": certificates.qr_svg(certificates.check_address(one.check_code)),
        "name": frozen["person"]["name"],
        "identity": frozen["person"]["identity"],
        "school": profile["school"]["zh"],
        "post": profile["stage"]["zh"] + profile["subject"]["zh"],
        "title": profile["title"]["zh"],
        "on": content["on"],
        "known": _moment(content["known_at"]),
        "issued": one.run.issued_at.astimezone(timezone.get_default_timezone()).date().isoformat(),
        "finding": str(FINDINGS[finding]),
        "is_good": finding is Finding.MEETS,
        "sentence": str(FINDING_SENTENCES[finding]),
        "years": [_year(year) for year in content["years"]],
        "effects": [_effect(effect) for effect in content["effects"] if effect["effect"] != Effect.CLEAR],
    }


def _moment(text: str) -> str:
    return timezone.localtime(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M:%S")


def _year(year: Mapping[str, Any]) -> dict[str, Any]:
    verdict = str(determination_room.VERDICTS[Verdict(year["verdict"])]) if year["verdict"] else "尚未认定"
    return {
        "year": str(year["year"]),
        "verdict": verdict,
        "is_final": year["is_final"],
        "recognised": year.get("recognised", 0),
        "required": year.get("required", 0),
        "reasons": "；".join(reason["zh"] for reason in year["reasons"]),
        "entries": [_entry(entry) for entry in year["entries"]],
    }


def _entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": entry["number"],
        "title": entry["title"]["zh"],
        "on": entry["on"],
        "hours": entry["hours"],
        "state": str(credits_room.STATES[credits_room.State(entry["state"])]),
    }


def _effect(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": one["zh"],
        "state": str(EFFECTS[Effect(one["effect"])]),
        "is_good": one["is_good"],
        "by": "、".join(str(LEVELS[level]) for level in one["applied_by"]),
        "because": "、".join(str(ground["year"]) for ground in one["because"]),
        "until": until_sentence(one["until"]),
        "clause": one["clause"],
    }


def until_sentence(until: Mapping[str, Any] | None) -> str:
    """What lifts a consequence, in the words that are printed."""
    if until is None or not until["verdict"]:
        return ""
    verdict = str(determination_room.VERDICTS[Verdict(until["verdict"])])
    said = f"至 {until['year']} 学年{verdict}为止"
    if not until["closes_on"]:
        return said
    way = "补训" if until["way"] == Way.MAKE_UP else "统一考试"
    return f"{said}（{way}：{until['opens_on']} 至 {until['closes_on']}）"
