"""Anomalies in words and pictures, for offices and for the teacher alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xingtan.core.calendar import midnight_of
from xingtan.domains.anomalies import api as room
from xingtan.domains.exchange import api as exchange
from xingtan.domains.learning import api as learning
from xingtan.web.parts.formats import clock

HOUR_S, HOURS = 3600, 24
ROWS = 8
LEFT, WIDTH, ROW, TOP = 92, 268, 22, 16


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A piece of evidence in words."""

    it: room.Trace
    words: str
    chip: str
    sureness: str


def sentence(kind: str, facts: Mapping[str, Any], *, own: bool = False) -> str:
    """What the evidence says; with `own` as the teacher reads it, without anybody else."""
    sentences = room.OWN_SENTENCES if own else room.SENTENCES
    return str(sentences[room.Kind(kind)]) % _told(kind, facts)


def _told(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    told = dict(facts) | {"at_once": clock(int(facts.get("at_once_s", 0))), "reason_word": "", "what_word": ""}
    if kind == room.Kind.REFUSED_BEATS:
        told["reason_word"] = str(learning.REASONS.get(str(facts.get("reason", "")), facts.get("reason", "")))
    if kind == room.Kind.TWO_PLACES:
        told["what_word"] = str(room.WHAT_WORDS[str(facts["what"])]) % {
            "clash": clock(int(facts.get("clash_s", 0))),
            "hours": facts.get("hours", ""),
        }
    if kind == room.Kind.PROVIDER_RECORDS:
        code = facts.get("what", "")
        words = {one.value: word for one, word in exchange.WHY_NOT.items()}
        told["what_word"] = f"{words.get(str(code), code)} · {clock(int(facts.get('seconds', 0)))}"
    return told


def trace_row(kind: str, trace: room.Trace, *, own: bool = False) -> TraceRow:
    """The evidence as a list shows it."""
    chip, word = room.SURENESS[room.Sureness(trace.facts.get("sureness", "weak"))]
    return TraceRow(trace, sentence(kind, trace.facts, own=own), chip, str(word))


def strip(case: room.Case, concerns: Sequence[room.Concern], *, names: bool = True) -> SafeString | str:
    """When was studied, as bars over a day: by teacher on the case's last day, or by day for one teacher; "" where the clock says nothing."""
    if case.kind == room.Kind.SHARED_DEVICE:
        people = {one.teacher_id: one.teacher.name if names else _("you") for one in concerns[:ROWS]}
        rows = learning.UnitDay.objects.filter(teacher_id__in=list(people), local_on=case.last_on)
        found = _walls((row.teacher_id, row.local_on, row.walls) for row in rows)
        return _drawn([(people[teacher_id], walls) for (teacher_id, _on), walls in sorted(found.items())], case.last_on)
    if case.kind in (room.Kind.AROUND_CLOCK, room.Kind.TWO_PLACES) and concerns:
        rows = learning.UnitDay.objects.filter(teacher_id=concerns[0].teacher_id, local_on__gte=case.first_on, local_on__lte=case.last_on)
        found = _walls((row.teacher_id, row.local_on, row.walls) for row in rows)
        return _drawn([(on.strftime("%m-%d"), walls) for (_teacher, on), walls in sorted(found.items())[-ROWS:]], None)
    return ""


def _walls(rows: Iterable[tuple[int, date, list[list[int]]]]) -> dict[tuple[int, date], list[tuple[int, int]]]:
    found: dict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)
    for teacher_id, on, walls in rows:
        begin = midnight_of(on.toordinal())
        found[teacher_id, on] += [(start - begin, end - begin) for start, end in walls]
    return found


def _drawn(rows: Collection[tuple[str, list[tuple[int, int]]]], on: date | None) -> SafeString | str:
    """Bars on an axis of whole hours that begins and ends with what there is to see."""
    if not rows:
        return ""
    first, last = _hours([wall for _label, walls in rows for wall in walls])
    height, step = TOP + ROW * len(rows) + 18, max(1, -(-(last - first) // 6))
    marks = format_html_join(
        "",
        '<line class="x-an-tick" x1="{0}" y1="12" x2="{0}" y2="{1}"/>'
        '<text class="x-an-axis" x="{0}" y="{2}" text-anchor="middle">{3}:00</text>',
        ((_x(hour * HOUR_S, first, last), height - 16, height - 3, hour) for hour in range(first, last + 1, step)),
    )
    bars = format_html_join("", "{}", ((_row(place, label, walls, (first, last)),) for place, (label, walls) in enumerate(rows)))
    label = _("When was studied on %(day)s") % {"day": on} if on else _("When was studied, day by day")
    return format_html(
        '<svg class="x-an-strip" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>', LEFT + WIDTH + 22, height, label, marks, bars
    )


def _hours(walls: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The hours of the day between which all of it lies, at least three."""
    if not walls:
        return 0, HOURS
    first, last = min(start for start, _end in walls) // HOUR_S, -(-max(end for _start, end in walls) // HOUR_S)
    missing = max(0, 3 - (last - first))
    first = max(0, first - -(-missing // 2))
    return first, min(HOURS, max(last, first + 3))


def _row(place: int, label: str, walls: Sequence[tuple[int, int]], hours: tuple[int, int]) -> SafeString:
    y = TOP + ROW * place
    ends = [(_x(start, *hours), _x(end, *hours)) for start, end in walls]
    bars = format_html_join(
        "", '<rect class="x-an-bar" x="{}" y="{}" width="{}" height="12" rx="2"/>', ((x, y + 4, max(until - x, 2)) for x, until in ends)
    )
    return format_html('<text class="x-an-name" x="0" y="{}">{}</text>{}', y + 14, label[:7], bars)


def _x(seconds: int, first: int, last: int) -> int:
    begin, length = first * HOUR_S, (last - first) * HOUR_S
    return LEFT + WIDTH * min(max(seconds - begin, 0), length) // length
