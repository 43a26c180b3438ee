"""The names that a pack's conditions and formulas may use, with their labels; a pack's own codes bring the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xingtan.core.verdicts import Verdict

from .checking import Data, rows_of, value_at
from .fields import said


class Name(NamedTuple):
    """A name's label; what its numbers are (`hours`, `flag`, `score`, `score_centi`, `count`); what one says of some of it, and of none."""

    label: str
    kind: str = "count"
    yes: str = ""
    no: str = ""


def expression_names(data: Data) -> dict[str, Name]:
    """Every name that the pack's expressions may use, in the language of the page."""
    known = {**_year(), **_short(), **_cycle()}
    for look in (_components, _facts, _assessments, _coded):
        known.update(look(data))
    return known


def code_words(data: Data) -> dict[str, str]:
    """What the pack's codes are called: components, parts, categories, facts, ranks and whatever else has a code and a label."""
    found: dict[str, str] = {}
    _collect(data, found, 0)
    return found


def _collect(value: object, found: dict[str, str], depth: int) -> None:
    if isinstance(value, dict) and depth < 8:
        if isinstance(value.get("code"), str) and (name := said(value.get("label"))):
            found.setdefault(value["code"], name)
        for inside in value.values():
            _collect(inside, found, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _collect(one, found, depth + 1)


def _flag(yes: str, no: str) -> Name:
    return Name(yes, "flag", yes, no)


def _year() -> dict[str, Name]:
    return {
        "item": Name(_("the item's number")),
        "is_new_hire": _flag(_("newly hired in this cycle"), _("not newly hired in this cycle")),
        "first_year": _flag(_("the year of the hire"), _("not the year of the hire")),
        "on_roster": _flag(_("on the roster"), _("not on the roster")),
        "retires_in_cycle": _flag(_("retires within the cycle"), _("does not retire within the cycle")),
        "on_leave": _flag(_("on approved leave"), _("not on approved leave")),
        "study_closed": _flag(_("study has closed"), _("study has not closed yet")),
        "took_part": _flag(_("took part"), _("took no part")),
        "arrived": _flag(_("arrived from elsewhere in this year"), _("did not arrive from elsewhere in this year")),
        "activities": Name(_("activities"), "count", _("has activities"), _("has no activity")),
        "required": Name(_("hours required"), "hours"),
        "recognised": Name(_("hours recognised"), "hours"),
        "verified": Name(_("hours verified"), "hours"),
        "carried": Name(_("hours carried over"), "hours"),
        "debts": Name(_("years owed before"), "count", _("owes an earlier year"), _("owes no earlier year")),
        "offset_learned": Name(_("hours for offset"), "hours"),
        "offset_used": Name(_("hours offset"), "hours"),
        "make_up_taken": _flag(_("took the make-up"), _("did not take the make-up")),
        "exam_taken": _flag(_("sat the unified exam"), _("did not sit the unified exam")),
        "exam_pending": _flag(_("the unified exam waits to be decided"), _("no unified exam waits to be decided")),
        "exam_passed": _flag(_("passed the unified exam"), _("did not pass the unified exam")),
        "exam_score": Name(_("the score of the unified exam"), "score"),
        "exam_pass_score": Name(_("the pass mark"), "score"),
    }


def _short() -> dict[str, Name]:
    return {
        "hours_short": Name(_("hours missing"), "hours", _("hours are missing"), _("the hours are complete")),
        "parts_short": Name(_("hours missing in parts"), "hours", _("a part is not complete"), _("every part is complete")),
        "floors_short": Name(_("hours missing below floors"), "hours", _("a floor is not reached"), _("every floor is reached")),
        "unverified": Name(_("hours not verified"), "hours", _("hours are not verified yet"), _("all hours are verified")),
        "work_short": Name(
            _("work not passed"), "count", _("assignments or work products are missing"), _("all assignments and work products are passed")
        ),
        "unmarked_short": Name(
            _("work not handed in"),
            "count",
            _("work is missing that was not handed in"),
            _("what is missing was handed in and waits to be marked"),
        ),
        "make_up_short": Name(_("hours missing of the make-up"), "hours", _("the make-up is not complete"), _("the make-up is complete")),
        "assignments_short": Name(_("assignments not passed"), "count", _("assignments are missing"), _("all assignments are passed")),
        "work_products_short": Name(
            _("work products not passed"), "count", _("work products are missing"), _("all work products are passed")
        ),
    }


def _cycle() -> dict[str, Name]:
    found = {
        "years": Name(_("the years of the cycle")),
        "years_known": Name(_("the years that are determined")),
        "credited": Name(_("hours credited in the cycle"), "hours"),
        "short": Name(
            _("hours missing in the cycle"), "hours", _("hours of the cycle are missing"), _("the hours of the cycle are complete")
        ),
    }
    for verdict in Verdict:
        word = {"verdict": verdict_word(verdict)}
        label, some, none = _("years that are “%(verdict)s”"), _("a year is “%(verdict)s”"), _("no year is “%(verdict)s”")
        found[f"n_{verdict.value}"] = Name(label % word, "count", some % word, none % word)
    return found


def verdict_word(verdict: str) -> str:
    """The verdict's word, as everywhere."""
    words = {
        Verdict.QUALIFIED: pgettext("verdict", "Qualified"),
        Verdict.EXAM_REQUIRED: pgettext("verdict", "Unified exam required"),
        Verdict.MAKE_UP_REQUIRED: pgettext("verdict", "Make-up required"),
        Verdict.NOT_QUALIFIED: pgettext("verdict", "Not qualified"),
        Verdict.EXEMPT: pgettext("verdict", "Exempt"),
        Verdict.DEFERRED: pgettext("verdict", "Deferred"),
        Verdict.IN_PROGRESS: pgettext("verdict", "In progress"),
        Verdict.UNDETERMINED: pgettext("verdict", "Facts unclear"),
    }
    return words.get(Verdict(verdict), verdict) if verdict in set(Verdict) else str(verdict)


def _amounts(code: str, name: str) -> Iterator[tuple[str, Name]]:
    """A component's or bucket's amounts."""
    words = {"name": name}
    yield f"{code}_learned", Name(_("%(name)s learned") % words, "hours")
    yield f"{code}_recognised", Name(_("%(name)s recognised") % words, "hours")
    yield f"{code}_required", Name(_("%(name)s required") % words, "hours")
    yield f"{code}_surplus", Name(_("%(name)s beyond what is required") % words, "hours")
    yield f"{code}_offset", Name(_("%(name)s offset") % words, "hours")
    yield f"{code}_credited", Name(_("%(name)s credited") % words, "hours")
    for ending in ("checked", "verified"):
        yield f"{code}_{ending}", Name(_("%(name)s verified") % words, "hours")
    for ending in ("short", "floor_short", "cycle_short"):
        yield (
            f"{code}_{ending}",
            Name(_("%(name)s missing") % words, "hours", _("%(name)s is not complete") % words, _("%(name)s is complete") % words),
        )


def _components(data: Data) -> Iterator[tuple[str, Name]]:
    for table in ("component", "bucket", "earmark", "target"):
        for row in rows_of(data, table):
            code = str(row.get("code", ""))
            yield from _amounts(code, said(row.get("label")) or code)
            for part in rows_of(row, "part"):
                inner = str(part.get("code", ""))
                yield from _amounts(f"{code}_{inner}", said(part.get("label")) or inner)
            if table == "component":
                yield from (
                    (f"make_up_{key}", name) for key, name in _amounts(code, _("make-up of %(name)s") % {"name": said(row.get("label"))})
                )


def _facts(data: Data) -> Iterator[tuple[str, Name]]:
    for row in rows_of(data, "fact"):
        code, name = str(row.get("code", "")), said(row.get("label"))
        yield code, _flag(name or code, _("not: %(what)s") % {"what": name or code})
        for value in rows_of(row, "value"):
            both = _("%(fact)s: %(value)s") % {"fact": name, "value": said(value.get("label")) or value.get("code")}
            yield f"{code}_{value.get('code')}", _flag(both, _("not: %(what)s") % {"what": both})
    for row in rows_of(data, "leave"):
        name = said(row.get("label"))
        yield (
            f"leave_{row.get('code')}",
            _flag(_("on leave: %(ground)s") % {"ground": name}, _("not on leave: %(ground)s") % {"ground": name}),
        )
    for prefix, place in (("rank", ("offset", "rank")), ("duty", ("offset", "duty"))):
        there = value_at(data, place)
        for one in there if isinstance(there, list) else [there]:
            if isinstance(one, dict):
                name = said(one.get("label"))
                yield f"{prefix}_{one.get('code')}", _flag(name, _("not: %(what)s") % {"what": name})


def _assessments(data: Data) -> Iterator[tuple[str, Name]]:
    for row in rows_of(data, "assessment"):
        code = str(row.get("code", ""))
        words = {"name": said(row.get("label")) or code}
        yield f"{code}_taken", _flag(_("sat: %(name)s") % words, _("did not sit: %(name)s") % words)
        yield f"{code}_score", Name(_("the score of %(name)s") % words, "score_centi")
        yield f"{code}_pass_score", Name(_("the pass mark of %(name)s") % words, "score_centi")
        yield f"{code}_pending", _flag(_("%(name)s waits to be decided") % words, _("nothing of %(name)s waits") % words)
        if row.get("is_work"):
            yield f"{code}_passed", Name(_("%(name)s passed") % words)
            yield f"{code}_required", Name(_("%(name)s that are required") % words)
            yield f"{code}_waiting", Name(_("%(name)s that wait to be marked") % words)
            yield (
                f"{code}_short",
                Name(_("%(name)s not passed") % words, "count", _("%(name)s are missing") % words, _("%(name)s are all passed") % words),
            )
        else:
            yield f"{code}_passed", _flag(_("passed: %(name)s") % words, _("not passed: %(name)s") % words)


def _coded(data: Data) -> Iterator[tuple[str, Name]]:
    for row in [*rows_of(data, "measure"), *rows_of(data, "formula"), *rows_of(data, "cycle", "formula")]:
        code = str(row.get("code", ""))
        name = said(row.get("label")) or code
        is_flag = str(row.get("is", "")).strip().startswith("1 if ") and str(row.get("is", "")).strip().endswith(" else 0")
        yield code, _flag(_("%(name)s: yes") % {"name": name}, _("%(name)s: no") % {"name": name}) if is_flag else Name(name)
