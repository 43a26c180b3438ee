"""What the closing board shows of a year: four steps, two runs beside each other, open objections, and what is lacking before it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from xingtan.core.verdicts import ReasonCode, Verdict
from xingtan.domains.closing import api as closing_room
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.foundation.notices import api as notices
from xingtan.web.http import Request
from xingtan.web.parts.formats import count

from .closing_figures import change_bar, difference, flows, percent, share, signed
from .words import DECIDING

REASON_WORDS: dict[str, Promise] = {
    **{code.value: word for code, word in DECIDING.items()},
    ReasonCode.HOURS_SHORT.value: gettext_lazy("Hours missing"),
    ReasonCode.PART_SHORT.value: gettext_lazy("Hours of a part missing"),
    ReasonCode.ASSIGNMENTS_SHORT.value: gettext_lazy("Assignments missing"),
    ReasonCode.WORK_PRODUCTS_SHORT.value: gettext_lazy("Work products missing"),
    ReasonCode.ITEM_NOT_CHOSEN.value: gettext_lazy("No training item chosen"),
    ReasonCode.SURPLUS.value: gettext_lazy("Surplus hours"),
    ReasonCode.EARLIER_YEAR_OWED.value: gettext_lazy("An earlier year owed"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a step: its word, its number as text, a tone (`ok`, `wait`, ""), where it opens."""

    label: str
    value: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class StepShown:
    """One of the four steps: done, now or locked, when, its one number, and the facts under it."""

    number: int
    title: str
    state: str
    when: str
    big: str
    unit: str
    facts: list[Fact] = field(default_factory=list)
    bar: tuple[int, int] | None = None


class Row(NamedTuple):
    """A verdict in two runs and last year."""

    verdict: Verdict
    word: Promise
    chip: str
    now: int
    share: str
    before: str
    change: str
    bar: SafeString
    last_year: str
    difference: str


class Lacking(NamedTuple):
    """A condition of closing with what is lacking in words, and where one sees to it."""

    condition: closing_room.Condition
    word: Promise
    detail: str
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the rooms say about a year's closing, asked once."""

    request: Request
    year: policies.TrainingYear
    trials: Sequence[room.DeterminationRun]
    notice: notices.Notice | None
    conditions: Sequence[closing_room.Condition]
    tally: notices.Tally
    closing: closing_room.YearClosing | None

    @property
    def is_open(self) -> bool:
        """True until the year is closed."""
        return self.year.state == policies.YearState.OPEN

    @property
    def counts(self) -> dict[Verdict, int]:
        """The branch's verdicts today."""
        return room.verdict_counts(self.request.actor.scope, self.year.pk)


def board_of(request: Request, year: policies.TrainingYear) -> Board:
    """The year as the actor's branch sees it; conditions are those of the whole province."""
    notice = closing_room.notice_of(year)
    ids = closing_room.notice_ids(year.pk)
    return Board(
        request=request,
        year=year,
        trials=list(room.trials_for(request.actor.scope, year.pk)),
        notice=notice,
        conditions=closing_room.conditions(year, request.actor, request.today) if year.state == policies.YearState.OPEN else (),
        tally=notices.tally(request.actor.scope, ids, request.today),
        closing=closing_room.closing_of(year.pk),
    )


def address(name: str, year: policies.TrainingYear, **more: object) -> str:
    """The page's address for this year."""
    extra = "".join(f"&{key}={value}" for key, value in more.items())
    return f"{reverse(name)}?year={year.year}{extra}"


def steps(board: Board) -> list[StepShown]:
    """The four steps from trial to closing."""
    counts = board.counts
    return [_trial(board, counts), _notice(board), _objections(board), _close(board, counts)]


def _trial(board: Board, counts: dict[Verdict, int]) -> StepShown:
    total, last = sum(counts.values()), board.trials[0] if board.trials else None
    unclear, open_ = counts[Verdict.UNDETERMINED], counts[Verdict.IN_PROGRESS]
    when = _("No. %(n)s, %(day)s") % {"n": last.number, "day": f"{last.ran_at:%m-%d}"} if last else _("not yet")
    verdicts = "bureau:determination_verdicts"
    facts = [
        Fact(_("Settled"), count(total - unclear - open_), url=address(verdicts, board.year)),
        Fact(
            pgettext("verdict", "In progress"), count(open_), "wait" if open_ else "", address(verdicts, board.year, verdict="in_progress")
        ),
        Fact(
            pgettext("verdict", "Facts unclear"),
            count(unclear),
            "wait" if unclear else "",
            address(verdicts, board.year, verdict="undetermined"),
        ),
    ]
    state = "done" if last or not board.is_open else "now"
    return StepShown(
        1, pgettext("step", "Trial run"), state, when if last or board.is_open else "", count(total), _("people determined"), facts
    )


