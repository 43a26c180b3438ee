"""What a statement says, as plain data in Chinese and English: frozen when it is issued, made anew when it is asked for again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from xingtan.core.policy import Policy, Words
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.ledger.digests import moment

from .queries.evidence import CycleKnown, Known, Profile, YearKnown
from .rules import HARMLESS, Found, Standing, Until, effects_of, finding_of, is_good

FORM = 1
Pair = dict[str, str]
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def content_of(known: Known, on: date, known_at: datetime) -> dict[str, Any]:
    """Everything that decided, and what was decided; the same facts give the same content, to the last character."""
    standings = known.standings
    effects = effects_of(standings, on)
    return {
        "form": FORM,
        "on": on.isoformat(),
        "known_at": moment(known_at),
        "finding": finding_of(standings, effects).value,
        "profile": _profile(known.profile),
        "years": [_year(one) for one in known.years],
        "cycles": [_cycle(one) for one in known.cycles],
        "effects": [_effect(one) for one in effects],
    }


def person_of(teacher: teachers.Teacher, masked_further: Callable[[str], str]) -> Pair:
    """Name and masked number, which stand beside the content and not in it."""
    return {"name": teacher.name, "identity": masked_further(teachers.masked_number(teacher))}


def _pair(words: Words) -> Pair:
    return {"zh": words.zh, "en": words.en}


def _spoken(say: Callable[[], str]) -> Pair:
    """What the call says in each language."""
    found = {}
    for name, language in LANGUAGES.items():
        with translation.override(language):
            found[name] = say()
    return found


@lru_cache(maxsize=512)
def _label(kind: str, value: str) -> Pair:
    tables: Mapping[str, Mapping[Any, Promise]] = {
        "stage": teachers.STAGES,
        "subject": teachers.SUBJECTS,
        "title": teachers.TITLES,
        "status": teachers.STATUSES,
    }
    return _spoken(lambda: str(tables[kind].get(value, value)) if value else "")


def _profile(profile: Profile) -> dict[str, Any]:
    school = profile.school
    return {
        "school": {"zh": school.name, "en": school.name_en or school.name},
        **{kind: _label(kind, getattr(profile, kind)) for kind in ("stage", "subject", "title", "status")},
        "hired_on": profile.hired_on.isoformat(),
    }


def _year(one: YearKnown) -> dict[str, Any]:
    policy = one.standing.policy
    return {
        "year": one.year.year,
        "first_on": one.year.first_on.isoformat(),
        "last_on": one.year.last_on.isoformat(),
        "cycle": [one.year.cycle_first, one.year.cycle_last],
        "pack": {"code": policy.code, "version": policy.version, "digest": policy.digest},
        **_standing(one.standing, one.verdict),
        "entries": [_entry(policy, entry) for entry in one.entries],
    }


def _cycle(one: CycleKnown) -> dict[str, Any]:
    return {"first": one.year.cycle_first, "last": one.year.cycle_last, **_standing(one.standing, one.verdict)}


def _standing(standing: Standing, verdict: determination_room.KnownVerdict | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "verdict": standing.verdict.value if standing.verdict else "",
        "word": verdict_pair(standing.verdict.value) if standing.verdict else {"zh": "", "en": ""},
        "is_final": standing.is_final,
        "is_due": standing.is_due,
        "reasons": [],
    }
    if verdict is None:
        return said
    is_fine = standing.is_final and standing.verdict in HARMLESS
    return said | {
        "route": verdict.route,
        "required": verdict.required_centi,
        "recognised": verdict.recognised_centi + verdict.by_exam_centi,
        "verified": verdict.verified_centi,
        "by_exam": verdict.by_exam_centi,
        "reasons": [] if is_fine else [_reason(standing.policy, reason) for reason in verdict.reasons],
        "determined_at": moment(verdict.determined_at),
        "examined_at": moment(verdict.examined_at) if verdict.examined_at else "",
        "determination": verdict.public_id,
    }


@lru_cache(maxsize=64)
def verdict_pair(verdict: str) -> Pair:
    """The verdict's word in both languages."""
    words: Mapping[str, Promise] = {one.value: word for one, word in determination_room.VERDICTS.items()}
    return _spoken(lambda: str(words[verdict]))


def _reason(policy: Policy, reason: Mapping[str, Any]) -> dict[str, Any]:
    params = reason["params"]
    return {"code": reason["code"], "params": dict(params), **_reason_words(policy, reason["code"], tuple(sorted(params.items())))}


@lru_cache(maxsize=8_192)
def _reason_words(policy: Policy, code: str, params: tuple[tuple[str, Any], ...]) -> Pair:
    return _spoken(lambda: determination_room.reason_sentence(policy, code, dict(params)))


def _entry(policy: Policy, entry: credits_room.KnownEntry) -> dict[str, Any]:
    line, then = entry
    return {
        "number": line.public_id,
        "title": {"zh": line.title, "en": line.title_en or line.title},
        "provider": {"zh": line.provider, "en": line.provider_en or line.provider},
        "component": _component(policy, line.component),
        "on": line.on.isoformat(),
        "hours": line.recognised_centi,
        "state": then.state.value,
        "since": moment(then.since),
        "reason": then.reason_code,
    }


@lru_cache(maxsize=512)
def _component(policy: Policy, code: str) -> Pair:
    return _spoken(lambda: credits_room.component_word(policy, code))


def _effect(found: Found) -> dict[str, Any]:
    return {
        **_consequence(found.policy, found.consequence.code),
        "effect": found.effect.value,
        "because": [_ground(one) for one in found.because],
        "until": _until(found.until),
    }


@lru_cache(maxsize=512)
def _consequence(policy: Policy, code: str) -> dict[str, Any]:
    one = next(one for one in policy.consequences if one.code == code)
    return {
        "code": one.code,
        **_pair(one.label),
        "is_good": is_good(one),
        "applied_by": [level.value for level in one.applied_by],
        "clause": one.clause,
        "source": _pair(policy.source_of(one).title),
    }


def _ground(standing: Standing) -> dict[str, Any]:
    return {"year": standing.year, "is_cycle": standing.is_cycle, "verdict": standing.verdict.value if standing.verdict else ""}


def _until(until: Until | None) -> dict[str, Any] | None:
    if until is None:
        return None
    return {
        "verdict": until.verdict.value if until.verdict else "",
        "way": until.way.value if until.way else "",
        "year": until.year,
        "opens_on": until.opens_on.isoformat() if until.opens_on else "",
        "closes_on": until.closes_on.isoformat() if until.closes_on else "",
    }


def policies_in(contents: Iterable[Mapping[str, Any]]) -> dict[str, Policy]:
    """The packs that these contents rest on, by digest."""
    digests = {year["pack"]["digest"] for content in contents for year in content["years"]}
    return {digest: policies.policy_by_digest(digest) for digest in digests}
