"""What an hour costs who buys it alone."""

from __future__ import annotations

from xingtan.core.policy.kinds import FeeUnit
from xingtan.domains.policies import api as policies


def fen_per_hour(year: policies.TrainingYear) -> int:
    """Fen for one hour by the price book of the year's policy: the sum of its charges by the hour, whoever else pays them."""
    return sum(fee.fen for fee in policies.policy_of(year).fees if fee.unit is FeeUnit.HOUR and fee.is_charged)