def _notice(board: Board) -> StepShown:
    notice, title = board.notice, pgettext("step", "Public notice")
    if notice is None:
        if not board.is_open:
            return StepShown(2, title, "done", "", "–", _("not posted here"))
        return StepShown(2, title, "now" if board.trials else "lock", _("not yet"), "–", _("nothing is posted"))
    scope = board.request.actor.scope
    signed_, units, read = notices.signed(notice, scope), closing_room.units_of(notice, scope), notices.reader_count(notice)
    shown = notice.params.get("people", 0)
    is_over = notice.stage(board.request.today) in (notices.Stage.OBJECTIONS, notices.Stage.OVER)
    facts = [
        Fact(_("Read by the person"), f"{count(read)}　{percent(share(read, shown))}"),
        Fact(
            _("Signed by schools"),
            f"{count(signed_.done)} / {count(signed_.total)}",
            "wait" if signed_.missing else "ok",
            address("bureau:notice", board.year),
        ),
        Fact(_("Names masked"), pgettext("answer", "Yes")),
    ]
    when = _("%(a)s to %(b)s") % {"a": f"{notice.opens_on:%m-%d}", "b": f"{notice.closes_on:%m-%d}"}
    return StepShown(2, title, "done" if is_over else "now", when, f"{units.done} / {units.total}", _("counties signed"), facts)


