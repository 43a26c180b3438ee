"""What the background watches once a day: what looks wrong in learned time, cards that expire, the live view's figures against the raw record."""

from __future__ import annotations

from datetime import date, datetime

from xingtan.core.calendar import SHANGHAI, local_day
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.cards import api as cards
from xingtan.domains.learning import api as learning
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.events.hallway import deliver_pending

NIGHT = range(2, 6)
"""Hours of the local clock in which nearly nobody studies."""


class Watch:
    """The day's turns: states of a new day as soon as it has begun, the rest at night; a day that was missed is done at the next turn."""

    def __init__(self) -> None:
        self.rolled_on: date | None = None
        self.watched_on: date | None = None

    def turn(self, now: datetime) -> None:
        """Whatever of today is due was done; cheap when nothing is."""
        today = local_day(now)
        if self.rolled_on != today:
            self.rolled_on = today
            supervision.roll_day(now)
            while cards.expire_due(now):
                pass
        if self.watched_on != today and now.astimezone(SHANGHAI).hour in NIGHT:
            self.watched_on = today
            anomalies.look(now)
            supervision.compare_all(now, mends=False, settle=lambda: settle(now))


def settle(now: datetime) -> None:
    """Whatever was counted until now is told and heard, so that figures and raw record can be compared."""
    learning.tell_learned(now)
    deliver_pending()
