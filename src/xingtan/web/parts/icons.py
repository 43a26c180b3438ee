"""The house's own small set of stroked icons, 24 by 24; always beside a word, so hidden from screen readers."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

CIRCLE = "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0 -18"
PERSON = "M12 3a4 4 0 1 0 0 8a4 4 0 0 0 0 -8 M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2"
SHEET = "M14 3v4a1 1 0 0 0 1 1h4 M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2"
BOX = "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2"
ICONS: dict[str, str] = {
    "home": "M5 12h-2l9 -9l9 9h-2 M5 12v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2 -2v-7",
    "book": "M3 19a9 9 0 0 1 9 0a9 9 0 0 1 9 0 M3 6a9 9 0 0 1 9 0a9 9 0 0 1 9 0 M3 6v13 M12 6v13 M21 6v13",
    "users": "M9 3a4 4 0 1 0 0 8a4 4 0 0 0 0 -8 M3 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2 M16 3.1a4 4 0 0 1 0 7.8 M21 21v-2a4 4 0 0 0 -3 -3.85",
    "user": PERSON,
    "list": "M9 6h11 M9 12h11 M9 18h11 M5 6v.01 M5 12v.01 M5 18v.01",
    "bell": "M10 5a2 2 0 1 1 4 0a7 7 0 0 1 4 6v3a4 4 0 0 0 2 3h-16a4 4 0 0 0 2 -3v-3a7 7 0 0 1 4 -6 M9 17v1a3 3 0 0 0 6 0v-1",
    "check": "M5 12l5 5l10 -10",
    "check-circle": f"{CIRCLE} M8 12l3 3l5 -5",
    "clock": f"{CIRCLE} M12 7v5l3 3",
    "alert": f"{CIRCLE} M12 8v5 M12 16v.01",
    "info": f"{CIRCLE} M12 8v.01 M12 11v5",
    "help": f"{CIRCLE} M12 17v.01 M12 13.5a1.5 1.5 0 0 1 1 -1.5a2.6 2.6 0 1 0 -3 -4",
    "ban": f"{CIRCLE} M5.7 5.7l12.6 12.6",
    "circle": CIRCLE,
    "x": "M18 6l-12 12 M6 6l12 12",
    "minus": "M5 12h14",
    "plus": "M12 5v14 M5 12h14",
    "down": "M6 9l6 6l6 -6",
    "up": "M6 15l6 -6l6 6",
    "right": "M9 6l6 6l-6 6",
    "left": "M15 6l-6 6l6 6",
    "arrow-right": "M5 12h14 M13 6l6 6l-6 6",
    "play": "M7 4v16l13 -8z",
    "pause": "M8 5v14 M16 5v14",
    "print": (
        "M17 17h2a2 2 0 0 0 2 -2v-4a2 2 0 0 0 -2 -2h-14a2 2 0 0 0 -2 2v4a2 2 0 0 0 2 2h2 M17 9v-4a2 2 0 0 0 -2 -2h-6a2 2 0 0 0 -2 2v4 "
        "M7 15a2 2 0 0 1 2 -2h6a2 2 0 0 1 2 2v4a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2z"
    ),
    "download": "M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2 -2v-2 M7 11l5 5l5 -5 M12 4v12",
    "upload": "M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2 -2v-2 M7 9l5 -5l5 5 M12 4v12",
    "search": "M3 10a7 7 0 1 0 14 0a7 7 0 1 0 -14 0 M21 21l-6 -6",
    "pencil": "M4 20h4l10.5 -10.5a2.8 2.8 0 1 0 -4 -4l-10.5 10.5v4 M13.5 6.5l4 4",
    "lock": (
        "M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-6 M8 11v-4a4 4 0 1 1 8 0v4 "
        "M11 16a1 1 0 1 0 2 0a1 1 0 0 0 -2 0"
    ),
    "file": SHEET,
    "sheet": f"{SHEET} M8 11h8v7h-8v-7 M8 15h8 M11 11v7",
    "file-export": "M14 3v4a1 1 0 0 0 1 1h4 M5 13v-8a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2h-5.5m-9.5 -2h7m-3 -3l3 3l-3 3",
    "filter": "M4 4h16v2.2a2 2 0 0 1 -.6 1.4l-4.4 4.4v7l-6 2v-8.5l-4.5 -4.9a2 2 0 0 1 -.5 -1.4v-2.2",
    "clip": "M15 7l-6.5 6.5a1.5 1.5 0 0 0 3 3l6.5 -6.5a3 3 0 0 0 -6 -6l-6.5 6.5a4.5 4.5 0 0 0 9 9l6.5 -6.5",
    "eye": "M10 12a2 2 0 1 0 4 0a2 2 0 0 0 -4 0 M21 12c-2.4 4 -5.4 6 -9 6c-3.6 0 -6.6 -2 -9 -6c2.4 -4 5.4 -6 9 -6c3.6 0 6.6 2 9 6",
    "repeat": "M4 12v-3a3 3 0 0 1 3 -3h13m-3 -3l3 3l-3 3 M20 12v3a3 3 0 0 1 -3 3h-13m3 3l-3 -3l3 -3",
    "undo": "M9 14l-4 -4l4 -4 M5 10h11a4 4 0 1 1 0 8h-1",
    "send": "M10 14l11 -11 M21 3l-6.5 18a.55 .55 0 0 1 -1 0l-3.5 -7l-7 -3.5a.55 .55 0 0 1 0 -1l18 -6.5",
    "table": f"{BOX} M3 10h18 M10 3v18",
    "dice": f"{BOX} M8 8v.01 M16 8v.01 M12 12v.01 M8 16v.01 M16 16v.01",
    "calendar": "M4 7a2 2 0 0 1 2 -2h12a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-12a2 2 0 0 1 -2 -2v-12 M16 3v4 M8 3v4 M4 11h16",
    "card": "M3 8a3 3 0 0 1 3 -3h12a3 3 0 0 1 3 3v8a3 3 0 0 1 -3 3h-12a3 3 0 0 1 -3 -3v-8 M3 10h18 M7 15h.01 M11 15h2",
    "qr": "M4 4h6v6h-6z M14 4h6v6h-6z M4 14h6v6h-6z M14 14h3v3 M20 14v.01 M20 20h-6v-2 M20 17v.01",
    "seal": "M5 21h14 M17 17h-10a2 2 0 0 1 0 -4h3c1 -2 -1 -4 -1 -6a3 3 0 0 1 6 0c0 2 -2 4 -1 6h3a2 2 0 0 1 0 4z",
    "offline": (
        "M12 18h.01 M9.2 15.2a4 4 0 0 1 5.6 0 M6.3 12.3a8 8 0 0 1 3.9 -2.1 M14.2 10.2a8 8 0 0 1 3.4 2.1 "
        "M3.5 9.5a12 12 0 0 1 3.5 -2.4 M10.6 6a12 12 0 0 1 9.9 3.5 M3 3l18 18"
    ),
    "sign-out": "M14 8v-2a2 2 0 0 0 -2 -2h-7a2 2 0 0 0 -2 2v12a2 2 0 0 0 2 2h7a2 2 0 0 0 2 -2v-2 M9 12h12l-3 -3 M18 15l3 -3",
    "award": "M6 9a6 6 0 1 0 12 0a6 6 0 1 0 -12 0 M12 15l3.4 5.9l1.6 -3.2h3.6l-3.4 -5.9 M6.8 12l-3.4 5.9h3.6l1.6 3.2l3.4 -6.1",
    "money": "M7 15h-3a1 1 0 0 1 -1 -1v-8a1 1 0 0 1 1 -1h12a1 1 0 0 1 1 1v3 M7 10a1 1 0 0 1 1 -1h12a1 1 0 0 1 1 1v8a1 1 0 0 1 -1 1h-12a1 1 0 0 1 -1 -1z M12 14a2 2 0 1 0 4 0a2 2 0 0 0 -4 0",
    "school": "M22 9l-10 -4l-10 4l10 4l10 -4v6 M6 10.6v5.4a6 3 0 0 0 12 0v-5.4",
}


def icon(name: str, extra: str = "") -> SafeString:
    """The icon as inline SVG in the colour of its text; an unknown name draws a circle, so that a page never breaks."""
    return format_html(
        '<svg class="x-i {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', extra, ICONS.get(name, CIRCLE)
    )


def petals(*, x: float, y: float, scale: float, colour: str, centre: str = "#fff") -> SafeString:
    """A blossom of five petals round (x, y)."""
    turned = "".join(f'<ellipse cx="0" cy="-5.4" rx="3.7" ry="4.5" transform="rotate({angle})"/>' for angle in (0, 72, 144, 216, 288))
    return SafeString(
        f'<g transform="translate({x:.1f} {y:.1f}) scale({scale})" fill="{colour}">{turned}<circle r="2.1" fill="{centre}"/></g>'
    )


def mark(size: int = 30) -> SafeString:
    """The house's mark: a blossom on ink."""
    blossom = petals(x=15, y=15, scale=1.11, colour="#f0a04b", centre="#22303c")
    return SafeString(
        f'<svg viewBox="0 0 30 30" width="{size}" height="{size}" aria-hidden="true"><rect width="30" height="30" rx="7" fill="#22303c"/>{blossom}</svg>'
    )
