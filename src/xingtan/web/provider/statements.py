"""What a provider sent to the record store: searched, filtered, exported; one statement with its raw text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.statements import api as statements
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response

from .statement_form import ROWS, StatementFilter

MOST_EXPORTED = 20_000
NOBODY = "urn:xingtan:nobody"


class Line(NamedTuple):
    """A statement in the list."""

    id: str
    stored_at: datetime
    who: str
    teacher: teachers.Teacher | None
    verb: str
    verb_id: str
    what: str
    what_id: str
    result: str


@require_safe
@allowed(statements.SEE_STATEMENTS)
def statement_list(request: Request) -> HttpResponseBase:
    """A provider's statements that match, the newest first, fifty at a time; or all of them as a workbook."""
    form = StatementFilter(request.GET)
    is_sound = form.is_valid()
    provider = statements.provider_shown(request.actor, form.cleaned_data.get("provider", ""))
    people = _people(request, provider, form.cleaned_data.get("who", ""))
    wanted = form.wanted(_agent(form.cleaned_data.get("who", ""), people))
    if request.GET.get("export") == "xlsx":
        return _workbook(request, provider, wanted)
    found = statements.statements_shown(request.actor, provider, wanted) if is_sound else statements.Found([], None)
    page = {
        "form": form,
        "provider": provider,
        "providers": list(statements.providers_of(request.actor)),
        "people": people if len(people) > 1 else [],
        "lines": _lines(found.rows),
        "following": found.following,
        "is_filtered": any(request.GET.get(name) for name in ("who", "verb", "activity", "registration", "from_on", "to_on")),
        "rows_a_page": ROWS,
    }
    return render(request, "provider/statements.html", page, status=200 if is_sound else 422)


def _people(request: Request, provider: Organisation, text: str) -> list[teachers.Teacher]:
    return statements.people_asked_for(request.actor, provider, text) if text and "@" not in text else []


def _agent(text: str, people: list[teachers.Teacher]) -> str | None:
    """Whom the text means: an address, an id, or the first of that name; somebody who is nobody when there is none."""
    if not text:
        return None
    known = statements.agent_of_text(people[0].public_id if people else text)
    return known or NOBODY


def _workbook(request: Request, provider: Organisation, wanted: statements.Wanted) -> HttpResponseBase:
    headings = [
        pgettext("xapi", "Stored"),
        pgettext("xapi", "Who"),
        _("School"),
        pgettext("xapi", "Verb"),
        pgettext("xapi", "What"),
        pgettext("xapi", "Result"),
        pgettext("xapi", "Statement"),
    ]
    rows = (
        (
            timezone.localtime(line.stored_at).strftime("%Y-%m-%d %H:%M:%S"),
            line.who,
            str(line.teacher.school) if line.teacher else "",
            line.verb_id,
            line.what_id,
            line.result,
            line.id,
        )
        for line in _every(request, provider, wanted)
    )
    return workbook_response(pgettext("xapi", "statements"), headings, rows)


def _every(request: Request, provider: Organisation, wanted: statements.Wanted) -> Iterator[Line]:
    """All statements that match, a portion at a time, as many as a workbook may hold."""
    portion, left = wanted._replace(limit=500), MOST_EXPORTED
    while left > 0:
        found = statements.statements_shown(request.actor, provider, portion)
        yield from _lines(found.rows[:left])
        left -= len(found.rows)
        if found.following is None:
            return
        portion = statements.onward(portion, found.following)


def _lines(rows: list[statements.Row]) -> list[Line]:
    known = teachers.teachers_by_id({row.teacher_id for row in rows if row.teacher_id is not None})
    return [_line(row, known.get(row.teacher_id or 0)) for row in rows]


def _line(row: statements.Row, teacher: teachers.Teacher | None) -> Line:
    told = json.loads(row.content)
    target = told["object"]
    name = target.get("definition", {}).get("name")
    what_id = str(target.get("id", target.get("objectType", "")))
    verb_id = told["verb"]["id"]
    return Line(
        id=told["id"],
        stored_at=datetime.fromtimestamp(row.id / 1_000_000, UTC),
        who=teacher.name if teacher else agent_word(told["actor"]),
        teacher=teacher,
        verb=_text(told["verb"].get("display")) or verb_id.rstrip("/").rpartition("/")[2],
        verb_id=verb_id,
        what=_text(name) or what_id,
        what_id=what_id,
        result=result_word(told.get("result", {})),
    )


def _text(texts: dict[str, str] | None) -> str:
    wanted = ["en", "zh"] if (get_language() or "").startswith("en") else ["zh", "en"]
    return next(iter(statements.best_of(texts, wanted).values()), "") if texts else ""


def agent_word(agent: dict[str, Any]) -> str:
    """A name for an agent that is nobody of ours: its own, or what identifies it."""
    account = agent.get("account", {})
    shown = agent.get("name") or agent.get("mbox", "").removeprefix("mailto:") or account.get("name") or agent.get("openid")
    return str(shown or agent.get("mbox_sha1sum") or pgettext("xapi", "a group"))


def result_word(result: dict[str, Any]) -> str:
    """Score, success, completion and duration in a few signs."""
    score = result.get("score", {})
    parts = [f"{score['scaled']:.2f}" if isinstance(score.get("scaled"), int | float) else str(score.get("raw", ""))]
    passed, failed = pgettext("xapi", "passed"), pgettext("xapi", "failed")
    done, open_ = pgettext("xapi", "completed"), pgettext("xapi", "not completed")
    for name, words in (("success", (passed, failed)), ("completion", (done, open_))):
        if name in result:
            parts.append(words[0 if result[name] else 1])
    parts.append(str(result.get("duration", "")).removeprefix("PT").lower())
    return " · ".join(part for part in parts if part)


@require_safe
@allowed(statements.SEE_STATEMENTS)
def statement(request: Request, public_id: str, statement_id: UUID) -> HttpResponse:
    """One statement: what it says in words, and its text as it was kept."""
    provider = statements.provider_shown(request.actor, public_id)
    row, is_voided = statements.statement_shown(request.actor, provider, statement_id)
    told = json.loads(row.content)
    page = {
        "provider": provider,
        "line": _lines([row])[0],
        "told": told,
        "is_voided": is_voided,
        "attachments": told.get("attachments", []),
        "text": json.dumps(told, ensure_ascii=False, indent=2),
        "registration": told.get("context", {}).get("registration", ""),
    }
    return render(request, "provider/statement.html", page)


@require_safe
@allowed(statements.SEE_STATEMENTS)
def statement_attachment(request: Request, public_id: str, statement_id: UUID, sha2: str) -> HttpResponse:
    """The bytes of one of a statement's attachments, as a download."""
    provider = statements.provider_shown(request.actor, public_id)
    row, _is_voided = statements.statement_shown(request.actor, provider, statement_id)
    named = [one["sha2"].lower() for one in json.loads(row.content).get("attachments", ())]
    if sha2 not in named:
        raise NotInScope
    _media_type, content = statements.attachment_shown(provider, named, sha2)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{sha2[:16]}.bin"'
    return answer
