"""The words of a pack's fields: what each name in a file is called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from .checking import Data, value_at

FIELDS: Mapping[str, Promise] = {
    "activity": pgettext_lazy("pack field", "Activity"),
    "amount": pgettext_lazy("pack field", "Amount"),
    "anchor_year": pgettext_lazy("pack field", "First year of all cycles"),
    "approved_by": pgettext_lazy("pack field", "Decided by"),
    "applied_by": pgettext_lazy("pack field", "Applied by"),
    "most_centi": pgettext_lazy("pack field", "Most of one declaration"),
    "proof": pgettext_lazy("pack field", "Proof"),
    "as": pgettext_lazy("pack field", "Counted as"),
    "assessment": pgettext_lazy("pack field", "Assessment"),
    "bucket": pgettext_lazy("pack field", "Bucket"),
    "cap_centi": pgettext_lazy("pack field", "Most"),
    "carries_over": pgettext_lazy("pack field", "Carries over"),
    "category": pgettext_lazy("pack field", "Category"),
    "certificate": pgettext_lazy("pack field", "Certificate"),
    "clause": pgettext_lazy("pack field", "Clause"),
    "closes": pgettext_lazy("pack field", "Last day"),
    "code": pgettext_lazy("pack field", "Code"),
    "column": pgettext_lazy("pack field", "Column"),
    "component": pgettext_lazy("pack field", "Component"),
    "consequence": pgettext_lazy("pack field", "Consequence"),
    "conversion": pgettext_lazy("pack field", "Conversion"),
    "counts_in_cycle": pgettext_lazy("pack field", "Counts in the cycle"),
    "cycle": pgettext_lazy("pack field", "Cycle"),
    "cycle_cap_centi": pgettext_lazy("pack field", "Most in a cycle"),
    "cycle_centi": pgettext_lazy("pack field", "In a cycle"),
    "cycle_floor_centi": pgettext_lazy("pack field", "Least in a cycle"),
    "declared_by": pgettext_lazy("pack field", "Declared by"),
    "decide": pgettext_lazy("pack field", "Decision row"),
    "document": pgettext_lazy("pack field", "Document"),
    "duty": pgettext_lazy("pack field", "Duty"),
    "earmark": pgettext_lazy("pack field", "Earmark"),
    "effective": pgettext_lazy("pack field", "Years it is made for"),
    "en": pgettext_lazy("pack field", "English"),
    "entry": pgettext_lazy("pack field", "Way in"),
    "exam": pgettext_lazy("pack field", "Exam"),
    "extends": pgettext_lazy("pack field", "Extends"),
    "fact": pgettext_lazy("pack field", "Fact"),
    "fee": pgettext_lazy("pack field", "Fee"),
    "fen": pgettext_lazy("pack field", "Price"),
    "fill_order": pgettext_lazy("pack field", "Order of filling"),
    "first_day": pgettext_lazy("pack field", "First day"),
    "first_year_centi": pgettext_lazy("pack field", "In the first year"),
    "first_year_of_cycle_only": pgettext_lazy("pack field", "In the first year of a cycle only"),
    "formula": pgettext_lazy("pack field", "Formula"),
    "from_year": pgettext_lazy("pack field", "First year"),
    "gap": pgettext_lazy("pack field", "Gap"),
    "gives_centi": pgettext_lazy("pack field", "Gives"),
    "grants_missing_hours": pgettext_lazy("pack field", "Grants the missing hours"),
    "holds": pgettext_lazy("pack field", "Holds"),
    "hours_decimals": pgettext_lazy("pack field", "Decimals shown"),
    "how": pgettext_lazy("pack field", "How"),
    "is": pgettext_lazy("pack field", "Is"),
    "is_charged": pgettext_lazy("pack field", "Charged"),
    "is_default": pgettext_lazy("pack field", "Holds while none is chosen"),
    "is_open": pgettext_lazy("pack field", "Open"),
    "is_required": pgettext_lazy("pack field", "Must be known"),
    "is_single": pgettext_lazy("pack field", "One at a time"),
    "is_sum_of_years": pgettext_lazy("pack field", "Sum of the years"),
    "is_trial": pgettext_lazy("pack field", "On trial"),
    "is_work": pgettext_lazy("pack field", "Work that is handed in"),
    "issuer": pgettext_lazy("pack field", "Issuer"),
    "item": pgettext_lazy("pack field", "Item"),
    "kind": pgettext_lazy("pack field", "Kind"),
    "label": pgettext_lazy("pack field", "Name"),
    "last_day": pgettext_lazy("pack field", "Last day of the year"),
    "least": pgettext_lazy("pack field", "Least work"),
    "least_centi": pgettext_lazy("pack field", "At least"),
    "leave": pgettext_lazy("pack field", "Ground of leave"),
    "level": pgettext_lazy("pack field", "Level"),
    "learned_time": pgettext_lazy("pack field", "Time on line"),
    "fastest_centi": pgettext_lazy("pack field", "Fastest playing, in hundredths"),
    "viewings": pgettext_lazy("pack field", "Viewings that count"),
    "day_cap_s": pgettext_lazy("pack field", "Most seconds a day"),
    "prompt_every_s": pgettext_lazy("pack field", "Seconds until the player asks whether somebody is there"),
    "prompt_within_s": pgettext_lazy("pack field", "Seconds to answer"),
    "needs_activity": pgettext_lazy("pack field", "Documents and exercises count only while something is done"),
    "question_s": pgettext_lazy("pack field", "Most seconds for a question"),
    "page_s": pgettext_lazy("pack field", "Seconds for a page"),
    "picture_in_picture": pgettext_lazy("pack field", "Picture in picture"),
    "make_up": pgettext_lazy("pack field", "Make-up"),
    "makes_verified": pgettext_lazy("pack field", "Makes verified"),
    "measure": pgettext_lazy("pack field", "Measure"),
    "minimum_centi": pgettext_lazy("pack field", "At least"),
    "mode": pgettext_lazy("pack field", "Mode"),
    "most_score_centi": pgettext_lazy("pack field", "Full marks"),
    "never": pgettext_lazy("pack field", "Never replaces"),
    "new_hire_required_centi": pgettext_lazy("pack field", "Required of new hires"),
    "number": pgettext_lazy("pack field", "Number"),
    "of": pgettext_lazy("pack field", "Of"),
    "of_parts": pgettext_lazy("pack field", "Parts of the whole"),
    "offset": pgettext_lazy("pack field", "Offset"),
    "opens": pgettext_lazy("pack field", "First day"),
    "order": pgettext_lazy("pack field", "Order"),
    "other_person_than": pgettext_lazy("pack field", "Another person than"),
    "over": pgettext_lazy("pack field", "Over"),
    "part": pgettext_lazy("pack field", "Part"),
    "parts": pgettext_lazy("pack field", "Parts"),
    "pass_score": pgettext_lazy("pack field", "Pass mark"),
    "pass_score_centi": pgettext_lazy("pack field", "Pass mark"),
    "passed": pgettext_lazy("pack field", "Passed when"),
    "payer": pgettext_lazy("pack field", "Payer"),
    "per": pgettext_lazy("pack field", "Per"),
    "rank": pgettext_lazy("pack field", "Rank"),
    "reading": pgettext_lazy("pack field", "Reading"),
    "reason": pgettext_lazy("pack field", "Reason"),
    "required_centi": pgettext_lazy("pack field", "Required"),
    "result": pgettext_lazy("pack field", "Result"),
    "review": pgettext_lazy("pack field", "Step of review"),
    "review_clock": pgettext_lazy("pack field", "Samples and deadlines of review"),
    "by_stage": pgettext_lazy("pack field", "Another level for a stage"),
    "days": pgettext_lazy("pack field", "Days"),
    "sample_percent": pgettext_lazy("pack field", "Share of a batch that is looked at, in percent"),
    "sample_least": pgettext_lazy("pack field", "Least entries that are looked at"),
    "sample_from": pgettext_lazy("pack field", "Batches with a sample have at least"),
    "late_days": pgettext_lazy("pack field", "Days after the year for late entries"),
    "appeal_days": pgettext_lazy("pack field", "Days to appeal"),
    "answer_days": pgettext_lazy("pack field", "Days to answer an appeal"),
    "role": pgettext_lazy("pack field", "Role"),
    "route": pgettext_lazy("pack field", "Route"),
    "seconds_per_hour": pgettext_lazy("pack field", "Seconds of an hour"),
    "source": pgettext_lazy("pack field", "Document quoted"),
    "source_cap_centi": pgettext_lazy("pack field", "Most of one source"),
    "span": pgettext_lazy("pack field", "Span"),
    "split": pgettext_lazy("pack field", "Split"),
    "stage": pgettext_lazy("pack field", "Stage"),
    "step": pgettext_lazy("pack field", "Step"),
    "study_opens_on": pgettext_lazy("pack field", "Study opens with"),
    "surplus": pgettext_lazy("pack field", "Surplus"),
    "target": pgettext_lazy("pack field", "Target"),
    "teaching": pgettext_lazy("pack field", "Teaching of a stage"),
    "term": pgettext_lazy("pack field", "Term"),
    "tier": pgettext_lazy("pack field", "Tier"),
    "title": pgettext_lazy("pack field", "Title"),
    "to_year": pgettext_lazy("pack field", "Last year"),
    "topic": pgettext_lazy("pack field", "Topic"),
    "unit": pgettext_lazy("pack field", "Unit"),
    "until": pgettext_lazy("pack field", "Until"),
    "value": pgettext_lazy("pack field", "Values"),
    "verdict": pgettext_lazy("pack field", "Verdict"),
    "verdicts": pgettext_lazy("pack field", "Verdicts"),
    "verified_only": pgettext_lazy("pack field", "Verified only"),
    "version": pgettext_lazy("pack field", "Version"),
    "when": pgettext_lazy("pack field", "Condition"),
    "whole": pgettext_lazy("pack field", "Whole"),
    "window": pgettext_lazy("pack field", "Window"),
    "way": pgettext_lazy("pack field", "Other way to earn"),
    "work": pgettext_lazy("pack field", "Work"),
    "year": pgettext_lazy("pack field", "Training year"),
    "year_cap_centi": pgettext_lazy("pack field", "Most in a year"),
    "year_floor_centi": pgettext_lazy("pack field", "Least in a year"),
    "years": pgettext_lazy("pack field", "Years"),
    "zh": pgettext_lazy("pack field", "Chinese"),
}


def field_word(name: str) -> str:
    """The field's word; a name that has none stands for itself."""
    return str(FIELDS.get(name, name))


