"""What an eligibility answer says, in the words of a page: shared by offices, schools and teachers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

PAIR = {"zh", "en"}
HEROES = {"meets": "valid", "blocked": "revoked", "pending": "unavailable", "unclear": "unavailable", "nothing_due": "not_found"}


class AskForm(forms.Form):
    """For which day, and with what was known by which moment (now, when it is left empty)."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    known_at = forms.DateTimeField(
        label=gettext_lazy("As known at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: as known now."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date, now: datetime) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data, files, initial={"on": today})
        self.today, self.now = today, now

    def clean(self) -> dict[str, Any]:
        """Neither day nor moment lies ahead; `ValidationError` with the refusal's sentence otherwise."""
        values = super().clean() or {}
        if "on" in values and "known_at" in values:
            values["known_at"] = values["known_at"] or None
            why = door.refuse_asking(values["on"], values["known_at"] or self.now, today=self.today, now=self.now)
            if why:
                raise ValidationError(refusal_sentence(Refused(why)))
        return values


def asked(request: Request) -> AskForm:
    """The form with what the address asks for; without anything it asks for today as known now."""
    given = {name: request.GET.get(name, "") for name in ("on", "known_at")}
    return AskForm({"on": given["on"] or request.today.isoformat(), "known_at": given["known_at"]}, today=request.today, now=request.now)


def spoken(value: Any) -> Any:  # noqa: ANN401 -- whatever JSON holds
    """The content with every pair of Chinese and English in the page's language; a pair among other fields is its `label`."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    if isinstance(value, dict):
        if set(value) == PAIR:
            return value[language]
        said = {name: spoken(one) for name, one in value.items()}
        return said | {"label": value[language]} if value.keys() >= PAIR else said
    return [spoken(one) for one in value] if isinstance(value, list) else value


def answer_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the part `parts/eligibility.html` shows of one answer."""
    said = spoken(dict(content))
    finding = door.Finding(said["finding"])
    effects = [_effect(one) for one in said["effects"]]
    return {
        "finding": door.FINDINGS[finding],
        "code": finding.value,
        "hero": HEROES[finding.value],
        "chip": door.FINDING_CHIPS[finding],
        "sentence": door.FINDING_SENTENCES[finding],
        "on": date.fromisoformat(said["on"]),
        "known_at": datetime.fromisoformat(said["known_at"]),
        "profile": said["profile"],
        "against": [one for one in effects if not one["is_good"]],
        "speaks_for": [one for one in effects if one["is_good"]],
        "years": [_year(one) for one in reversed(said["years"])],
        "cycles": [_standing(one) for one in reversed(said["cycles"])],
    }


def _effect(one: dict[str, Any]) -> dict[str, Any]:
    effect = door.Effect(one["effect"])
    return {
        **one,
        "word": door.EFFECTS[effect],
        "chip": door.EFFECT_CHIPS[effect],
        "levels": [door.LEVELS[level] for level in one["applied_by"]],
        "because": [_ground(ground) for ground in one["because"]],
        "until": until_words(one["until"]) if one["until"] else "",
    }


def _ground(one: dict[str, Any]) -> str:
    params = {"year": one["year"], "verdict": _verdict(one["verdict"])}
    return (_("Cycle from %(year)s: %(verdict)s") if one["is_cycle"] else _("%(year)s: %(verdict)s")) % params


def _verdict(value: str) -> str | Promise:
    return determination_room.VERDICTS[Verdict(value)] if value else ""


def until_words(until: Mapping[str, Any]) -> str:
    """What lifts a consequence, and in which days: one whole sentence."""
    params = {**until, "verdict": str(_verdict(until["verdict"])).lower()}
    if not until["verdict"]:
        return _("No end is set.")
    if until["way"] == door.Way.MAKE_UP and until["closes_on"]:
        return _("Until the training year %(year)s is %(verdict)s; make-up from %(opens_on)s to %(closes_on)s") % params
    if until["way"] == door.Way.EXAM and until["closes_on"]:
        return _("Until the training year %(year)s is %(verdict)s; unified exam from %(opens_on)s to %(closes_on)s") % params
    if until["way"] == door.Way.EXAM:
        return _("Until the training year %(year)s is %(verdict)s; the days of its unified exam are over") % params
    return _("Until the training year %(year)s is %(verdict)s") % params


def _standing(one: dict[str, Any]) -> dict[str, Any]:
    verdict = one["verdict"]
    return {
        **one,
        "chip": determination_room.VERDICT_CHIPS[Verdict(verdict)] if verdict else "plain",
        "word": one["word"] or _("No verdict yet"),
        "examined_at": datetime.fromisoformat(one["examined_at"]) if one.get("examined_at") else None,
        "determined_at": datetime.fromisoformat(one["determined_at"]) if one.get("determined_at") else None,
    }


def _year(one: dict[str, Any]) -> dict[str, Any]:
    reasons = {reason.value: label for reason, label in credits_room.RETURN_REASONS.items()}
    entries = [
        {
            **entry,
            "word": credits_room.STATES[credits_room.State(entry["state"])],
            "chip": credits_room.STATE_CHIPS[credits_room.State(entry["state"])],
            "since": datetime.fromisoformat(entry["since"]),
            "why": reasons.get(entry["reason"], ""),
        }
        for entry in one["entries"]
    ]
    return {**_standing(one), "entries": entries}


def statement_words(statement: door.Statement, now: datetime) -> dict[str, Any]:
    """A statement that was issued, with its proof, whether the facts asked again still give it, and what is answered today."""
    broken = door.broken_proofs(statement)
    content = statement.frozen["content"]
    today = door.answers_of([statement.teacher_id], statement.run.on, now)[statement.teacher_id]
    return {
        "it": statement,
        "run": statement.run,
        "person": statement.frozen["person"],
        "answer": answer_words(content),
        "broken": broken,
        "agrees": not broken and door.agrees(statement),
        "now": answer_words(today),
        "moved": _moved(content, today),
    }


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The years whose verdict is another one today, or final only today."""
    then = {one["year"]: one for one in before["years"]}
    rows = []
    for one in after["years"]:
        old = then.get(one["year"])
        if old is None or (old["verdict"], old["is_final"]) != (one["verdict"], one["is_final"]):
            rows.append({"year": one["year"], "before": _standing(spoken(old)) if old else None, "after": _standing(spoken(one))})
    return rows
