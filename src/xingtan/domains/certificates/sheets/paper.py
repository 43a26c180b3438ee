"""What the sheets say, in the words that are printed: Chinese always, whatever the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone, translation

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours
from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.certificates.rules import masked_further
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.teachers import api as teachers

from .setting import check_address, qr_svg

NOT_YET = "未登记"
CHINESE = "zh-hans"


def verdict_word(code: str) -> str:
    """The verdict in Chinese."""
    with translation.override(CHINESE):
        return str(determination_room.VERDICTS[Verdict(code)])


def certificate_sheet(pages: Iterable[CertificatePage]) -> dict[str, Any]:
    """The data of the sheet `certificate`: one page of paper for each page of a certificate, from what was frozen and nothing else."""
    found = [_page(page.frozen, is_valid=page.state == "valid") for page in pages]
    return {"title": found[0]["title"] if found else "", "pages": found}


def _page(frozen: Mapping[str, Any], *, is_valid: bool) -> dict[str, Any]:
    sections = [{"name": one["zh"], "lines": one["lines"]} for one in frozen["sections"]]
    parts = "，".join(f"{format_hours(one['recognised'])} {one['zh']}" for one in frozen["sections"])
    return {
        "title": frozen["title"]["zh"],
        "number": frozen["number"],
        "place": frozen["place"],
        "name": frozen["name"],
        "identity": frozen["identity"],
        "stage": frozen["stage"]["zh"],
        "subject": frozen["subject"]["zh"],
        "school": frozen["school"]["zh"],
        "item": frozen["item"]["zh"],
        "cycle": f"{frozen['cycle'][0]}—{frozen['cycle'][1] + 1}",
        "years": _years(frozen),
        "year": frozen["year"],
        "sections": sections,
        "by_exam": frozen["by_exam"],
        "total": f"合计（{parts}）" if parts else "合计",
        "learned": frozen["learned"],
        "recognised": frozen["recognised"],
        "verdict": verdict_word(frozen["verdict"]),
        "ground": _ground(frozen["route"]),
        "qr": qr_svg(check_address(frozen["check_code"])),
        "code": frozen["check_code"],
        "issuer": frozen["issuer"]["zh"],
        "issued_on": frozen["issued_on"],
        "is_valid": is_valid,
    }


def _years(frozen: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = {one["year"]: one for one in frozen["years"]} | {frozen["year"]: frozen}
    first, last = frozen["cycle"]
    return [{"year": str(year), "words": _standing(known.get(year)), "now": year == frozen["year"]} for year in range(first, last + 1)]


def _standing(one: Mapping[str, Any] | None) -> str:
    if one is None:
        return NOT_YET
    hours = f"{format_hours(one['recognised'])}　" if one["recognised"] else ""
    return f"{hours}{verdict_word(one['verdict'])}"


def _ground(route: Mapping[str, Any] | None) -> list[str]:
    """The way the year was assessed, and where the policy says so."""
    if not route:
        return []
    return [f"考核办法：{route['zh']}", *_wrapped(f"依据：{route['source']}", route["at"])]


def _wrapped(source: str, at: str) -> list[str]:
    return [source + at] if len(source + at) <= 34 else [source, at] if at else [source]


def year_sheet(records: Sequence[determination_room.Record], pages: Mapping[int, CertificatePage], day: date) -> dict[str, Any]:
    """The data of the sheet `year`: the record of each teacher in the order of the screen, with the place for the seal."""
    with translation.override(CHINESE):
        return {"title": "学时登记表", "day": day.isoformat(), "records": [_record(one, pages.get(one.teacher.pk), day) for one in records]}


def _record(record: determination_room.Record, page: CertificatePage | None, day: date) -> dict[str, Any]:
    teacher, policy = record.teacher, record.policy
    verdict, total = record.verdict, record.amounts.total
    item = next((one for one in policy.items if one.number == record.item), policy.default_item)
    return {
        "year": record.training_year.year,
        "name": teacher.name,
        "identity": masked_further(teachers.masked_number(teacher)),
        "school": str(teacher.school),
        "post": f"{teachers.STAGES[teacher.stage]}{teachers.SUBJECTS[teacher.subject]}",
        "title": str(teachers.TITLES.get(teacher.title, "")),
        "item": item.label.zh,
        "policy": policy.title.zh,
        "sections": [_section(one, _name(policy, one.component), record) for one in record.sections],
        "total": _amount("合计", total),
        "work": [{"title": one.title, "on": one.happened_on.isoformat(), "passed": one.is_passed} for one in record.work],
        "verdict": str(determination_room.VERDICTS[verdict.verdict]),
        "is_final": record.determination is not None and record.determination.examined_at is not None,
        "reasons": [determination_room.reason_sentence(policy, one.code.value, one.params) for one in verdict.reasons],
        "number": page.certificate.number if page else "",
        "code": page.check_code if page else "",
        "qr": qr_svg(check_address(page.check_code)) if page else "",
        "issuer": policy.certificate.issuer.zh,
        "day": day.isoformat(),
    }


def _section(one: determination_room.Section, name: str, record: determination_room.Record) -> dict[str, Any]:
    amount = record.amounts.by_component.get(one.component) or _sum(one.rows)
    return {"name": name, "amount": _amount(name, amount), "lines": [_row(row) for row in one.rows]}


def _name(policy: Policy, code: str) -> str:
    """The component's name, or the duty's for hours that offset."""
    duty = policy.offset.duty.label.zh if policy.offset else code
    return next((one.label.zh for one in policy.components if one.code == code), duty)


def _sum(rows: Iterable[determination_room.Row]) -> credits_room.Amount:
    """What rows of no component are together: nothing is required of them."""
    kept = list(rows)
    return credits_room.Amount(learned=sum(row.learned_centi for row in kept), recognised=sum(row.recognised_centi for row in kept))


def _amount(name: str, one: credits_room.Amount) -> dict[str, Any]:
    return {
        "name": name,
        "required": one.required,
        "learned": one.learned,
        "recognised": one.recognised,
        "entered": one.entered,
        "verified": one.verified,
    }


def _row(row: determination_room.Row) -> dict[str, Any]:
    chain = row.entries[-1].chain if row.entries else ()
    return {
        "title": row.title,
        "provider": row.provider,
        "on": row.on.isoformat(),
        "learned": row.learned_centi,
        "recognised": row.recognised_centi,
        "state": str(credits_room.STATES[row.state]) if row.state else "未登记学时",
        "chain": "　".join(_step(step) for step in chain if step.at is not None),
    }


def _step(step: determination_room.ChainStep) -> str:
    word = str(credits_room.STEPS[step.step]) + ("退回" if step.is_returned else "")
    return f"{word} {timezone.localtime(step.at):%m-%d}"


def school_list(
    school: str, cycle: tuple[int, int], people: Sequence[teachers.Teacher], held: Mapping[int, Mapping[int, Mapping[str, Any]]], day: date
) -> dict[str, Any]:
    """The data of the sheet `school`: every teacher with the years of the cycle, for title review and registration."""
    years = list(range(cycle[0], cycle[1] + 1))
    with translation.override(CHINESE):
        rows = [_person(place, one, held[one.pk], years) for place, one in enumerate(people, start=1)]
    return {
        "title": "继续教育学时证明名册",
        "school": school,
        "cycle": f"{cycle[0]}—{cycle[1] + 1}",
        "years": years,
        "rows": rows,
        "day": day.isoformat(),
    }


def _person(place: int, one: teachers.Teacher, held: Mapping[int, Mapping[str, Any]], years: Sequence[int]) -> dict[str, Any]:
    pages = [held.get(year) for year in years]
    return {
        "place": place,
        "name": one.name,
        "identity": masked_further(teachers.masked_number(one)),
        "post": f"{teachers.STAGES[one.stage]}{teachers.SUBJECTS[one.subject]}",
        "years": [_standing(page) if page else "—" for page in pages],
        "total": sum(page["recognised"] for page in pages if page),
        "number": next((page["number"] for page in pages if page), ""),
    }
