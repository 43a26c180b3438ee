"""What applications keep as codes, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xingtan.domains.suiting.api import BRIEF, MISMATCHES
from xingtan.foundation.refusal import Refused
from xingtan.foundation.words import refusal_sentence

from .words import REASONS


def reason_said(reason: str) -> str:
    """A person's words as they are, a rule's code in its sentence."""
    return str(REASONS.get(reason, reason))


def warnings_said(codes: Sequence[str]) -> list[str]:
    """What was shown and accepted, each in a sentence: what does not match first, then what was not known or clashed."""
    return [str(words[code]) for words in (MISMATCHES, BRIEF) for code in dict.fromkeys(codes) if code in words]


def job_refusal(result: Mapping[str, Any]) -> str:
    """Why a job was refused, in a sentence."""
    return refusal_sentence(Refused(str(result.get("refusal", result.get("fault", ""))), **result.get("params", {})))
