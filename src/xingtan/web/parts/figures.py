"""The figures: drawn on the server as SVG, each with its text alternative. Amounts are hundredths of an hour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .formats import day_short, hours, month_short
from .icons import petals

FULL = 360.0
GAP = 1.6
MID = 92


@dataclass(frozen=True, slots=True)
class Part:
    """One component of a year: what is asked, recognised and verified, in hundredths of an hour."""

    label: str
    required_centi: int
    recognised_centi: int
    verified_centi: int

    @property
    def gap_centi(self) -> int:
        """What is still lacking, 0 when nothing is."""
        return max(0, self.required_centi - self.recognised_centi)


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One year of the cycle: its verdict (a code of core.verdicts, "" before it starts) with its word, and its hours."""

    year: int
    verdict: str
    word: str
    required_centi: int
    recognised_centi: int = 0
    verified_centi: int = 0
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A window of the year on the axis; both days included."""

    label: str
    opens_on: date
    closes_on: date


def _on_ring(angle: float, radius: float) -> str:
    turn = math.radians(angle - 90)
    return f"{120 + radius * math.cos(turn):.2f} {120 + radius * math.sin(turn):.2f}"


def _arc(begin: float, end: float, colour: str) -> str:
    if end - begin < 0.2:
        return ""
    end = min(end, begin + 359.9)
    large = 1 if end - begin > 180 else 0
    return (
        f'<path d="M{_on_ring(begin, MID)}A{MID} {MID} 0 {large} 1 {_on_ring(end, MID)}" stroke="{colour}" stroke-width="22" fill="none"/>'
    )


def _dashed(begin: float, end: float) -> str:
    if end - begin < 1:
        return ""
    end = min(end, begin + 359.9)
    large = 1 if end - begin > 180 else 0
    out, back = 102.2, 81.8
    return (
        f'<path d="M{_on_ring(begin, out)}A{out} {out} 0 {large} 1 {_on_ring(end, out)}L{_on_ring(end, back)}'
        f'A{back} {back} 0 {large} 0 {_on_ring(begin, back)}Z" fill="#fff" stroke="#8a4b0b" stroke-width="1.6" stroke-dasharray="3.5 2.6"/>'
    )


def _part_arcs(part: Part, begin: float, span: float) -> str:
    recognised = min(part.recognised_centi, part.required_centi)
    verified = min(part.verified_centi, recognised)
    first = begin + span * verified / part.required_centi
    second = begin + span * recognised / part.required_centi
    return _arc(begin, first, "#e08a2e") + _arc(first, second, "#f2c48d") + _dashed(second + (1 if second > begin else 0), begin + span)


def ring(parts: Sequence[Part], *, label: str, is_full: bool = False) -> SafeString:
    """This year as arcs, one a component: verified, recognised, gap (dashed); a blossom when the year is complete."""
    total = sum(part.required_centi for part in parts) or 1
    at, arcs = 0.0, ""
    for part in (part for part in parts if part.required_centi):
        span = FULL * part.required_centi / total
        arcs += _part_arcs(part, at + GAP / 2, span - GAP)
        at += span
    blossom = petals(x=120, y=66, scale=1.2, colour="#e08a2e") if is_full else ""
    return SafeString(f'<svg viewBox="0 0 240 240" role="img" aria-label="{escape(label)}">{arcs}{blossom}</svg>')


def bar(part: Part) -> SafeString:
    """One component as a bar: verified, then recognised, of what is asked."""
    required = max(1, part.required_centi)
    recognised = min(100.0, 100 * part.recognised_centi / required)
    verified = min(recognised, 100 * part.verified_centi / required)
    return share([(verified, "#e08a2e"), (recognised - verified, "#f2c48d")])


def share(pieces: Iterable[tuple[float, str]]) -> SafeString:
    """Percentages side by side as one bar; the words stand beside it, so it is hidden from screen readers."""
    at, drawn = 0.0, ""
    for percent, colour in pieces:
        if percent > 0:
            drawn += f'<rect class="x-grow" x="{at:.2f}" y="0" width="{percent:.2f}" height="8" fill="{colour}"/>'
            at += percent
    return SafeString(f'<svg class="x-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>')


STEP_WIDTH, STEP_GAP, RISE, FLOOR = 83.8, 9.4, 34, 214


def _text(x: float, y: float, text: str, **look: object) -> str:
    looks = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in ({"text_anchor": "middle", "font_size": 14} | look).items())
    return f'<text x="{x:.1f}" y="{y:.1f}" {looks}>{escape(text)}</text>'


def _wide(word: str) -> float:
    """About how wide a word of 14 px is drawn."""
    return sum(14 if ord(letter) > 0x2E80 else 7.4 for letter in word)


def _step(place: int, step: LadderStep) -> str:
    x, top = place * (STEP_WIDTH + STEP_GAP), FLOOR - (place + 1) * RISE
    middle = x + STEP_WIDTH / 2
    year = _text(
        middle, 238, str(step.year), font_size=15, font_weight=700 if step.is_now else 400, fill="#22303c", **{"class": "x-svg-serif"}
    )
    if step.verdict == "qualified":
        return year + _step_done(x, top, step)
    if step.verdict in ("in_progress", "exam_required", "undetermined"):
        return year + _step_now(x, top, step)
    return year + _step_empty(x, top, step)


def _step_done(x: float, top: int, step: LadderStep) -> str:
    under = f'<rect x="{x:.1f}" y="{top + RISE}" width="{STEP_WIDTH}" height="{FLOOR - top - RISE}" fill="#f6f1e8"/>'
    face = f'<rect x="{x:.1f}" y="{top}" width="{STEP_WIDTH}" height="{RISE}" fill="#e3f2e8"/><rect x="{x:.1f}" y="{top}" width="{STEP_WIDTH}" height="3" fill="#2f7d4f"/>'
    middle = x + STEP_WIDTH / 2
    number = _text(
        middle, top + 23, hours(step.recognised_centi), font_size=15, font_weight=700, fill="#1f6a3f", **{"class": "x-svg-serif"}
    )
    word = _text(middle + 10, top - 11, step.word, font_weight=700, fill="#1f6a3f")
    return under + face + number + petals(x=middle - _wide(step.word) / 2 - 4, y=top - 16, scale=0.95, colour="#e08a2e") + word


def _step_now(x: float, top: int, step: LadderStep) -> str:
    required = max(1, step.required_centi)
    recognised = STEP_WIDTH * min(1, step.recognised_centi / required)
    verified = STEP_WIDTH * min(1, step.verified_centi / required)
    middle = x + STEP_WIDTH / 2
    return (
        f'<rect x="{x:.1f}" y="{top + RISE}" width="{STEP_WIDTH}" height="{FLOOR - top - RISE}" fill="#f6f1e8"/>'
        f'<rect x="{x:.1f}" y="{top}" width="{STEP_WIDTH}" height="{RISE}" fill="#fff" stroke="#8a4b0b" stroke-width="1.3" stroke-dasharray="3.5 2.6"/>'
        f'<rect x="{x:.1f}" y="{top}" width="{recognised:.1f}" height="{RISE}" fill="#f2c48d"/>'
        f'<rect x="{x:.1f}" y="{top}" width="{verified:.1f}" height="{RISE}" fill="#e08a2e"/>'
        + _text(middle, top + 22, hours(step.recognised_centi), font_size=15, font_weight=700, fill="#22303c", **{"class": "x-svg-serif"})
        + f'<circle cx="{middle - _wide(step.word) / 2 - 3:.1f}" cy="{top - 16}" r="4.6" fill="none" stroke="#e08a2e" stroke-width="2"/>'
        + _text(middle + 8, top - 11, step.word, font_weight=700, fill="#8a4b0b")
    )


def _step_empty(x: float, top: int, step: LadderStep) -> str:
    middle = x + STEP_WIDTH / 2
    colour = "#9c2e21" if step.verdict in ("make_up_required", "not_qualified") else "#5b6875"
    number = step.recognised_centi if step.verdict else step.required_centi
    return (
        f'<rect x="{x:.1f}" y="{top}" width="{STEP_WIDTH}" height="{FLOOR - top}" fill="none" stroke="#d3ccbf" stroke-width="1.2" stroke-dasharray="3 4"/>'
        + _text(middle, top + 21, hours(number), fill="#5b6875")
        + _text(middle, top - 11, step.word, font_size=13, font_weight=700 if step.verdict else 400, fill=colour)
    )


def ladder_label(steps: Sequence[LadderStep]) -> str:
    """The ladder in one sentence."""
    told = "; ".join(f"{step.year} {step.word} {hours(step.recognised_centi)}" for step in steps)
    return _("Five-year ladder: %(steps)s") % {"steps": told}


def ladder(steps: Sequence[LadderStep]) -> SafeString:
    """The cycle's years as steps, each standing on the last; a qualified year bears a blossom, the word always beside it."""
    drawn = "".join(_step(place, step) for place, step in enumerate(steps))
    width = max(1, len(steps)) * (STEP_WIDTH + STEP_GAP) - STEP_GAP
    floor = f'<path d="M0 {FLOOR}H{width:.0f}" stroke="#d3ccbf"/>'
    return SafeString(f'<svg viewBox="-4 0 {width + 8:.0f} 246" role="img" aria-label="{escape(ladder_label(steps))}">{drawn}{floor}</svg>')


