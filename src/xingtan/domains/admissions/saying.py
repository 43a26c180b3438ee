"""What applications keep as codes, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xingtan.domains.suiting.api import AGAINST, MISMATCHES
from xingtan.foundation.refusal import Refused
from xingtan.foundation.words import refusal_sentence

from .words import REASONS


def reason_said(reason: str) -> str:
    """A person's words as they are, a rule's code in its sentence."""
    return str(REASONS.get(reason, reason))


def warnings_said(codes: Sequence[str]) -> list[str]:
    """What was shown and accepted: a mismatch in its sentence, a condition by its short name."""
    return [str(MISMATCHES[code]) for code in codes if code in MISMATCHES] + [
        code for code in codes if code not in MISMATCHES and code in AGAINST
    ]


def job_refusal(result: Mapping[str, Any]) -> str:
    """Why a job was refused, in a sentence."""
    return refusal_sentence(Refused(str(result.get("refusal", result.get("fault", ""))), **result.get("params", {})))
