"""A pack's mistakes as sentences; the reader gives codes, what was found and what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from xingtan.core.policy import Problem
from xingtan.core.units import format_hours_exact

from .checking import path_of
from .fields import field_word

SENTENCES: Mapping[str, Promise] = {
    "bool_type": pgettext_lazy("mistake", "%(field)s is true or false, not %(found)s"),
    "code_form": pgettext_lazy("mistake", "%(found)s cannot be a code: small letters, digits and _ only, a letter first"),
    "condition": pgettext_lazy("mistake", "This condition cannot be read: %(found)s (%(expected)s)"),
    "condition_name": pgettext_lazy("mistake", "No name is called %(found)s in a condition here"),
    "default_item": pgettext_lazy("mistake", "Exactly one item holds while none is chosen (is_default = true); found: %(found)s"),
    "dict_type": pgettext_lazy("mistake", "%(field)s is a table, not %(found)s"),
    "entry_order": pgettext_lazy(
        "mistake", "The way in names each step once, study last, and study opens with a step in between; found: %(found)s"
    ),
    "enum": pgettext_lazy("mistake", "%(found)s is not in the list. Possible: %(known)s"),
    "extends": pgettext_lazy("mistake", "This pack extends %(found)s, which is not known. Possible: %(known)s"),
    "gap_filled": pgettext_lazy("mistake", "The source leaves out number %(found)s; no item may have it"),
    "greater_than": pgettext_lazy("mistake", "%(field)s is a whole number above a limit, not %(found)s (%(expected)s)"),
    "greater_than_equal": pgettext_lazy("mistake", "%(field)s is too small: %(found)s (%(expected)s)"),
    "int_type": pgettext_lazy("mistake", "%(field)s is a whole number without quotes, not %(found)s"),
    "less_than_equal": pgettext_lazy("mistake", "%(field)s is too large: %(found)s (%(expected)s)"),
    "list_in_extension": pgettext_lazy(
        "mistake", "A pack that extends another changes single fields; the list %(field)s is inherited whole"
    ),
    "missing": pgettext_lazy("mistake", "%(field)s is missing"),
    "model_type": pgettext_lazy("mistake", "%(field)s is a table, not %(found)s"),
    "no_ground": pgettext_lazy("mistake", "Every rule stands on a sentence of the source (clause) or a reading; this one has neither"),
    "no_otherwise": pgettext_lazy("mistake", 'The last row decides whatever is left: when = "otherwise", not %(found)s'),
    "review_chain": pgettext_lazy("mistake", "Steps of review come in this order, and the verification makes hours verified: %(expected)s"),
    "review_order": pgettext_lazy("mistake", "A step names another person of a step before it; %(found)s is not before this one"),
    "stage_missing": pgettext_lazy("mistake", "Every stage has a level that teaches it. Missing: %(known)s"),
    "string_pattern_mismatch": pgettext_lazy("mistake", "%(field)s is not written as it should be: %(found)s (%(expected)s)"),
    "way_approved_by": pgettext_lazy("mistake", "Who declares does not decide: %(field)s names %(expected)s, not %(found)s"),
    "way_declared_by": pgettext_lazy("mistake", "%(field)s is %(expected)s, not %(found)s"),
    "way_without_bucket": pgettext_lazy("mistake", "No bucket takes these hours; %(field)s needs %(expected)s, not %(found)s"),
    "string_too_short": pgettext_lazy("mistake", "%(field)s is empty"),
    "string_type": pgettext_lazy("mistake", "%(field)s is text in quotes, not %(found)s"),
    "sum_of_years": pgettext_lazy("mistake", "The years do not make the cycle: %(found)s, and the cycle asks for %(expected)s"),
    "toml": pgettext_lazy("mistake", "This line cannot be read: %(found)s (%(expected)s)"),
    "too_short": pgettext_lazy("mistake", "%(field)s is empty; at least one is needed"),
    "tuple_type": pgettext_lazy("mistake", "%(field)s is a list, not %(found)s"),
    "twin": pgettext_lazy("mistake", "%(found)s is there twice; each has a %(field)s of its own"),
    "unknown_category": pgettext_lazy("mistake", "There is no category %(found)s. Possible: %(known)s"),
    "unknown_component": pgettext_lazy("mistake", "There is no component or part %(found)s. Possible: %(known)s"),
    "unknown_field": pgettext_lazy("mistake", "No field is called %(found)s here"),
    "unknown_reading": pgettext_lazy("mistake", "There is no reading %(found)s. Possible: %(known)s"),
    "unknown_route": pgettext_lazy("mistake", "There is no route %(found)s. Possible: %(known)s"),
    "unknown_source": pgettext_lazy("mistake", "There is no document %(found)s. Possible: %(known)s"),
    "unreachable_rows": pgettext_lazy("mistake", "“otherwise” decides everything; the rows after it can never decide"),
    "unreadable": pgettext_lazy("mistake", "This text cannot be read as a pack"),
    "unknown_code": pgettext_lazy("mistake", "No term or component is called %(found)s in the column %(field)s. Possible: %(known)s"),
    "unknown_assessment": pgettext_lazy("mistake", "There is no assessment %(found)s. Possible: %(known)s"),
    "unknown_fee": pgettext_lazy("mistake", "There is no fee %(found)s. Possible: %(known)s"),
    "measure_mixed": pgettext_lazy("mistake", "A measure over results is filtered by assessment only"),
    "buckets_overlap": pgettext_lazy("mistake", "A row could lie in two buckets: %(found)s"),
    "floor_above_cap": pgettext_lazy("mistake", "The floor %(found)s is above the cap: %(expected)s"),
    "floors_above_cycle": pgettext_lazy("mistake", "All cycle floors together are more than the cycle asks for: %(found)s, %(expected)s"),
    "no_conversion": pgettext_lazy("mistake", "Nothing is converted into the pack's unit %(found)s; at least one conversion is needed"),
    "split_whose": pgettext_lazy("mistake", "A share belongs to a level or to a payer, to one of the two; found: %(found)s"),
    "split_sum": pgettext_lazy("mistake", "The shares of this fee do not make a whole: %(found)s"),
    "names_meet": pgettext_lazy("mistake", "Two codes together make one name: %(found)s. Give one of them another code"),
    "formula": pgettext_lazy("mistake", "This formula cannot be read: %(found)s (%(expected)s)"),
    "too_great": pgettext_lazy("mistake", "The numbers of %(found)s can grow too great to be counted"),
    "target_idle": pgettext_lazy("mistake", "This target asks for no more than the cycle does: %(found)s"),
    "earmark_above_cycle": pgettext_lazy("mistake", "This earmark is more than the cycle asks for: %(found)s, %(expected)s"),
    "effective_years": pgettext_lazy(
        "mistake", "The years that a pack is made for begin with its cycles and do not end before they begin; found: %(found)s"
    ),
    "route_unreached": pgettext_lazy(
        "mistake", "No row of the decision table leads to the open %(found)s: add a row, or set is_open = false"
    ),
    "value_error": pgettext_lazy("mistake", "%(field)s cannot be %(found)s: %(expected)s"),
    "verified_by": pgettext_lazy("mistake", "Exactly one step of review makes hours verified (makes_verified = true); found: %(found)s"),
    "version_taken": pgettext_lazy(
        "mistake", "Version %(found)s of this pack is already adopted with other words; give this text a new version"
    ),
    "window_days": pgettext_lazy("mistake", "This window closes before it opens: %(found)s. Possible: %(known)s"),
    "window_missing": pgettext_lazy("mistake", "Every window has its days. Missing: %(known)s"),
    "wrong_components": pgettext_lazy("mistake", "An item gives hours for each component: %(known)s. Found: %(found)s"),
    "year_days": pgettext_lazy("mistake", "A training year ends on the day before it begins, not on %(found)s"),
}
# What was expected, as the reader says it in English, and in the language of the page.
EXPECTED: tuple[tuple[str, Promise], ...] = (
    ("a day of every year", pgettext_lazy("expected", "a day as MM-DD, from 01-01 to 12-31, not 02-29")),
    ("text that matches", pgettext_lazy("expected", "small letters, digits and signs as in the other codes")),
    ("Invalid value", pgettext_lazy("expected", "what stands after = is no value")),
    ("Invalid statement", pgettext_lazy("expected", "neither a table nor a field")),
    ("Invalid initial character", pgettext_lazy("expected", "a field's name cannot begin like this")),
    ("Expected '='", pgettext_lazy("expected", "= is missing after the field's name")),
    ("Expected newline", pgettext_lazy("expected", "something is left over at the end of the line")),
    ("Expected ']", pgettext_lazy("expected", "] is missing")),
    ("Unterminated string", pgettext_lazy("expected", "the closing quotation mark is missing")),
    ("Illegal character", pgettext_lazy("expected", "a character that may not stand here, perhaps a missing quotation mark")),
    ("Unescaped", pgettext_lazy("expected", "a backslash that means nothing")),
    ("Unclosed array", pgettext_lazy("expected", "the list is not closed with ]")),
    ("Unclosed inline table", pgettext_lazy("expected", "the table is not closed with }")),
    ("Cannot overwrite", pgettext_lazy("expected", "this field stands twice in its table")),
    ("Cannot declare", pgettext_lazy("expected", "this table stands twice")),
    ("Duplicate inline", pgettext_lazy("expected", "this field stands twice in its table")),
    ("Empty key", pgettext_lazy("expected", "a field's name is missing")),
    ("a whole number", pgettext_lazy("expected", "a whole number")),
    ("text in quotes", pgettext_lazy("expected", "text in quotes")),
    ("true or false", pgettext_lazy("expected", "true or false")),
    ("a table", pgettext_lazy("expected", "a table")),
    ("a list", pgettext_lazy("expected", "a list")),
    ("nothing", pgettext_lazy("expected", "nothing")),
)
IN_HUNDREDTHS = frozenset({"sum_of_years", "floor_above_cap", "floors_above_cycle", "target_idle", "earmark_above_cycle"})
_NAME = re.compile(r"unknown name '([^']*)'")
_LEADS = ("one of ", "each of ", "another pack: ", "windows ", "stages ", "a day ")


def mistake_sentence(problem: Problem) -> str:
    """What is wrong, as one sentence in the language of the page; a code that has none is told by what was found and expected."""
    if problem.code in ("condition", "formula") and (name := _NAME.search(problem.expected)):
        problem = problem._replace(code="condition_name", found=name[1])
    field = path_of(problem.field)
    names = [str(step) for step in field if isinstance(step, str)]
    said = {
        "field": field_word(names[-1]) if names else "",
        "found": pgettext("expected", "nothing") if problem.found == "nothing" else problem.found,
        "expected": _expected(problem.expected),
        "known": _known(problem.expected),
    }
    if problem.code in IN_HUNDREDTHS:
        said |= {"found": _amounts(problem.found), "expected": _amounts(problem.expected)}
    sentence = SENTENCES.get(problem.code)
    if sentence is None:
        return _("Found %(found)s, expected %(expected)s") % said
    return str(sentence) % said


def _amounts(text: str) -> str:
    """The amounts of a sum as people write them: 5 x 7200 is 5 × 72.00."""
    amounts = re.findall(r"[\d x+=]+", text)
    longest = max(amounts, key=len, default=text).strip()
    return re.sub(r"\d{3,}", lambda found: format_hours_exact(int(found[0])), longest).replace(" x ", " × ")


def _expected(text: str) -> str:
    """What was expected, in the language of the page as far as we have words for it."""
    bare = text.removeprefix("TOML (").removesuffix(")") if text.startswith("TOML (") else text
    return next((str(words) for start, words in EXPECTED if bare.startswith(start)), bare)


def _known(expected: str) -> str:
    for lead in _LEADS:
        if expected.startswith(lead):
            return expected.removeprefix(lead)
    return expected
