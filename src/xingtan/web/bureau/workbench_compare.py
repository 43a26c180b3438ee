"""Two versions of a pack side by side, a pack's text to take away, the document that clauses are quoted from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from xingtan.core.policy import bundled_documents
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response

from .rule_values import Values, joined
from .rulebook import CHAPTERS

MOST_LINES = 600
TITLES = {kind.split(".")[0]: (key, title) for key, title, kinds in reversed(CHAPTERS) for kind in kinds}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A field that differs, in words and as the file has it."""

    place: str
    field: str
    before: str
    after: str
    clause: str
    line: int
    kind: str


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one chapter."""

    title: str
    rows: list[ChangeRow]


def sections(before: policies.Checked, after: policies.Checked) -> list[Section]:
    """What differs, by chapter."""
    found: dict[str, Section] = {}
    old, new = Values(before.data or {}), Values(after.data or {})
    for change in policies.compare(before, after):
        key, title = TITLES.get(change.section, ("basics", _("The pack itself")))
        found.setdefault(key, Section(str(title), [])).rows.append(_row(change, old, new))
    return list(found.values())


def _row(change: policies.Change, old: Values, new: Values) -> ChangeRow:
    values = new if change.line or change.after is not None else old
    kind = "order" if change.is_order else "new" if change.before is None else "gone" if change.after is None else "changed"
    place = policies.path_words(values.data, change.place, values.codes)
    if change.is_order:
        place = _("%(place)s: the order of the rows") % {"place": place}
    field = ".".join(str(step) for step in change.path)
    return ChangeRow(place, field, _said(change, change.before, old), _said(change, change.after, new), change.clause, change.line, kind)


def _said(change: policies.Change, value: Any, values: Values) -> str:  # noqa: ANN401 -- any value of a file
    if value is None:
        return ""
    if change.is_order:
        return joined(value, " → ")
    key = str(change.place[-1])
    around = str(change.place[-2]) if len(change.place) > 1 else ""
    return values.value(around if around.endswith("_centi") else key, value)


def _page(request: Request, before: policies.Checked, after: policies.Checked, facts: dict[str, Any]) -> HttpResponseBase:
    found = sections(before, after)
    if request.GET.get("export") == "xlsx":
        return _workbook(found, str(facts["before_name"]), str(facts["after_name"]))
    rows = sum(len(section.rows) for section in found)
    return render(request, "bureau/workbench/compare.html", {**facts, "sections": found, "count": rows, "lines": _lines(before, after)})


def _workbook(found: Iterable[Section], before: str, after: str) -> HttpResponseBase:
    headings = [_("Chapter"), _("Place"), _("Field"), before, after, pgettext("pack field", "Clause"), _("Line")]
    rows = ([section.title, row.place, row.field, row.before, row.after, row.clause, row.line] for section in found for row in section.rows)
    return workbook_response(_("%(a)s and %(b)s compared") % {"a": before, "b": after}, headings, rows)


def _lines(before: policies.Checked, after: policies.Checked) -> Sequence[tuple[str, int, str]]:
    """The text's own lines that differ: "+" or "-", the line's number, its words."""
    return policies.differing_lines(before.text, after.text)[:MOST_LINES]


@require_safe
@allowed(policies.WRITE_DRAFTS)
def compare_draft(request: Request, pid: str) -> HttpResponseBase:
    """The draft against its base, against any adopted pack, or against an earlier save of its own."""
    draft = policies.draft_by_id(request.actor, pid)
    wanted = request.GET.get("with", "")
    before, name = _other(draft, wanted)
    choices = [("", _("its base: %(name)s") % {"name": draft.base_name})]
    choices += [(f"pack:{pack.pk}", f"{pack.code} {pack.version}") for pack in policies.packs()]
    choices += [(f"save:{row.revision}", _("save %(number)s") % {"number": row.revision}) for row in policies.saves_of(draft)[:20]]
    after_name = _("Draft") if draft.state != policies.DraftState.PUBLISHED else str(draft)
    facts = {"draft": draft, "before_name": name, "after_name": after_name, "choices": choices, "wanted": wanted}
    return _page(request, before, policies.checked_draft(draft), facts)


def _other(draft: policies.PolicyDraft, wanted: str) -> tuple[policies.Checked, str]:
    kind, _colon, key = wanted.partition(":")
    if not wanted or not (key.isascii() and key.isdigit() and len(key) < 9):
        return policies.base_of(draft), draft.base_name
    if kind == "pack":
        pack = policies.pack_by_id(int(key))
        return policies.check_text(pack.text), f"{pack.code} {pack.version}"
    return policies.check_text(policies.save_of(draft, int(key)).text), _("save %(number)s") % {"number": key}


@require_safe
@allowed(policies.SEE_POLICIES)
def compare_packs(request: Request) -> HttpResponseBase:
    """Two adopted packs against each other; the two latest unless others are named."""
    rows = list(policies.packs())
    if not rows:
        raise NotInScope
    first = _pack(rows, request.GET.get("a", ""), rows[min(1, len(rows) - 1)])
    second = _pack(rows, request.GET.get("b", ""), rows[0])
    names = {"before_name": f"{first.code} {first.version}", "after_name": f"{second.code} {second.version}"}
    facts = {**names, "packs": rows, "first": first, "second": second, "draft": None}
    return _page(request, policies.check_text(first.text), policies.check_text(second.text), facts)


def _pack(rows: Sequence[policies.PolicyPack], key: str, default: policies.PolicyPack) -> policies.PolicyPack:
    return next((one for one in rows if str(one.pk) == key), default)


@require_safe
@allowed(policies.SEE_POLICIES)
def pack_text(_request: Request, pack_id: int) -> HttpResponse:
    """The pack's words as a file."""
    pack = policies.pack_by_id(pack_id)
    response = HttpResponse(pack.text.encode(), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{pack.code}-{pack.version}.toml"'
    return response


@require_safe
@allowed(policies.SEE_POLICIES)
def document(request: Request, code: str) -> HttpResponse:
    """The document that clauses are quoted from, with the sentence marked that was asked for."""
    text = bundled_documents().get(code)
    if text is None:
        raise NotInScope
    start, end = (_number(request.GET.get(name, "")) for name in ("from", "to"))
    start = min(start, len(text))
    end = min(max(start, end), len(text))
    facts = {"code": code, "before": text[:start], "marked": text[start:end], "after": text[end:]}
    return render(request, "bureau/workbench/document.html", facts)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