def ladder_strip(steps: Sequence[LadderStep]) -> SafeString:
    """The ladder without words, for a phone; its sentence is the text alternative."""
    drawn = ""
    for place, step in enumerate(steps):
        x, top = place * 34, 32 - place * 7
        if step.verdict == "qualified":
            drawn += f'<rect x="{x}" y="{top}" width="30" height="{44 - top}" fill="#e3f2e8"/><rect x="{x}" y="{top}" width="30" height="3" fill="#2f7d4f"/>'
        elif step.verdict == "in_progress":
            wide = 30 * min(1, step.recognised_centi / max(1, step.required_centi))
            drawn += f'<rect x="{x}" y="{top}" width="30" height="{44 - top}" fill="#f6f1e8"/><rect x="{x}" y="{top}" width="{wide:.1f}" height="8" fill="#e08a2e"/>'
        else:
            drawn += f'<rect x="{x + 0.6}" y="{top + 0.4}" width="28.8" height="{43.2 - top}" fill="none" stroke="#d3ccbf" stroke-dasharray="3 3"/>'
    return SafeString(
        f'<svg viewBox="0 0 168 46" width="168" height="46" role="img" aria-label="{escape(ladder_label(steps))}">{drawn}</svg>'
    )


def _months(first: date, last: date) -> list[date]:
    months, at = [], first.replace(day=1)
    while at <= last:
        months.append(max(at, first))
        at = (at + timedelta(days=32)).replace(day=1)
    return months


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    days: int

    def x(self, day: date) -> float:
        """Where a day begins on the axis, 0 to 1200."""
        return max(0.0, min(1200.0, 1200 * (day - self.first).days / self.days))


