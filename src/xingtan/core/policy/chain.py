"""The review chain of a pack: who takes which step, until when, how many of a batch are looked at, and what comes late."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from xingtan.core.policy.kinds import Level, ReviewStep, Stage
from xingtan.core.policy.parts import Positive, Rule, Whole, Words

Percent = Annotated[int, Field(strict=True, ge=0, le=100)]


class ReviewRule(Rule):
    """A step of the review chain: who takes it (a stage may have another level), whose person must be another, and in how many days."""

    step: ReviewStep
    level: Level
    label: Words
    by_stage: dict[Stage, Level] = Field(default_factory=dict)
    other_person_than: tuple[ReviewStep, ...] = ()
    makes_verified: StrictBool = False
    days: Whole = 0

    def level_for(self, stage: str) -> Level:
        """Who takes the step for a teacher of this stage."""
        return next((level for one, level in self.by_stage.items() if one.value == stage), self.level)


class ReviewClock(Rule):
    """Samples of a batch (share, least, and from how many entries on), and days: for late entries, to appeal, to answer.

    What a pack leaves out is as here, a reading of ours.
    """

    sample_percent: Percent = 2
    sample_least: Positive = 5
    sample_from: Positive = 50
    late_days: Whole = 365
    appeal_days: Positive = 60
    answer_days: Positive = 15

    def sample_of(self, count: int) -> int:
        """How many of a batch of so many entries its reviewer opens."""
        return 0 if count < self.sample_from else min(count, max(self.sample_least, -(-count * self.sample_percent // 100)))
