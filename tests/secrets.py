"""What must never stand in a log, found by its shape: passwords of the demonstration, keys, identity numbers, phones."""

from __future__ import annotations

import re

SHAPES = {
    "a password": re.compile(r"xingtan-demo|kong-shan-xin-yu"),
    "an API key": re.compile(r"\bxt_[\w-]{20,}"),
    "an identity number": re.compile(r"(?<![\d.])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
    "a phone": re.compile(r"(?<![\d.])1[3-9]\d{9}(?![\d.])"),
    "a session": re.compile(r"(?:sessionid|xingtan)=[a-z0-9]{32}"),
    "a token of a form": re.compile(r"csrfmiddlewaretoken"),
    "a bearer": re.compile(r"[Bb]earer [\w.-]{20,}"),
    "an encrypted column": re.compile(r"\bv\d+\.[\w-]{40,}"),
}


def secrets_in(text: str, *others: str) -> list[str]:
    """What stands in the text and must not, by its kind and with the line around it cut short."""
    found = [f"{kind}: {match[0][:6]}…" for kind, shape in SHAPES.items() for match in shape.finditer(text)]
    return found + [f"what was typed: {one[:3]}…" for one in others if one in text]
