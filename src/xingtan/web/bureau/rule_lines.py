"""What each table of a pack says, as a sentence. A table that has none here is told by its label and its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xingtan.domains.policies import api as policies
from xingtan.web.parts.formats import yuan

from .rule_values import Values, fee_unit, joined, level, payer, reason, step, unit_word, window
from .rule_ways import way_said

Table = Mapping[str, Any]
# Told beside the sentence, or of no use to a reader.
QUIET = frozenset({"code", "label", "clause", "source", "reading", "number", "part"})
MARKS = "①②③④"


class Told(NamedTuple):
    """A rule's name and what it says; `chip` marks it, `verdict` colours it."""

    label: str
    value: str
    chip: str = ""
    code: str = ""
    verdict: str = ""


def tell(kind: str, table: Table, values: Values) -> Told:
    """The table in words."""
    teller = TELLERS.get(kind)
    return teller(table, values) if teller else generic(kind, table, values)


def generic(kind: str, table: Table, values: Values) -> Told:
    """A table that we have no sentence for: its name, and its fields one by one."""
    name = policies.table_name(table)
    label = f"{policies.field_word(kind.rpartition('.')[2])} {name}".strip()
    fields = (f"{policies.field_word(key)} {values.value(key, value)}" for key, value in table.items() if key not in QUIET)
    return Told(label, joined(fields, pgettext("list", "; ")))


def _named(kind: str, table: Table) -> str:
    return policies.table_name(table) or policies.field_word(kind)


def _cycle(table: Table, values: Values) -> Told:
    said = [
        _("%(years)s training years, counted from %(anchor)s") % {"years": table.get("years"), "anchor": table.get("anchor_year")},
        _("each teacher owes %(amount)s") % {"amount": values.amount(table.get("required_centi"))},
    ]
    if "new_hire_required_centi" in table:
        said.append(_("a new hire %(amount)s") % {"amount": values.amount(table["new_hire_required_centi"])})
    if table.get("is_sum_of_years", True):
        said.append(_("which is the sum of the years"))
    return Told(_("Cycle"), joined(said))


def _year(table: Table, _values: Values) -> Told:
    return Told(_("Training year"), _("from %(first)s to %(last)s") % {"first": table.get("first_day"), "last": table.get("last_day")})


def _window(table: Table, _values: Values) -> Told:
    return Told(window(table.get("kind")), _("from %(first)s to %(last)s") % {"first": table.get("opens"), "last": table.get("closes")})


def _effective(table: Table, _values: Values) -> Told:
    words = {"first": table.get("from_year"), "last": table.get("to_year")}
    said = _("for the training years %(first)s to %(last)s") if words["last"] else _("for the training year %(first)s and later ones")
    return Told(policies.field_word("effective"), said % words)


def _surplus(table: Table, _values: Values) -> Told:
    said = [_("Hours beyond what is required pass on to another year.")]
    if not table.get("carries_over"):
        said = [_("Hours beyond what is required do not pass to another year.")]
        said += [_("They count in the cycle all the same.")] if table.get("counts_in_cycle") else []
    return Told(_("Surplus"), "".join(said))


def _component(table: Table, values: Values) -> Told:
    default = next((row for row in policies.rows_of(values.data, "item") if row.get("is_default")), {})
    required = policies.value_at(default, ("required_centi", str(table.get("code"))))
    said = [_("%(amount)s a year") % {"amount": values.amount(required)}] if required else []
    if table.get("work"):
        said.append(_("with %(work)s to hand in") % {"work": values.value("work", table["work"])})
    return Told(_named("component", table), joined(said))


def _part(table: Table, values: Values) -> Told:
    least = table.get("minimum_centi")
    return Told(
        _named("part", table), _("at least %(amount)s") % {"amount": values.amount(least)} if least else _("no least number of hours")
    )