LANE, TOP, BAR = 32, 26, 26


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A window on the axis: its bar, where its word stands, and the room that both take."""

    span: Span
    left: float
    wide: float
    word_x: float
    anchor: str
    first: float
    last: float


def _drawn(span: Span, scale: _Scale) -> _Drawn:
    """The window's word stands inside its bar; beside it where the bar is too narrow, on whichever side there is room."""
    left, right = scale.x(span.opens_on) + 1.5, scale.x(span.closes_on + timedelta(days=1)) - 1.5
    wide = max(4.0, right - left)
    room = _wide(span.label) * 1.07 + 20
    if room <= wide:
        return _Drawn(span, left, wide, left + 10, "start", left, right)
    if right + room <= 1200:
        return _Drawn(span, left, wide, right + 6, "start", left, right + room)
    return _Drawn(span, left, wide, left - 6, "end", left - room, right)


def _lanes(rows: Sequence[_Drawn]) -> list[tuple[_Drawn, int]]:
    """Each window with the first lane that is free where it begins, so that windows at the same time do not cover each other."""
    ends: list[float] = []
    placed = []
    for row in sorted(rows, key=lambda row: (row.first, row.last)):
        lane = next((lane for lane, end in enumerate(ends) if end < row.first), len(ends))
        ends[lane : lane + 1] = [row.last]
        placed.append((row, lane))
    return placed