def _objections(board: Board) -> StepShown:
    title, tally = pgettext("step", "Objections"), board.tally
    if board.notice is None and not tally.total:
        if not board.is_open:
            return StepShown(3, title, "done", "", "–", _("none here"))
        return StepShown(3, title, "lock", "", "–", _("once it is posted"))
    until = f"{board.notice.objections_until:%m-%d}" if board.notice else ""
    is_over = board.notice is None or board.request.today > board.notice.objections_until
    here = "bureau:objections"
    facts = [
        Fact(_("Received"), count(tally.total), url=address(here, board.year)),
        Fact(
            pgettext("objection", "Upheld"),
            _("%(n)s, %(c)s changed a verdict") % {"n": count(tally.upheld), "c": count(tally.changed)},
            "ok",
            address(here, board.year, state="upheld"),
        ),
        Fact(pgettext("objection", "Not upheld"), count(tally.not_upheld), url=address(here, board.year, state="not_upheld")),
    ]
    done = tally.upheld + tally.not_upheld + tally.open
    bar = (tally.upheld * 100 // done, tally.not_upheld * 100 // done) if done else None
    state = "done" if is_over and not tally.open and not tally.unfollowed else "now"
    return StepShown(3, title, state, _("taken until %(day)s") % {"day": until}, count(tally.open), _("still open"), facts, bar)


def _close(board: Board, counts: dict[Verdict, int]) -> StepShown:
    title, missing = pgettext("step", "Closing"), sum(not one.is_met for one in board.conditions)
    earned, owing = counts[Verdict.QUALIFIED] + counts[Verdict.EXEMPT], counts[Verdict.MAKE_UP_REQUIRED]
    if board.is_open:
        facts = [
            Fact(_("Certificate pages to come"), count(earned)),
            Fact(_("People to make up"), count(owing)),
            Fact(_("Corrections afterwards"), _("by two officers")),
        ]
        word = ngettext("condition not met", "conditions not met", missing)
        return StepShown(4, title, "lock" if missing else "now", "", count(missing), word, facts)
    when = f"{board.year.closed_at:%Y-%m-%d}" if board.year.closed_at else ""
    facts = [Fact(_("Certificate pages"), count(earned)), Fact(_("People to make up"), count(owing))]
    return StepShown(4, title, "done", when, count(sum(counts.values())), _("verdicts final"), facts)


def comparison(board: Board) -> dict[str, Any]:
    """The last two runs of the branch and last year beside each other, and who changed between the runs."""
    scope = board.request.actor.scope
    last, before = (*board.trials, None, None)[:2]
    if last is None and board.is_open:
        return {"rows": [], "last": None}
    now = room.counts_at(scope, last) if last else board.counts
    then = room.counts_at(scope, before) if before else None
    year_ago = room.counts_last_year(scope, board.year)
    found = room.compare(scope, before, last) if before and last else None
    return {
        "rows": rows_of(now, then, year_ago),
        "last": last,
        "before": before,
        "total": sum(now.values()),
        "total_before": sum(then.values()) if then else None,
        "total_change": signed(sum(now.values()) - sum(then.values())) if then else "",
        "year_ago": board.year.year - 1 if year_ago else None,
        "found": found,
        "flows": flows(found.flows) if found else "",
        "why": why(found) if found else [],
    }


def rows_of(now: dict[Verdict, int], then: dict[Verdict, int] | None, year_ago: dict[Verdict, int] | None) -> list[Row]:
    """A row for each verdict."""
    total, ago = sum(now.values()), sum(year_ago.values()) if year_ago else 0
    widest = max((abs(n - then[one]) for one, n in now.items()), default=0) if then else 0
    answer = []
    for one, n in now.items():
        here, there = share(n, total), share(year_ago[one], ago) if year_ago else 0
        change = n - then[one] if then else 0
        answer.append(
            Row(
                one, room.VERDICTS[one], room.VERDICT_CHIPS[one], n, percent(here), count(then[one]) if then else "–",
                signed(change) if then else "–", change_bar(change, widest) if then else SafeString(""),
                percent(there) if year_ago else "–", difference(here, there) if year_ago else "–",
            )
        )  # fmt: skip
    return answer


def why(found: room.Comparison) -> list[tuple[str, int, int]]:
    """Which reasons went and came with the changed verdicts, the most first: (words, people, share of the most in percent)."""
    gone = [(_("no longer: %(reason)s") % {"reason": REASON_WORDS.get(code, code)}, n) for code, n in found.fell_away]
    come = [(_("new: %(reason)s") % {"reason": REASON_WORDS.get(code, code)}, n) for code, n in found.came_up]
    most = sorted(gone + come, key=lambda one: -one[1])[:6]
    return [(word, n, n * 100 // most[0][1]) for word, n in most]


LINKS: dict[closing_room.ConditionCode, tuple[str, dict[str, str]]] = {
    closing_room.ConditionCode.TRIAL_RUN: ("bureau:determination_runs", {}),
    closing_room.ConditionCode.FACTS_CLEAR: ("bureau:determination_verdicts", {"verdict": "undetermined"}),
    closing_room.ConditionCode.ALL_SETTLED: ("bureau:determination_verdicts", {"verdict": "in_progress"}),
    closing_room.ConditionCode.CHAINS_DONE: ("bureau:queue", {}),
    closing_room.ConditionCode.NOTICE_SIGNED: ("bureau:notice", {}),
    closing_room.ConditionCode.NOTICE_OVER: ("bureau:notice", {}),
    closing_room.ConditionCode.OBJECTIONS_DECIDED: ("bureau:objections", {"state": "open"}),
    closing_room.ConditionCode.TWO_PEOPLE: ("bureau:determination_runs", {}),
}


def checklist(board: Board) -> list[Lacking]:
    """The conditions, those not met first, each with what is lacking."""
    found = sorted(board.conditions, key=lambda one: one.is_met)
    return [_lacking(board, one) for one in found]


def _lacking(board: Board, one: closing_room.Condition) -> Lacking:
    name, more = LINKS[one.code]
    return Lacking(
        one,
        closing_room.CONDITIONS[one.code],
        "" if one.is_met else _missing(board, one),
        address(name, board.year, **more),
        _link_word(one),
    )


def _missing(board: Board, one: closing_room.Condition) -> str:
    if one.code is closing_room.ConditionCode.NOTICE_OVER and one.lacking:
        said = ngettext("until %(day)s 24:00, %(n)s day", "until %(day)s 24:00, %(n)s days", one.lacking)
        return said % {"n": one.lacking, "day": one.detail[5:]}
    if one.code is closing_room.ConditionCode.TWO_PEOPLE:
        return _("the trial is your own") if board.trials else _("no trial yet")
    return _("%(n)s lacking") % {"n": count(one.lacking)} if one.lacking else _("not yet")


def _link_word(one: closing_room.Condition) -> str:
    return _("See") if one.is_met else _("See to it")