def said(words: Any) -> str:  # noqa: ANN401 -- a text that is being written may hold anything
    """A name in the language of the page, from a table with zh and en; "" when it is no such table."""
    if not isinstance(words, Mapping):
        return ""
    first, second = ("en", "zh") if (get_language() or "").startswith("en") else ("zh", "en")
    return str(words.get(first) or words.get(second) or "")


def table_name(table: object) -> str:
    """What a table calls itself: its label, else its number or code."""
    if not isinstance(table, Mapping):
        return ""
    number = str(table.get("number") or "")
    name = said(table.get("label")) or said(table.get("title"))
    return f"{number} {name}".strip() or str(table.get("code") or table.get("step") or table.get("kind") or table.get("stage") or "")


def path_words(data: Data, place: tuple[str | int, ...], names: Mapping[str, str]) -> str:
    """A field's way in words: 项目 3 · 普通教师岗位强化培训 · 应修 · 工作坊研修."""
    words: list[str] = []
    for depth, step in enumerate(place, 1):
        if isinstance(step, int):
            words[-1] = f"{words[-1]} {table_name(value_at(data, place[:depth])) or step + 1}"
        elif step in FIELDS:
            words.append(field_word(step))
        else:
            words.append(names.get(step, step))
    return " · ".join(words)
