"""Whether the proxies in front are as many as the operator said: noted at sign-in, told by `xingtan doctor`."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

NOTE = "proxies-noted"
FRESH = timedelta(days=7)
ONE_NOTE = timedelta(hours=1)
MORE, FEWER = "more", "fewer"


def _place() -> Path:
    return Path(settings.HOME) / NOTE


def _noted_at(place: Path) -> datetime:
    return datetime.fromtimestamp(place.stat().st_mtime, tz=timezone.get_default_timezone())


def note_proxies(direct: str, named: int) -> None:
    """A neighbour (a private address) that names so many clients before itself, other than XINGTAN_PROXIES says, is noted, once an hour."""
    kind = MORE if named and not settings.PROXIES else FEWER if named < settings.PROXIES else ""
    if not kind or not _is_near(direct):
        return
    place = _place()
    if not place.exists() or timezone.now() - _noted_at(place) > ONE_NOTE:
        place.write_text(kind, encoding="ascii")


def _is_near(address: str) -> bool:
    """True on this machine or in this house: from afar anybody may write the header."""
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return not address  # a Unix socket has none


def noted_proxies() -> str:
    """What was noted within seven days: `more`, `fewer`, or "" when the proxies are as many as the operator says."""
    place = _place()
    if not place.exists() or timezone.now() - _noted_at(place) > FRESH:
        return ""
    kind = place.read_text(encoding="ascii")
    still = kind == (FEWER if settings.PROXIES else MORE)
    return kind if still else ""
