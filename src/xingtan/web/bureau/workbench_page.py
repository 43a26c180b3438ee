"""What the workbench shows of a draft: its lines, its mistakes with what would mend them, its rules to read, how far it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from xingtan.core.policy import bundled_documents
from xingtan.domains.policies import api as policies
from xingtan.web.http import Request

from .rulebook import Chapter, Line, chapters
from .workbench_fixes import Fix, fixes_of

STATE_CHIPS = {
    policies.DraftState.EDITING: ("wait", "pencil"),
    policies.DraftState.IN_REVIEW: ("info", "eye"),
    policies.DraftState.APPROVED: ("ok", "check"),
    policies.DraftState.PUBLISHED: ("ok", "check-circle"),
    policies.DraftState.DISCARDED: ("plain", "minus"),
}


@dataclass(frozen=True, slots=True)
class FixView:
    """A fix with its words and what its button sends."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem in words: its line, what is wrong, where, and what would mend it."""

    line: int
    sentence: str
    place: str
    field: str
    found: str
    expected: str
    fixes: Sequence[FixView]


@dataclass(frozen=True, slots=True)
class Block:
    """Rules in the order of the file that belong to one chapter."""

    key: str
    title: str
    lines: list[tuple[Line, list[Mistake]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text with its marks."""

    number: int
    text: str
    is_wrong: bool
    is_changed: bool


def bench(request: Request, draft: policies.PolicyDraft, *, text: str | None = None) -> dict[str, Any]:
    """Everything the draft's page shows; `text` is what was typed and not saved."""
    words = draft.text if text is None else text
    checked, base = policies.checked_for(draft, words), policies.base_of(draft)
    shown = checked if checked.data is not None else policies.check_text(draft.readable_text)
    book = chapters(shown, base)
    mistakes = [_mistake(checked, problem) for problem in checked.problems]
    state = policies.DraftState(draft.state)
    return {
        "draft": draft,
        "text": words,
        "rows": rows_of_text(words, draft.base_text, {one.line for one in mistakes}),
        "mistakes": mistakes,
        "blocks": blocks(book, mistakes if shown is checked else []),
        "inherited": [line for chapter in book for line in chapter.lines if not line.line and line.change != "gone"],
        "gone": [line for chapter in book for line in chapter.lines if line.change == "gone"],
        "tabs": tabs(book, mistakes if shown is checked else []),
        "is_stale_reading": shown is not checked,
        "changes": len(policies.compare(base, shown)),
        "title": policies.table_name({"label": (shown.data or {}).get("title")}) or draft,
        "document": document_of(shown),
        "version": policies.value_at(shown.data, ("version",)) or "",
        "state": policies.DRAFT_STATE_LABELS[state],
        "chip": STATE_CHIPS[state],
        "is_open": state is policies.DraftState.EDITING,
        "names": policies.names_of_accounts([draft.made_by_id, draft.changed_by_id]),
        **_review(request, draft),
    }


def document_of(checked: policies.Checked) -> str:
    """The first document that the text quotes and whose words come with the program; "" for none."""
    codes = [str(row.get("code", "")) for row in policies.rows_of(checked.data or {}, "document")]
    return next((code for code in codes if code in bundled_documents()), "")


def _mistake(checked: policies.Checked, problem: Any) -> Mistake:  # noqa: ANN401 -- a problem of the reader's
    names = policies.code_words(checked.data) if checked.data is not None else {}
    place = policies.path_words(checked.data or {}, policies.path_of(problem.field), names) if problem.field else ""
    fixes = [_fix(problem.line, one) for one in fixes_of(checked, problem)]
    return Mistake(problem.line, policies.mistake_sentence(problem), place, problem.field, problem.found, problem.expected, fixes)


def _fix(line: int, fix: Fix) -> FixView:
    pattern = _("this line: %(new)s") if fix.line == line else _("line %(line)s: %(new)s")
    return FixView(pattern % {"line": fix.line, "new": fix.new}, json.dumps(list(fix), ensure_ascii=False))


def rows_of_text(text: str, base: str, wrong: set[int]) -> list[Row]:
    """The text's lines, with those marked that are mistaken and those that the base does not have."""
    changed = changed_lines(base, text)
    return [Row(at, line, at in wrong, at in changed) for at, line in enumerate(text.split("\n"), 1)]


def changed_lines(base: str, text: str) -> set[int]:
    """The numbers of the lines that the base does not have; none of a text that is too long to be compared."""
    return {number for sign, number, _words in policies.differing_lines(base, text) if sign == "+"}


def blocks(book: Sequence[Chapter], mistakes: Sequence[Mistake]) -> list[Block]:
    """The rules in the order in which the file has them, so that text and reading scroll together."""
    titles = {chapter.key: chapter.title for chapter in book}
    lines = sorted(((line, chapter.key) for chapter in book for line in chapter.lines if line.line), key=lambda one: one[0].line)
    at = [line.line for line, _key in lines]
    own: dict[int, list[Mistake]] = {}
    for mistake in mistakes:
        before = [number for number in at if number <= mistake.line]
        own.setdefault(before[-1] if before else 0, []).append(mistake)
    found: list[Block] = []
    for line, key in lines:
        if not found or found[-1].key != key:
            found.append(Block(key, titles[key]))
        found[-1].lines.append((line, own.get(line.line, [])))
    return found


@dataclass(frozen=True, slots=True)
class Tab:
    """A chapter to jump to, with how much is wrong in it."""

    key: str
    title: str | Promise
    line: int
    mistakes: int


def tabs(book: Sequence[Chapter], mistakes: Sequence[Mistake]) -> list[Tab]:
    """The chapters that stand in the file, with their mistakes."""
    counts: dict[str, int] = {}
    for block in blocks(book, mistakes):
        counts[block.key] = counts.get(block.key, 0) + sum(len(wrong) for _line, wrong in block.lines)
    return [Tab(one.key, one.title, one.first_line, counts.get(one.key, 0)) for one in book if one.first_line]


def _review(request: Request, draft: policies.PolicyDraft) -> dict[str, Any]:
    reviews = list(policies.reviews_of(draft)[:5])
    names = policies.names_of_accounts([pk for one in reviews for pk in (one.asked_by_id, one.decided_by_id)])
    waiting = next((one for one in reviews if one.outcome == policies.ReviewOutcome.WAITING), None)
    writers = policies.writers_of(draft)
    return {
        "reviews": [
            {
                "row": one,
                "outcome": policies.OUTCOME_LABELS[policies.ReviewOutcome(one.outcome)],
                "asked_by": names.get(one.asked_by_id or 0, ""),
                "decided_by": names.get(one.decided_by_id or 0, ""),
            }
            for one in reviews
        ],
        "waiting": waiting,
        "asked_by": names.get(waiting.asked_by_id or 0, "") if waiting else "",
        "is_writer": request.actor.account_id in writers,
        "may_review": waiting is not None and request.actor.account_id not in writers,
    }