def _bar(row: _Drawn, scale: _Scale, today: date, top: int) -> str:
    box = f'x="{row.left:.1f}" y="{top}" width="{row.wide:.1f}" height="{BAR}" rx="5"'
    word = {"text_anchor": row.anchor}
    if row.span.closes_on < today:
        return f'<rect {box} fill="#e3f2e8"/>' + _text(row.word_x, top + 18, row.span.label, fill="#1f6a3f", **word)
    if row.span.opens_on > today:
        look = 'fill="#fff" stroke="#d3ccbf" stroke-dasharray="3 4"'
        return f"<rect {box} {look}/>" + _text(row.word_x, top + 18, row.span.label, fill="#5b6875", **word)
    gone = max(6.0, scale.x(today) - row.left)
    past = f'<rect x="{row.left:.1f}" y="{top}" width="{gone:.1f}" height="{BAR}" rx="5" fill="#e08a2e"/>'
    return f'<rect {box} fill="#fcefdd"/>{past}' + _text(row.word_x, top + 18, row.span.label, fill="#22303c", font_weight=700, **word)


def axis(spans: Sequence[Span], today: date) -> SafeString:
    """The year's windows as data: past green, now apricot, to come dashed; today is a line. Windows at the same time have lanes."""
    if not spans:
        return SafeString("")
    first, last = min(span.opens_on for span in spans), max(span.closes_on for span in spans)
    scale = _Scale(first, (last - first).days + 1)
    placed = _lanes([_drawn(span, scale) for span in spans])
    floor = TOP + LANE * (max(lane for _row, lane in placed) + 1)
    months = "".join(
        f'<path d="M{scale.x(month):.1f} 18V{floor}" stroke="#efe9de"/>'
        + _text(scale.x(month) + 6, floor + 18, month_short(month), font_size=13, fill="#5b6875", text_anchor="start")
        for month in _months(first, last)
        if scale.x(month) < 1170
    )
    drawn = "".join(_bar(row, scale, today, TOP + 4 + LANE * lane) for row, lane in placed)
    line = _today(scale.x(today), today, floor) if first <= today <= last else ""
    label = "; ".join(f"{span.label} {span.opens_on.isoformat()} – {span.closes_on.isoformat()}" for span in spans)
    ground = f'<path d="M0 {floor}H1200" stroke="#d3ccbf"/>'
    return SafeString(f'<svg viewBox="-2 0 1204 {floor + 24}" role="img" aria-label="{escape(label)}">{months}{ground}{drawn}{line}</svg>')


def _today(x: float, today: date, floor: int) -> str:
    at = min(1140.0, max(60.0, x))
    said = _("Today, %(day)s") % {"day": day_short(today)}
    return f'<path d="M{x:.1f} 20V{floor}" stroke="#22303c" stroke-width="2"/>' + _text(at, 14, said, font_weight=700, fill="#22303c")


def nums(counts: Sequence[tuple[str, int]]) -> SafeString:
    """The seven counts from planned to qualified as columns from zero, never merged; where people are now is apricot, the end green."""
    most = max([count for _label, count in counts] or [0]) or 1
    drawn = ""
    for place, (label, count) in enumerate(counts):
        high = 134 * count / most
        x, top = place * 96.85, 168 - high
        colour = {4: "#e08a2e", 6: "#2f7d4f"}.get(place, "#e9e2d5")
        drawn += f'<rect x="{x:.1f}" y="{top:.1f}" width="88.9" height="{high:.1f}" rx="3" fill="{colour}"/>'
        drawn += _text(x + 44.4, top - 9, f"{count:,}", font_size=19, font_weight=700, fill="#22303c", **{"class": "x-svg-serif"})
        drawn += _text(x + 44.4, 189, label, fill="#5b6875")
    label = "; ".join(f"{name} {count:,}" for name, count in counts)
    return SafeString(
        f'<svg viewBox="-4 0 678 196" role="img" aria-label="{escape(label)}">{drawn}<path d="M0 168H670" stroke="#d3ccbf"/></svg>'
    )


def pair_table(headings: tuple[str, str], rows: Iterable[tuple[str, str]]) -> SafeString:
    """A figure's table twin of two columns."""
    body = format_html_join("", '<tr><th scope="row">{}</th><td class="x-num">{}</td></tr>', rows)
    return format_html(
        '<table class="x-table"><thead><tr><th scope="col">{}</th><th scope="col" class="x-num">{}</th></tr></thead><tbody>{}</tbody></table>',
        *headings,
        mark_safe(body),  # noqa: S308 -- made by format_html_join
    )
