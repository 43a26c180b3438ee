"""Template tags of the house's parts; every template has them without loading (see docs/parts.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from . import figures, formats, icons
from .tables import Page, pages_shown

register = template.Library()

register.simple_tag(icons.icon, name="icon")
register.simple_tag(icons.mark, name="mark")
register.simple_tag(figures.ring, name="ring")
register.simple_tag(figures.ladder, name="ladder")
register.simple_tag(figures.ladder_strip, name="ladder_strip")
register.simple_tag(figures.axis, name="axis")
register.simple_tag(figures.nums, name="nums")
register.simple_tag(figures.bar, name="bar")
register.simple_tag(figures.share, name="share")
register.simple_tag(formats.hours, name="hours")
register.simple_tag(formats.hours2, name="hours2")
register.simple_tag(formats.yuan, name="yuan")
register.filter("hours", formats.hours)
register.filter("hours2", formats.hours2)
register.filter("yuan", formats.yuan)
register.filter("count", formats.count)
register.filter("clock", formats.clock)
register.filter("duration", formats.duration)
register.filter("month", formats.month_short)
register.filter("day", formats.day_short)
register.filter("cell", formats.cell)

CHIP_ICONS = {"ok": "check", "wait": "clock", "act": "pencil", "stop": "x", "info": "info", "plain": ""}


@register.simple_tag
def chip(kind: str, text: object, icon_name: str | None = None) -> SafeString:
    """A state as icon and word; kinds: ok, wait, act, stop, info, plain."""
    name = CHIP_ICONS.get(kind, "") if icon_name is None else icon_name
    return format_html('<span class="x-chip x-chip-{}">{}{}</span>', kind, icons.icon(name) if name else "", text)


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """One field with its label, help and errors; an error is announced and tied to its field."""
    described = f"{bound.auto_id}-help {bound.auto_id}-error" if bound.errors else f"{bound.auto_id}-help"
    attrs: dict[str, str | bool] = {"aria-describedby": described}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    kind = getattr(bound.field.widget, "input_type", "")
    return {"field": bound, "hint": hint or bound.help_text, "drawn": bound.as_widget(attrs=attrs), "kind": kind}


@register.inclusion_tag("parts/tree.html")
def tree(nodes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A reason tree: nodes with state (met, lacking, waiting, refused), label, value, note and children."""
    return {"nodes": nodes}


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Numbered pages that keep the address's other filters."""
    return {"page": page, "numbers": pages_shown(page.number, page.pages), "query": _query(context, "page")}


@register.inclusion_tag("parts/sort.html", takes_context=True)
def sort(context: Context, key: str, label: str) -> dict[str, Any]:
    """A heading that sorts by this key; the second click turns the order round."""
    current = context["request"].GET.get("sort", "")
    return {"label": label, "is_up": current == key, "is_down": current == f"-{key}", "query": _query(context, "sort", "page"), "key": key}


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: object) -> str:
    """The present address's query with these values changed; an empty value takes its key out."""
    query: QueryDict = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in ("", None):
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.inclusion_tag("parts/filter_chip.html", takes_context=True)
def filter_chip(context: Context, key: str, label: str) -> dict[str, Any]:
    """An active filter as a chip with a cross that takes it out of the address."""
    return {"is_on": bool(context["request"].GET.get(key)), "label": label, "query": with_query(context, **{key: "", "page": ""})}


@register.inclusion_tag("parts/empty.html")
def empty(title: str, text: str = "", url: str = "", button: str = "") -> dict[str, str]:
    """An empty state: what it is, what to do first, and the button that does it."""
    return {"title": title, "text": text, "url": url, "button": button}


def _query(context: Context, *without: str) -> str:
    query: QueryDict = context["request"].GET.copy()
    for key in without:
        query.pop(key, None)
    return f"{query.urlencode()}&" if query else ""
