"""The dashboard's figures: the funnel of the seven counts and the map of equal tiles, as SVG attributes without any style."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from xingtan.domains.supervision import api as supervision
from xingtan.web.parts.formats import count

from .overview import Below, Row, branch_rows, tenths

STEP_X, WIDE, HIGH, BASE = 182, 128, 76, 170
# Where each city of Jiangxi lies on a map of equal tiles: column, row.
PLACES = {
    "360400": (1, 0), "360200": (2, 0),
    "360900": (0, 1), "360100": (1, 1), "360600": (2, 1), "361100": (3, 1),
    "360300": (0, 2), "360500": (1, 2), "361000": (2, 2),
    "360800": (1, 3), "360700": (1, 4),
}  # fmt: skip
STEPS = (
    (800, "#17506b", "#fff"),
    (600, "#3a7f9c", "#fff"),
    (400, "#6ba0b5", "#22303c"),
    (200, "#a9cad7", "#22303c"),
    (-1, "#dbe8ee", "#22303c"),
)
TILE_X, TILE_Y, TILE_W, TILE_H = 100, 56, 94, 50


def funnel(now: supervision.SevenCounts, before: supervision.SevenCounts | None, later: Mapping[str, date]) -> SafeString:
    """Seven bars from zero, each with its share of the planned, and between them by how many the next is less or more; last year as a tick, the largest loss that is due in cinnabar.

    `later` names the counts that are not due yet, each with the day from which it is.
    """
    scale = max(*now, *(before or ()), 1)
    names = supervision.SevenCounts._fields
    losses = [0 if name in later else max(0, a - b) for name, (a, b) in zip(names[1:], pairwise(now), strict=True)]
    worst = losses.index(max(losses)) if any(losses) else -1
    drawn = [_bar(place, value, scale, now.planned, later.get(names[place])) for place, value in enumerate(now)]
    drawn += [_passage(place, now, scale, is_worst=place == worst) for place in range(len(now) - 1)]
    drawn += [_tick(place, value, scale) for place, value in enumerate(before or ()) if value]
    label = "; ".join(f"{supervision.COUNT_LABELS[name]} {count(value)}" for name, value in now._asdict().items())
    return format_html(
        '<svg class="x-funnel" viewBox="0 0 1220 172" role="img" aria-label="{}">{}</svg>', label, SafeString("".join(drawn))
    )


def _bar(place: int, value: int, scale: int, planned: int, due_on: date | None) -> str:
    x, high = place * STEP_X, HIGH * value / scale
    name = supervision.COUNT_LABELS[supervision.SevenCounts._fields[place]]
    share = _("%(percent)s %% of planned") % {"percent": tenths(value * 1000 // planned)} if planned and place else ""
    due = _("due from %(day)s") % {"day": f"{due_on:%Y-%m-%d}"} if due_on else ""
    return format_html(
        '<text x="{x}" y="14" font-size="13" fill="#5b6875">{name}</text>'
        '<text x="{x}" y="42" font-size="24" font-weight="700" fill="#22303c">{value}</text>'
        '<text x="{x}" y="60" font-size="12" fill="#5b6875">{share}</text>'
        '<text x="{x}" y="77" font-size="11.5" fill="#5b6875">{due}</text>'
        '<rect x="{x}" y="{y}" width="{wide}" height="{high}" rx="2" fill="{colour}"/>',
        x=x, name=name, value=count(value), share=share, due=due, y=f"{BASE - high:.1f}", wide=WIDE, high=f"{high:.1f}",
        colour="#2f7d4f" if place == len(supervision.SevenCounts._fields) - 1 else "#5a93ab",
    )  # fmt: skip


def _passage(place: int, now: supervision.SevenCounts, scale: int, *, is_worst: bool) -> str:
    here, there = now[place], now[place + 1]
    left, right = place * STEP_X + WIDE, (place + 1) * STEP_X
    top, other = BASE - HIGH * here / scale, BASE - HIGH * there / scale
    middle = (left + right) / 2
    loss = f"−{count(here - there)}" if there < here else f"+{count(there - here)}" if there > here else "0"
    return format_html(
        '<path d="M{} {}L{} {}V{}H{}Z" fill="#dbe8ee"/>'
        '<text x="{}" y="162" font-size="11.5" text-anchor="middle" fill="{}">{}</text>',
        left, f"{top:.1f}", right, f"{other:.1f}", BASE, left, middle, "#9c2e21" if is_worst else "#4a5763", loss,
    )  # fmt: skip


def _tick(place: int, value: int, scale: int) -> str:
    y = BASE - HIGH * value / scale
    return format_html(
        '<path d="M{} {y}H{}" stroke="#e08a2e" stroke-width="2.5"/>', max(0, place * STEP_X - 4), place * STEP_X + WIDE + 4, y=f"{y:.1f}"
    )


def tiles(below: Below) -> SafeString:
    """The cities as equal tiles where they lie, each a link; empty when the parts are not cities of the map."""
    rows = [(row, PLACES[row.organisation.code]) for row in branch_rows(below) if row.organisation.code in PLACES]
    if not rows:
        return SafeString("")
    drawn = format_html_join("", "{}", ((_tile(row, *place),) for row, place in rows))
    return format_html('<svg class="x-tiles" viewBox="0 0 398 276" role="group" aria-label="{}">{}</svg>', _("Cities"), mark_safe(drawn))  # noqa: S308 -- made by format_html_join


def _tile(row: Row, column: int, line: int) -> SafeString:
    _least, fill, ink = next(step for step in STEPS if (row.rate or 0) >= step[0])
    x, y = column * TILE_X + 1, line * TILE_Y + 1
    frame = format_html('<rect x="{}" y="{}" width="{}" height="{}" rx="5" fill="{}"{}/>', x, y, TILE_W, TILE_H, fill, _outline(row))
    words = format_html(
        '<text x="{}" y="{}" font-size="13" fill="{ink}">{}</text><text x="{}" y="{}" font-size="16" font-weight="700" fill="{ink}">{}</text>'
        '<text x="{}" y="{}" font-size="11.5" text-anchor="end" fill="{ink}">{}</text>',
        x + 8, y + 19, str(row.organisation).removesuffix("市").removesuffix(" City"), x + 8, y + 40, row.rate_text or "–",
        x + TILE_W - 7, y + 39, row.change_text, ink=ink,
    )  # fmt: skip
    url = reverse("bureau:branch", args=[row.organisation.public_id])
    return format_html('<a href="{}">{}{}</a>', url, frame, words)


def _outline(row: Row) -> SafeString:
    return mark_safe(' stroke="#9c2e21" stroke-width="2"') if row.is_worse else SafeString("")
