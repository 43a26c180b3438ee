"""Numbers and days as people read them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from xingtan.core.units import format_hours_exact

MONTHS = (
    pgettext_lazy("month", "Jan"),
    pgettext_lazy("month", "Feb"),
    pgettext_lazy("month", "Mar"),
    pgettext_lazy("month", "Apr"),
    pgettext_lazy("month", "May"),
    pgettext_lazy("month", "Jun"),
    pgettext_lazy("month", "Jul"),
    pgettext_lazy("month", "Aug"),
    pgettext_lazy("month", "Sep"),
    pgettext_lazy("month", "Oct"),
    pgettext_lazy("month", "Nov"),
    pgettext_lazy("month", "Dec"),
)


def month_short(day: date) -> str:
    """The month's short name."""
    return str(MONTHS[day.month - 1])


def _grouped(text: str) -> str:
    whole, _dot, part = text.partition(".")
    sign = "−" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}.{part}"


def hours(centi: int | None) -> str:
    """Hours with one decimal, floored so that nothing is promised that is not there; a dash for nothing known."""
    if centi is None:
        return "–"
    tenths = abs(centi) // 10
    return f"{'−' if centi < 0 else ''}{tenths // 10:,}.{tenths % 10}"


def hours2(centi: int | None) -> str:
    """Hours with two decimals and thousands commas, for offices."""
    return "–" if centi is None else _grouped(format_hours_exact(centi))


def yuan(fen: int | None) -> str:
    """Money in yuan with two decimals and thousands commas."""
    return "–" if fen is None else _grouped(format_hours_exact(fen))


def count(number: int | None) -> str:
    """A whole number with thousands commas."""
    return "–" if number is None else f"{number:,}"


def day_short(day: date) -> str:
    """Month and day in words."""
    return _("%(month)s %(day)s") % {"month": month_short(day), "day": day.day}


def clock(seconds: int | None) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, rest = divmod(max(0, seconds or 0), 60)
    whole, minutes = divmod(minutes, 60)
    return f"{whole:,}:{minutes:02d}:{rest:02d}" if whole else f"{minutes}:{rest:02d}"


def duration(seconds: int | None) -> str:
    """Seconds in words, with the units that they are told in: hours and minutes, minutes and seconds, or seconds."""
    minutes, rest = divmod(max(0, seconds or 0), 60)
    whole, minutes = divmod(minutes, 60)
    if whole:
        return _("%(hours)s h %(minutes)s min") % {"hours": f"{whole:,}", "minutes": minutes}
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def cell(value: object) -> str:
    """A value of a list as its page shows it: days and minutes as such, nothing for none."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
