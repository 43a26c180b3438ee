"""The paper form: from what was frozen and nothing else, in Chinese; a sealed one carries the office, the day and the mark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone, translation

from xingtan.core.verdicts import Verdict
from xingtan.domains.certificates import api as certificates
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.foundation.refusal import Refused

from .models import Paper, PaperStep
from .states import Kind, Step

TITLES = {
    Kind.HOURS: "教师继续教育学时证明",
    Kind.YEAR: "学年教师继续教育学时登记表",
    Kind.CYCLE: "教师继续教育周期登记表",
    Kind.ROLL: "教师继续教育学时证明名册",
}
SHEETS = {Kind.ROLL: "roll"}
CHINESE = "zh-hans"


def papers_pdf(papers: Iterable[Paper]) -> bytes:
    """These papers of one kind as one PDF, each on its own sheet; refused when there are none."""
    rows = sorted(papers, key=lambda one: one.pk)
    if not rows:
        raise Refused("nothing_to_print")
    kind, seals = Kind(rows[0].printing.kind), _seals(rows)
    with translation.override(CHINESE):
        sheets = [_sheet(one, kind, seals.get(one.pk)) for one in rows]
    return certificates.set_sheet(SHEETS.get(kind, "paper"), {"title": TITLES[kind], "papers": sheets})


def _seals(rows: Sequence[Paper]) -> dict[int, PaperStep]:
    steps = PaperStep.objects.filter(paper__in=rows, step=Step.SEALED).select_related("organisation").order_by("pk")
    return {one.paper_id: one for one in steps}


def _sheet(paper: Paper, kind: Kind, seal: PaperStep | None) -> dict[str, Any]:
    content = paper.content
    named = {"years": [_year(one) for one in content.get("years", [])], "lines": [_line(one) for one in content.get("lines", [])]}
    return {
        **{name: value for name, value in content.items() if name != "salt"},
        **named,
        "heading": f"{content['year']} {TITLES[kind]}" if kind is Kind.YEAR else TITLES[kind],
        "rows": [{**one, "years": [_short(year) for year in one["years"]]} for one in content.get("rows", [])],
        "columns": [str(year["year"]) for year in content["rows"][0]["years"]] if content.get("rows") else [],
        "qr": certificates.qr_svg(certificates.check_address(paper.check_code)),
        "day": timezone.localtime(paper.printing.printed_at).date().isoformat(),
        "seal": _seal(seal) if seal else None,
    }


def _seal(step: PaperStep) -> dict[str, str]:
    return {"office": str(step.organisation or ""), "mark": step.seal_mark, "day": timezone.localtime(step.at).date().isoformat()}


def _year(one: Mapping[str, Any]) -> dict[str, Any]:
    word = str(determination_room.VERDICTS[Verdict(one["verdict"])]) if one["verdict"] else "尚未认定"
    return {**one, "verdict": word if one["is_final"] or not one["verdict"] else f"{word}（未终审）"}


def _short(one: Mapping[str, Any]) -> str:
    if not one["verdict"]:
        return "—"
    return f"{one['recognised'] / 100:g} {determination_room.VERDICTS[Verdict(one['verdict'])]}"


def _line(one: Mapping[str, Any]) -> dict[str, Any]:
    return {**one, "state": str(credits_room.STATES[credits_room.State(one["state"])])}