def _item(table: Table, values: Values) -> Told:
    required, first = table.get("required_centi"), table.get("first_year_centi")
    said = [_("%(amount)s a year: %(parts)s") % {"amount": _sum(required, values), "parts": values.amounts(required)}]
    if isinstance(required, Mapping) and not any(required.values()):
        said = [_("nothing a year; the cycle decides")]
    if first:
        said.append(_("in the first year %(amount)s: %(parts)s") % {"amount": _sum(first, values), "parts": values.amounts(first)})
    if table.get("is_default"):
        said.append(_("holds while none is chosen"))
    label = _("Item %(name)s") % {"name": policies.table_name(table)}
    return Told(label, joined(said, pgettext("list", "; ")), chip="trial" if table.get("is_trial") else "")


def _sum(amounts: object, values: Values) -> str:
    if not isinstance(amounts, Mapping):
        return values.amount(amounts)
    return values.amount(sum(one for one in amounts.values() if type(one) is int))


def _gap(table: Table, _values: Values) -> Told:
    return Told(_("Number %(number)s") % {"number": table.get("number")}, _("Missing in the document; the gap is kept."))


def _offset(table: Table, values: Values) -> Told:
    who = joined(policies.table_name(row) for row in policies.rows_of(table, "rank"))
    order = table.get("fill_order")
    said = [
        _("%(who)s who are %(duty)s may have hours offset") % {"who": who, "duty": policies.table_name(table.get("duty"))},
        _("filled in this order: %(order)s")
        % {"order": " → ".join(values.code(one) for one in order) if isinstance(order, list) else order},
    ]
    if table.get("never"):
        said.append(_("never %(parts)s") % {"parts": values.listed(table["never"], values.code)})
    cap = table.get("year_cap_centi", table.get("cap_centi"))
    if cap:
        said.append(_("at most %(amount)s a year") % {"amount": values.amount(cap)})
    return Told(_("Offset"), joined(said, pgettext("list", "; ")), chip="" if table.get("is_open") else "shut")


def _work(_table: Table, _values: Values) -> Told:
    return Told(_("Assignments and work products"), _("All that the chosen courses require must be passed."))


def _exam(table: Table, values: Values) -> Told:
    return Told(_("Unified exam"), _("%(marks)s are a pass") % {"marks": values.value("pass_score", table.get("pass_score"))})


def _assessment(table: Table, values: Values) -> Told:
    if table.get("is_work"):
        return Told(_named("assessment", table), _("Every piece that is required must be passed."))
    full = table.get("most_score_centi", 100_00)
    words = {"full": values.value("score_centi", full), "marks": values.value("score_centi", table.get("pass_score_centi", 0))}
    return Told(
        _named("assessment", table), _("of %(full)s, %(marks)s are a pass") % words if "pass_score_centi" in table else _("passed or not")
    )


def _route(table: Table, _values: Values) -> Told:
    number = table.get("number")
    mark = MARKS[number - 1] if type(number) is int and 1 <= number <= len(MARKS) else str(number)
    label = policies.table_name({"label": table.get("label"), "code": table.get("code")})
    return Told(
        f"{mark} {label}",
        _("A way that is open.") if table.get("is_open") else _("Named, and not walked yet."),
        chip="" if table.get("is_open") else "shut",
    )


def _decide(table: Table, values: Values) -> Told:
    verdict = values.verdict(table.get("verdict"))
    said = _("%(condition)s: the verdict is “%(verdict)s”") % {"condition": values.condition(table.get("when")), "verdict": verdict}
    more = []
    if route := next((one for one in policies.rows_of(values.data, "route") if one.get("number") == table.get("route")), None):
        more.append(_route(route, values).label)
    if table.get("grants_missing_hours"):
        more.append(_("the hours missing are granted"))
    text = joined([said, *more], pgettext("list", "; "))
    return Told(reason(table.get("reason")), text, code=str(table.get("when", "")), verdict=str(table.get("verdict", "")))


def _leave(table: Table, _values: Values) -> Told:
    return Told(_named("leave", table), _("A ground on which a year is deferred."))


def _entry(table: Table, values: Values) -> Told:
    order = table.get("order")
    steps = " → ".join(step(one) for one in order) if isinstance(order, list) else str(order)
    return Told(_("Way in"), _("%(steps)s; study opens with: %(step)s") % {"steps": steps, "step": step(table.get("study_opens_on"))})


