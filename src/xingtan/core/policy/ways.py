"""Other ways to earn hours, as a pack names them: school-run training, achievements, credits from elsewhere, a platform's hours.

A way says what its activities are (component, tier, activity, unit …). What they are worth, and the caps, stand in the conversion that
fits them, so that a cap is written once and applied once, by the formulas of the year.
"""

from __future__ import annotations

from pydantic import Field, StrictBool

from xingtan.core.policy.kinds import AmountUnit, Party, WayKind
from xingtan.core.policy.parts import Code, Named, Rule, Whole, Words


class Proof(Named):
    """A document that a declaration brings; without one that is required it is not sent."""

    is_required: StrictBool = False


class Way(Rule):
    """One way to earn hours otherwise: who declares it, who approves, in which unit it is counted, and what its activities are.

    `most_centi` bounds one declaration, in hundredths of the unit; 0 is no bound.
    """

    code: Code
    label: Words
    kind: WayKind
    unit: AmountUnit
    component: Code
    tier: str = ""
    mode: str = ""
    topic: str = ""
    activity: str = ""
    result: str = ""
    role: str = ""
    declared_by: tuple[Party, ...] = Field(min_length=1)
    approved_by: Party
    most_centi: Whole = 0
    proofs: tuple[Proof, ...] = Field(default=(), alias="proof")

    def required_proofs(self) -> tuple[str, ...]:
        """The codes of the documents without which it is not sent."""
        return tuple(one.code for one in self.proofs if one.is_required)
