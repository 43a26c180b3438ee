"""A sum as a bar: what its parts are, what they should make, and what is too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xingtan.domains.policies import api as policies
from xingtan.web.parts.formats import hours2

from .rule_values import Values

WIDTH, HEIGHT, GAP = 388, 20, 2
SHADES = ("#1f5f7a", "#3a7690", "#5b93aa", "#7fadc0")
TOO_MUCH = "#b93a2b"


def sum_bar(data: policies.Data, table: Mapping[str, object]) -> SafeString:
    """An item's hours by component beside what a year of the cycle asks for; nothing when they add up or cannot be read."""
    amounts, cycle = table.get("required_centi"), policies.value_at(data, ("cycle",))
    if not isinstance(amounts, Mapping) or not isinstance(cycle, Mapping) or not cycle.get("is_sum_of_years", True):
        return SafeString()
    whole, years = cycle.get("required_centi"), cycle.get("years")
    parts = [(str(code), amount) for code, amount in amounts.items() if type(amount) is int and amount > 0]
    if type(whole) is not int or type(years) is not int or years <= 0 or not parts or len(parts) > len(SHADES):
        return SafeString()
    need = whole // years
    return SafeString() if need * years != whole or sum(amount for _code, amount in parts) == need else _bar(parts, need, Values(data))


def _bar(parts: Sequence[tuple[str, int]], need: int, values: Values) -> SafeString:
    total = max(need, sum(amount for _code, amount in parts))
    left, pieces, words = 0.0, [], []
    for (code, amount), shade in zip(parts, SHADES, strict=False):
        width = WIDTH * amount / total
        pieces.append((f"{left:.1f}", f"{max(width - GAP, 1):.1f}", HEIGHT, shade))
        words.append((f"{left + 8:.1f}", f"{values.code(code)} {hours2(amount)}"))
        left += width
    at = WIDTH * need / total
    over = [(f"{at:.1f}", f"{max(left - at, 0):.1f}", HEIGHT, TOO_MUCH)] if left > at else []
    boxes = format_html_join("", '<rect x="{}" y="4" width="{}" height="{}" rx="2" fill="{}"></rect>', [*pieces, *over])
    texts = format_html_join("", '<text x="{}" y="18.5" fill="#fff" font-size="12">{}</text>', words)
    mark = format_html(
        '<line x1="{0}" x2="{0}" y1="0" y2="28" stroke="#22303c" stroke-width="2"></line>'
        '<text x="{0}" y="42" text-anchor="{2}" fill="#5b6875" font-size="12">{1}</text>',
        f"{at:.1f}",
        _("required %(amount)s") % {"amount": hours2(need)},
        "end" if at > WIDTH / 2 else "start",
    )
    return format_html('<svg class="wb-sum" viewBox="0 0 {} 46" role="img" aria-hidden="true">{}{}{}</svg>', WIDTH + 2, boxes, texts, mark)