def _review(table: Table, values: Values) -> Told:
    said = [level(table.get("level"))]
    if table.get("other_person_than"):
        labels = {str(row.get("step")): policies.table_name(row) for row in policies.rows_of(values.data, "review")}
        said.append(
            _("by another person than: %(steps)s")
            % {"steps": values.listed(table["other_person_than"], lambda one: labels.get(str(one), str(one)))}
        )
    if isinstance(others := table.get("by_stage"), dict):
        stages = {str(row.get("stage")): policies.table_name(row) for row in policies.rows_of(values.data, "teaching")}
        said += [_("%(stage)s: %(level)s") % {"stage": stages.get(one, one), "level": level(other)} for one, other in others.items()]
    if table.get("days"):
        said.append(_("within %(days)s days") % {"days": table["days"]})
    if table.get("makes_verified"):
        said.append(_("hours are verified by this"))
    return Told(_named("review", table), joined(said))


def _review_clock(table: Table, _values: Values) -> Told:
    names = ("sample_percent", "sample_least", "sample_from", "late_days", "appeal_days", "answer_days")
    said = [f"{policies.field_word(name)} {table[name]}" for name in names if name in table]
    return Told(_("Samples and deadlines of review"), joined(said, pgettext("list", "; ")))


def _teaching(table: Table, _values: Values) -> Told:
    return Told(_named("teaching", table), _("taught by: %(level)s") % {"level": level(table.get("level"))})


def _fee(table: Table, _values: Values) -> Told:
    fen = table.get("fen")
    words = {"yuan": yuan(fen) if type(fen) is int else fen, "unit": fee_unit(table.get("unit")), "payer": payer(table.get("payer"))}
    said = [_("%(yuan)s yuan %(unit)s, %(payer)s") % words]
    if table.get("first_year_of_cycle_only"):
        said.append(_("in the first year of a cycle only"))
    return Told(_named("fee", table), joined(said), chip="charged" if table.get("is_charged") else "named")


def _split(table: Table, values: Values) -> Told:
    words = {"fee": values.code(table.get("fee")), "who": level(table.get("level")) if "level" in table else payer(table.get("payer"))}
    return Told(
        _named("split", table),
        _("of %(fee)s: %(who)s, %(parts)s of %(whole)s parts") % {**words, "parts": table.get("parts"), "whole": table.get("of_parts")},
    )


def _certificate(table: Table, _values: Values) -> Told:
    words = {"title": policies.table_name({"label": table.get("title")}), "issuer": policies.table_name({"label": table.get("issuer")})}
    return Told(_("Certificate"), _("%(title)s, issued by %(issuer)s") % words)


def _consequence(table: Table, values: Values) -> Told:
    said = [
        _("after “%(verdicts)s”") % {"verdicts": values.listed(table.get("verdicts", []), values.verdict)},
        _("applied by: %(levels)s") % {"levels": values.listed(table.get("applied_by", []), level)},
    ]
    if table.get("until"):
        said.append(_("until “%(verdict)s”") % {"verdict": values.verdict(table["until"])})
    return Told(_named("consequence", table), joined(said, pgettext("list", "; ")))


def _conversion(table: Table, values: Values) -> Told:
    per = table.get("per", 1)
    words = {
        "what": values.filters(table),
        "per": per,
        "unit": unit_word(table.get("unit")),
        "amount": values.amount(table.get("gives_centi")),
    }
    pattern = _("%(what)s: %(per)s %(unit)s counts as %(amount)s") if table.get("gives_centi") else _("%(what)s: not converted into hours")
    said = [pattern % words, *_limits(table, values)]
    return Told(_named("conversion", table), joined(said, pgettext("list", "; ")))


_LIMITS = ("year_floor_centi", "year_cap_centi", "cycle_floor_centi", "cycle_cap_centi", "source_cap_centi")


