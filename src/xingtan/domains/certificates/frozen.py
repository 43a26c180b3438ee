"""What a page says, frozen as issued: plain data in Chinese and English, whole numbers, and nothing that must be looked up again."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.functional import Promise

from xingtan.core.determination.facts import OFFSET
from xingtan.core.policy import Policy, Route, Words, bundled_documents, find_clause
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers

from .rules import masked_further

FORM = 1
PART_NUMBER = re.compile(r"[一二三四五六七八九十]+")
CIRCLED = re.compile(r"[①-⑳]")


class Holder(NamedTuple):
    """Whose page it is, and what it is called."""

    teacher: teachers.Teacher
    school: tuple[str, str]
    number: str
    check_code: str
    version: int


def frozen_page(facts: determination_room.PageFacts, holder: Holder, issued_on: date) -> dict[str, Any]:
    """The page's content; the salt makes its digest say nothing about the person once the content is gone."""
    one, year = facts.determination, facts.determination.training_year
    policy = policies.policy_by_digest(one.pack_digest)
    learned, recognised = sum(line.learned for line in facts.lines), sum(line.recognised for line in facts.lines)
    by_exam = int(one.numbers.get("by_exam", 0))
    return {
        "form": FORM,
        "salt": secrets.token_hex(8),
        **_person(holder),
        **_rules(policy, one.item, one.route),
        "issued_on": issued_on.isoformat(),
        "cycle": [year.cycle_first, year.cycle_last],
        "year": year.year,
        "place": year.year - year.cycle_first + 1,
        "years": [{"year": past.year, "verdict": past.verdict, "recognised": past.recognised} for past in facts.past],
        "sections": _sections(policy, facts.lines),
        "required": one.required_centi,
        "learned": learned,
        "recognised": recognised + by_exam,
        "by_exam": by_exam,
        "verdict": str(one.verdict),
        "determination": one.public_id,
    }


def _person(holder: Holder) -> dict[str, Any]:
    teacher = holder.teacher
    return {
        "number": holder.number,
        "check_code": holder.check_code,
        "version": holder.version,
        "name": teacher.name,
        "identity": masked_further(teachers.masked_number(teacher)),
        "school": {"zh": holder.school[0], "en": holder.school[1] or holder.school[0]},
        "stage": _label("stage", teacher.stage),
        "subject": _label("subject", teacher.subject),
    }


def _pair(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


@lru_cache(maxsize=256)
def _label(kind: str, value: str) -> dict[str, str]:
    words: Mapping[str, Promise] = teachers.STAGES if kind == "stage" else teachers.SUBJECTS
    with translation.override("zh-hans"):
        chinese = str(words.get(value, value))
    with translation.override("en"):
        return {"zh": chinese, "en": str(words.get(value, value))}


@lru_cache(maxsize=256)
def _rules(policy: Policy, item: int, route: int) -> dict[str, Any]:
    """What the policy calls the certificate, the item and the route, and where the route's clause stands."""
    chosen = next((one for one in policy.items if one.number == item), policy.default_item)
    walked = next((one for one in policy.routes if one.number == route), None)
    return {
        "title": _pair(policy.certificate.title),
        "issuer": _pair(policy.certificate.issuer),
        "pack": {"code": policy.code, "version": policy.version, "digest": policy.digest},
        "item": {"number": chosen.number, **_pair(chosen.label)},
        "route": {"number": route, **_pair(walked.label), "clause": walked.clause, **_ground(policy, walked)} if walked else None,
    }


def _ground(policy: Policy, route: Route) -> dict[str, str]:
    """The document of the route's clause, and the place in it: 第四部分(四)①."""
    source = policy.source_of(route)
    place = find_clause(bundled_documents().get(source.code, ""), route.clause)
    if place is None:
        return {"source": source.title.zh, "source_en": source.title.en, "at": ""}
    part, mark = PART_NUMBER.match(place.part), CIRCLED.match(route.clause)
    at = (f"第{part[0]}部分" if part else "") + place.section + (mark[0] if mark else "")
    return {"source": source.title.zh, "source_en": source.title.en, "at": at.replace("(", "（").replace(")", "）")}


def _sections(policy: Policy, lines: Iterable[determination_room.PageLine]) -> list[dict[str, Any]]:
    """The lines by component in the policy's order; hours of a component that it does not know come last, under their code."""
    found: dict[str, list[determination_room.PageLine]] = {one.code: [] for one in policy.components}
    for line in lines:
        found.setdefault(line.component, []).append(line)
    names = {one.code: _pair(one.label) for one in policy.components}
    if policy.offset is not None:
        names[OFFSET] = _pair(policy.offset.duty.label)
    return [
        {
            "component": code,
            **names.get(code, {"zh": code, "en": code}),
            "lines": [_line(line) for line in own],
            "learned": sum(line.learned for line in own),
            "recognised": sum(line.recognised for line in own),
        }
        for code, own in found.items()
        if own
    ]


def _line(line: determination_room.PageLine) -> dict[str, Any]:
    return {
        "title": line.title,
        "title_en": line.title_en or line.title,
        "provider": line.provider,
        "provider_en": line.provider_en or line.provider,
        "on": line.on.isoformat(),
        "learned": line.learned,
        "recognised": line.recognised,
    }
