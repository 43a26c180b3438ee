"""What looks wrong, in words: for the office that looks, and for the teacher it is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Act, Kind, Reason, State, Sureness

KINDS: Mapping[Kind, Promise] = {
    Kind.SHARED_DEVICE: pgettext_lazy("anomaly", "Shared device"),
    Kind.AROUND_CLOCK: pgettext_lazy("anomaly", "Around the clock"),
    Kind.ONE_ADDRESS: pgettext_lazy("anomaly", "Many accounts from one address"),
    Kind.FAST_ANSWERS: pgettext_lazy("anomaly", "Answers faster than reading"),
    Kind.REFUSED_BEATS: pgettext_lazy("anomaly", "Many refused signals"),
    Kind.PROVIDER_RECORDS: pgettext_lazy("anomaly", "Provider contradicts itself"),
    Kind.TWO_PLACES: pgettext_lazy("anomaly", "Two places at once"),
}
# For the office: what the evidence says, without a verdict.
SENTENCES: Mapping[Kind, str | Promise] = {
    Kind.SHARED_DEVICE: _(
        "%(teachers)s teachers studied on this device in one day; %(at_once)s of this one's time somebody else learned there too"
    ),
    Kind.AROUND_CLOCK: _("%(hours)s hours without a pause of %(rest_hours)s hours"),
    Kind.ONE_ADDRESS: _(
        "%(teachers)s teachers studied from this address in one day, %(concerned)s more than it explains; its usual day has %(usual)s"
    ),
    Kind.FAST_ANSWERS: _("%(questions)s questions answered in %(took_s)s s; reading them takes at least %(least_s)s s"),
    Kind.REFUSED_BEATS: _("%(total)s signals refused that day: %(reason_word)s; %(count)s of them in this unit"),
    Kind.PROVIDER_RECORDS: _("The provider's own records contradict each other: %(what_word)s"),
    Kind.TWO_PLACES: "%(what_word)s",
}
# For the teacher: the same facts about themself, in plain words and without anybody else.
OWN_SENTENCES: Mapping[Kind, str | Promise] = {
    Kind.SHARED_DEVICE: _("Your account and others were used on one and the same device that day."),
    Kind.AROUND_CLOCK: _("By the record you studied for %(hours)s hours without a pause of %(rest_hours)s hours."),
    Kind.ONE_ADDRESS: _("Your account and many others studied from one and the same network address that day."),
    Kind.FAST_ANSWERS: _("%(questions)s questions were answered in %(took_s)s seconds; reading them takes longer."),
    Kind.REFUSED_BEATS: _("Your player sent %(total)s signals that day which could not be true: %(reason_word)s."),
    Kind.PROVIDER_RECORDS: _("The records that the training provider delivered about you contradict each other: %(what_word)s."),
    Kind.TWO_PLACES: "%(what_word)s",
}
WHAT_WORDS: Mapping[str, Promise] = {
    "meetings": pgettext_lazy("anomaly", "two meetings at the same time, %(clash)s long"),
    "online": pgettext_lazy("anomaly", "study on line during a meeting, %(clash)s long"),
    "day": pgettext_lazy("anomaly", "%(hours)s hours of meetings and study on line in one day"),
}
SURENESS: Mapping[Sureness, tuple[str, Promise]] = {
    Sureness.WEAK: ("plain", pgettext_lazy("sureness", "a hint")),
    Sureness.LIKELY: ("wait", pgettext_lazy("sureness", "likely")),
    Sureness.STRONG: ("stop", pgettext_lazy("sureness", "strong")),
}
STATES: Mapping[State, tuple[str, Promise]] = {
    State.FOUND: ("act", pgettext_lazy("anomaly", "To look at")),
    State.ASKED: ("wait", pgettext_lazy("anomaly", "Teacher asked")),
    State.ANSWERED: ("act", pgettext_lazy("anomaly", "Teacher answered")),
    State.STANDS: ("ok", pgettext_lazy("anomaly", "Stands")),
    State.SET_ASIDE: ("stop", pgettext_lazy("anomaly", "Does not count")),
    State.APPEALED: ("act", pgettext_lazy("anomaly", "Appeal")),
    State.LIFTED: ("ok", pgettext_lazy("anomaly", "Counts after appeal")),
    State.CONFIRMED: ("stop", pgettext_lazy("anomaly", "Does not count, appeal rejected")),
}
# The same states as the teacher reads them; a state that is missing here reads the same.
OWN_STATES: Mapping[State, tuple[str, Promise]] = {
    State.ASKED: ("act", pgettext_lazy("my question", "Your answer is asked for")),
    State.ANSWERED: ("wait", pgettext_lazy("my question", "Answered")),
    State.STANDS: ("ok", pgettext_lazy("my question", "Everything counts")),
    State.APPEALED: ("wait", pgettext_lazy("my question", "Appealed")),
}
ACTS: Mapping[Act, Promise] = {
    Act.FOUND: pgettext_lazy("anomaly act", "Found"),
    Act.ASK: pgettext_lazy("anomaly act", "Asked the teacher"),
    Act.ANSWER: pgettext_lazy("anomaly act", "The teacher answered"),
    Act.LET_STAND: pgettext_lazy("anomaly act", "It stands"),
    Act.SET_ASIDE: pgettext_lazy("anomaly act", "Does not count"),
    Act.APPEAL: pgettext_lazy("anomaly act", "Appeal"),
    Act.ACCEPT: pgettext_lazy("anomaly act", "Appeal accepted, the time counts"),
    Act.REJECT: pgettext_lazy("anomaly act", "Appeal rejected"),
}
REASON_WORDS: Mapping[Reason, Promise] = {
    Reason.SHARED_ROOM: pgettext_lazy("anomaly reason", "A shared room or computer"),
    Reason.EXPLAINED: pgettext_lazy("anomaly reason", "The teacher explained it"),
    Reason.TECHNICAL: pgettext_lazy("anomaly reason", "A technical fault"),
    Reason.NOT_ENOUGH: pgettext_lazy("anomaly reason", "The evidence is not enough"),
    Reason.BY_OTHERS: pgettext_lazy("anomaly reason", "Studied by somebody else"),
    Reason.BY_MACHINE: pgettext_lazy("anomaly reason", "Studied by a script"),
    Reason.IMPOSSIBLE: pgettext_lazy("anomaly reason", "Cannot have been studied"),
    Reason.NO_STATEMENT: pgettext_lazy("anomaly reason", "No answer within the time"),
    Reason.OTHER: pgettext_lazy("anomaly reason", "Another reason"),
}
REFUSALS: Mapping[str, Promise] = {
    "anomaly_moved_on": _("This is not possible any more: the matter has moved on in the meantime. Look at it again."),
    "anomaly_needs_question": _("Write what the teacher should say something about."),
    "anomaly_needs_reason": _("Choose the reason of the decision."),
    "anomaly_needs_words": _("Write to the teacher, in a sentence, why the time does not count."),
    "anomaly_needs_statement": _("Write a few words; the office decides on them."),
    "anomaly_statement_awaited": _("The teacher has until %(due)s to answer. Until then only letting it stand is possible."),
    "anomaly_was_not_asked": _("Silence can only be a reason after the teacher was asked."),
    "anomaly_kinds_mixed": _("Several cases are decided together only when they are of one kind. Filter by kind first."),
    "anomaly_nothing_ticked": _("Nothing is chosen."),
    "anomaly_nothing_to_set_aside": _(
        "Of %(count)s teachers there is no counted time of units in this evidence that could be set aside, or it was set aside already."
    ),
    "anomaly_year_closed": _("Training year %(year)s is closed. What is to change in it goes through a correction of the closed year."),
    "anomaly_appeal_late": _("The time for an appeal ended on %(due)s."),
    "anomaly_appeal_elsewhere": _("This appeal is decided by %(office)s."),
    "anomaly_same_person": _("Who decided does not decide the appeal. Ask a colleague."),
}
MESSAGES: Mapping[str, Promise] = {
    "anomaly_asked": _("Your study of %(first)s to %(last)s raises a question. Please answer until %(due)s."),
    "anomaly_set_aside": _("%(minutes)s minutes of your study of %(first)s to %(last)s do not count. You may appeal until %(due)s."),
    "anomaly_stands": _("The question about your study of %(first)s to %(last)s is settled: everything counts."),
    "anomaly_accepted": _("Your appeal was accepted: %(minutes)s minutes of your study of %(first)s to %(last)s count again."),
    "anomaly_rejected": _("Your appeal about your study of %(first)s to %(last)s was rejected; the reason stands beside it."),
    "anomaly_answered": _("A teacher answered a question about study of %(first)s to %(last)s."),
    "anomaly_appealed": _("A teacher appealed against a decision about study of %(first)s to %(last)s."),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "anomalies.look": (_("Look for what is wrong in learned time"), {"cases": pgettext_lazy("anomaly", "New cases")})
}