def _limits(table: Table, values: Values) -> list[str]:
    return [f"{policies.field_word(key)} {values.amount(table[key])}" for key in _LIMITS if table.get(key)]


def _bucket(table: Table, values: Values) -> Told:
    said = [values.filters(table), *_limits(table, values)]
    return Told(_named("bucket", table), joined(said, pgettext("list", "; ")))


def _fact(table: Table, values: Values) -> Told:
    options = joined(policies.table_name(row) for row in policies.rows_of(table, "value"))
    said = [
        _("one of: %(values)s") % {"values": options} if options else _("true or not"),
        values.value("holds", table.get("holds", "any_day")),
    ]
    if table.get("is_required"):
        said.append(_("without it the year is undetermined"))
    return Told(_named("fact", table), joined(said, pgettext("list", "; ")))


def _measure(table: Table, values: Values) -> Told:
    how, over = values.value("how", table.get("how", "sum")), values.value("over", table.get("over", "activities"))
    said = [_("%(how)s %(over)s: %(what)s") % {"how": how, "over": over, "what": values.filters(table)}]
    if table.get("verified_only"):
        said.append(_("verified ones only"))
    return Told(_named("measure", table), joined(said, pgettext("list", "; ")))


def _formula(table: Table, values: Values) -> Told:
    return Told(_named("formula", table), values.value("is", table.get("is", "")), code=str(table.get("is", "")))


def _earmark(table: Table, values: Values) -> Told:
    words = {"amount": values.amount(table.get("cycle_centi")), "what": values.filters(table)}
    return Told(_named("earmark", table), _("at least %(amount)s of a cycle are of: %(what)s") % words)


def _target(table: Table, values: Values) -> Told:
    words = {
        "amount": values.amount(table.get("least_centi")),
        "of": values.value("of", table.get("of", "")),
        "span": values.value("span", table.get("span", "")),
    }
    return Told(_named("target", table), _("at least %(amount)s: %(of)s, %(span)s") % words)


def _term(table: Table, _values: Values) -> Told:
    return Told(
        _named("term", table),
        _("a word of the column “%(column)s”: %(code)s")
        % {"column": policies.field_word(str(table.get("column"))), "code": table.get("code")},
    )


def _make_up(table: Table, values: Values) -> Told:
    said = [payer(table.get("payer"))]
    if table.get("passed"):
        said.append(_("made up when %(condition)s") % {"condition": values.condition(table["passed"])})
    return Told(_("Make-up"), joined(said, pgettext("list", "; ")), chip="shut" if table.get("is_open") is False else "")


def _document(table: Table, _values: Values) -> Told:
    return Told(_("Document %(code)s") % {"code": table.get("code")}, policies.table_name({"label": table.get("title")}))


def _category(table: Table, _values: Values) -> Told:
    return Told(_named("category", table), _("a category of training"))


def _reading(table: Table, _values: Values) -> Told:
    return Told(str(table.get("code", "")), policies.table_name({"label": table}), chip="reading")


TELLERS: Mapping[str, Callable[[Table, Values], Told]] = {
    "cycle": _cycle,
    "cycle.decide": _decide,
    "cycle.formula": _formula,
    "year": _year,
    "effective": _effective,
    "year.window": _window,
    "surplus": _surplus,
    "component": _component,
    "component.part": _part,
    "category": _category,
    "item": _item,
    "gap": _gap,
    "offset": _offset,
    "work": _work,
    "exam": _exam,
    "assessment": _assessment,
    "route": _route,
    "decide": _decide,
    "leave": _leave,
    "entry": _entry,
    "review": _review,
    "review_clock": _review_clock,
    "teaching": _teaching,
    "fee": _fee,
    "split": _split,
    "certificate": _certificate,
    "consequence": _consequence,
    "conversion": _conversion,
    "bucket": _bucket,
    "fact": _fact,
    "measure": _measure,
    "formula": _formula,
    "earmark": _earmark,
    "target": _target,
    "term": _term,
    "make_up": _make_up,
    "way": lambda table, values: Told(*way_said(table, values)),
    "document": _document,
    "reading": _reading,
}
