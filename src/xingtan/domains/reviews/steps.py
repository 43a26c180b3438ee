"""What a step is to the pack and to an entry: words of the ledger, which `rules.py` does not know."""

from __future__ import annotations

from xingtan.core.policy import Policy, ReviewRule
from xingtan.domains.credits.api import STANDING, TO, Outcome, ReturnReason, State, Step

from .rules import MOST_REASON_LENGTH


def rule_of(policy: Policy, step: Step) -> ReviewRule:
    """What the pack says of a step; LookupError when its chain has it not."""
    for rule in policy.reviews:
        if rule.step.value == step.value:
            return rule
    raise LookupError(step)


def refuse_return(outcome: Outcome, reason_code: str, reason: str) -> str:
    """Why a decision lacks its ground, or nothing: who returns an entry names a reason, and `other` needs words."""
    if outcome is Outcome.PASSED:
        return ""
    if reason_code not in {one.value for one in ReturnReason}:
        return "return_needs_reason"
    if reason_code == ReturnReason.OTHER and not reason.strip():
        return "return_needs_words"
    return "reason_too_long" if len(reason) > MOST_REASON_LENGTH else ""


def is_done(state: State, step: Step, outcome: Outcome) -> bool:
    """True when an entry in this state already has what this decision would give it, so that a form sent twice changes nothing."""
    if outcome is Outcome.RETURNED:
        return state is State.RETURNED
    return state in STANDING and STANDING.index(state) >= STANDING.index(TO[step])
