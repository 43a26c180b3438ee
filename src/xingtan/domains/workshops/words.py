"""Refusals and messages of workshops in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Refusal
from .states import Standing, State

REFUSALS = {
    Refusal.NOT_A_MEMBER: _("You are not a member of this workshop. Its members are those whose registration is complete."),
    Refusal.ACTIVITY_NOT_OPEN: _("This activity is open from %(opens)s to %(closes)s."),
    Refusal.ALREADY_CONFIRMED: _("The workshop's lead has already confirmed this; there is nothing left to hand in."),
    Refusal.TOO_SHORT: _("Write at least %(least)s characters, or add a file."),
    Refusal.NOT_WAITING: _("This was already decided. Look at it again."),
    Refusal.ACTIVITY_NOT_BEGUN: _("This activity begins on %(opens)s; attendance is recorded from then on."),
    Refusal.HOURS_OUT_OF_RANGE: _("An activity brings more than 0 and at most %(most)s hours, the hours of its workshop."),
    Refusal.DAYS_REVERSED: _("The last day comes before the first one. Change one of them."),
    Refusal.RETURN_NEEDS_WORDS: _("Say what should be done before it is handed in again."),
}
MESSAGES = {
    "participation_confirmed": _("“%(title)s” was confirmed: %(hours)s hours."),
    "participation_returned": _("“%(title)s” came back from the workshop's lead; see the comment."),
}
STATES = {State.HANDED_IN: _("waits for the lead"), State.CONFIRMED: _("confirmed"), State.RETURNED: _("returned")}
STANDINGS = {
    Standing.NOT_OPEN: _("not open yet"),
    Standing.TO_DO: _("to do"),
    Standing.TO_MEND: _("to mend"),
    Standing.WAITS: _("waits for the lead"),
    Standing.CONFIRMED: _("confirmed"),
    Standing.MISSED: _("closed"),
}
