"""What the commands say on the terminal."""

from __future__ import annotations

import sys


def say(text: str = "") -> None:
    """The text stands on standard output."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """The text stands on standard error."""
    sys.stderr.write(f"{text}\n")
