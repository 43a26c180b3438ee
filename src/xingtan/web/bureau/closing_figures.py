"""The closing board's figures as SVG attributes without any style: who went from which verdict to which, and bars of change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as room
from xingtan.web.parts.formats import count

WIDE, HIGH, GAP, LEFT, RIGHT, NODE = 540, 264, 16, 176, 364, 9
LEAST = 1.6
INK, GREY = "#22303c", "#5b6875"
COLOURS: Mapping[Verdict, str] = {
    Verdict.QUALIFIED: "#2f7d4f",
    Verdict.MAKE_UP_REQUIRED: "#a87400",
    Verdict.EXAM_REQUIRED: "#c98a3a",
    Verdict.NOT_QUALIFIED: "#b93a2b",
    Verdict.UNDETERMINED: "#b93a2b",
    Verdict.IN_PROGRESS: "#4d8ba3",
}


def flows(found: Sequence[room.Flow]) -> SafeString:
    """Ribbons from the verdicts of the earlier run to those of the later, as wide as they hold people; "" when nobody changed."""
    total = sum(one.people for one in found)
    if not total:
        return SafeString("")
    was, now = _sums(found, "was"), _sums(found, "now")
    scale = (HIGH - GAP * (max(len(was), len(now)) - 1)) / total
    left, right = _tops(was, scale), _tops(now, scale)
    drawn = [
        _ribbon(one, left, right, scale) for one in sorted(found, key=lambda one: (list(was).index(one.was), list(now).index(one.now)))
    ]
    drawn += [
        _node(verdict, n, top, scale, is_left=True) for (verdict, n), top in zip(was.items(), _tops(was, scale).values(), strict=True)
    ]
    drawn += [
        _node(verdict, n, top, scale, is_left=False) for (verdict, n), top in zip(now.items(), _tops(now, scale).values(), strict=True)
    ]
    label = "; ".join(f"{room.VERDICTS[one.was]} → {room.VERDICTS[one.now]}: {one.people}" for one in found)
    return format_html(
        '<svg class="x-flows" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', WIDE, HIGH + 6, label, SafeString("".join(drawn))
    )


def _sums(found: Sequence[room.Flow], side: str) -> dict[Verdict, int]:
    """People per verdict of one side, most first."""
    sums: dict[Verdict, int] = {}
    for one in found:
        verdict: Verdict = getattr(one, side)
        sums[verdict] = sums.get(verdict, 0) + one.people
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def _tops(sums: Mapping[Verdict, int], scale: float) -> dict[Verdict, float]:
    """Where each verdict's node begins, from the top."""
    tops, at = {}, 3.0
    for verdict, people in sums.items():
        tops[verdict] = at
        at += people * scale + GAP
    return tops


def _ribbon(one: room.Flow, left: dict[Verdict, float], right: dict[Verdict, float], scale: float) -> str:
    high = max(LEAST, one.people * scale)
    a, b = left[one.was], right[one.now]
    left[one.was] += one.people * scale
    right[one.now] += one.people * scale
    middle = (LEFT + RIGHT) / 2
    path = (
        f"M{LEFT} {a:.1f}C{middle} {a:.1f} {middle} {b:.1f} {RIGHT} {b:.1f}V{b + high:.1f}"
        f"C{middle} {b + high:.1f} {middle} {a + high:.1f} {LEFT} {a + high:.1f}Z"
    )
    return format_html('<path d="{}" fill="{}" fill-opacity=".26"/>', path, COLOURS.get(one.now, GREY))


def _node(verdict: Verdict, people: int, top: float, scale: float, *, is_left: bool) -> str:
    high = max(LEAST, people * scale)
    x, at, anchor = (LEFT - NODE, LEFT - NODE - 8, "end") if is_left else (RIGHT, RIGHT + NODE + 8, "start")
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>'
        '<text x="{}" y="{}" text-anchor="{}" font-size="12.5" fill="{}">{}<tspan dx="6" font-weight="700">{}</tspan></text>',
        x, f"{top:.1f}", NODE, f"{high:.1f}", GREY if is_left else COLOURS.get(verdict, GREY),
        at, f"{top + high / 2 + 4.5:.1f}", anchor, INK, room.VERDICTS[verdict], count(people),
    )  # fmt: skip


def change_bar(change: int, widest: int) -> SafeString:
    """A bar from the middle: right for more, left for fewer people than before, as long as its share of the largest change."""
    long = 0 if not change else max(1.5, 62 * abs(change) / max(1, widest))
    x = 65 if change > 0 else 65 - long
    return format_html(
        '<svg class="x-change" viewBox="0 0 130 20" role="img" aria-label="{}"><path d="M65 0V20" stroke="#d3ccbf"/>'
        '<rect x="{}" y="5" width="{}" height="10" rx="1.5" fill="{}"/></svg>',
        _("Change %(n)s") % {"n": signed(change)}, f"{x:.1f}", f"{long:.1f}", "#4d8ba3" if change > 0 else "#8b96a0",
    )  # fmt: skip


def signed(number: int) -> str:
    """The number with its sign: +808, −412, 0."""
    return f"+{count(number)}" if number > 0 else f"−{count(-number)}" if number < 0 else "0"


def difference(here: int, there: int) -> str:
    """Hundredths of a percent as a difference in percentage points with its sign."""
    change = here - there
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{abs(change) // 100}.{abs(change) % 100:02}"


def share(part: int, whole: int) -> int:
    """The part of the whole in hundredths of a percent, rounded half up; 0 of nothing."""
    return (part * 20_000 + whole) // (2 * whole) if whole else 0


def percent(hundredths: int) -> str:
    """Hundredths of a percent as percent with two decimals."""
    return f"{hundredths // 100}.{hundredths % 100:02}%"
