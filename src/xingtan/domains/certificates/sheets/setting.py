"""Asking the press for a sheet."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from xingtan.foundation.refusal import Refused

from .press import NO_GLYPH

LOG = logging.getLogger(__name__)
FONTS = Path(__file__).resolve().parents[3] / "fonts"
SECONDS = 180
# A press takes a core and 200 MB; more of them at once would only slow each other and the pages.
PRESSES = threading.BoundedSemaphore(2)


def check_address(text: str) -> str:
    """The public address under which this number or code is checked."""
    return f"{settings.PUBLIC_URL}{reverse('public:check_result', args=[text])}"


def qr_svg(address: str) -> str:
    """The address as a QR code of level M, drawn in ink without a margin."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(
        drawn, kind="svg", border=0, dark="#22303c", xmldecl=False, svgclass=None, lineclass=None, omitsize=True
    )
    return drawn.getvalue().decode()


def set_sheet(sheet: str, data: Mapping[str, Any]) -> bytes:
    """The sheet as a PDF; refused when no font has one of its characters."""
    command = [sys.executable, "-m", "xingtan.domains.certificates.sheets.press", sheet, str(FONTS)]
    source = json.dumps(data, ensure_ascii=False).encode()
    with PRESSES:
        done = subprocess.run(command, input=source, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 -- our own program
    if done.returncode == NO_GLYPH:
        raise Refused("glyphs_missing", characters="、".join(map(_named, done.stderr.decode())))
    if done.returncode:
        LOG.error("the press failed on %s: %s", sheet, done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:300])
        raise Refused("press_failed")
    return done.stdout


def _named(char: str) -> str:
    return f"{char} (U+{ord(char):04X} {unicodedata.name(char, '')})".replace(" )", ")")
