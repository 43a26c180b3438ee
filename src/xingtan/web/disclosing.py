"""What pages disclose, noted around every request: whose record was opened, which file left the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from io import BytesIO
from typing import BinaryIO, cast
from urllib.parse import unquote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.people.roles import Actor

from .http import Request
from .looks import LOOKS

CURRENT: ContextVar[Request | None] = ContextVar("request", default=None)
RECORDED = "X-Export"
OK = 200
LARGEST = 64 << 20
# Templates to fill in, texts of policies and material of courses name nobody.
FREE = frozenset(
    {
        "school:roster_template",
        "bureau:roster_template",
        "bureau:results_template",
        "bureau:opening_template",
        "provider:records_template",
        "bureau:policy_document",
        "bureau:pack_text",
        "bureau:kit_download",
        "provider:unit_file",
        "trainee:media",
    }
)


def page_name(request: HttpRequest) -> str:
    """The name of the address that is being answered, "" before it is known."""
    return request.resolver_match.view_name if request.resolver_match else ""


class DisclosureMiddleware:
    """Looks at records are noted once the answer is out; files are recorded with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the page did."""
        ours = cast("Request", request)
        token = CURRENT.set(ours)
        try:
            response = self.get_response(request)
        finally:
            CURRENT.reset(token)
        if response.status_code == OK and ours.actor.account_id is not None:
            _note_look(ours, response)
            _record_file(ours, response)
        if response.has_header(RECORDED):
            del response[RECORDED]
        return response


def _note_look(request: Request, response: HttpResponseBase) -> None:
    kind, find = _looked_at(request)
    if not kind:
        return
    actor, now = request.actor, request.now

    def note() -> None:
        for teacher in teachers.teachers_by_id(find()).values():
            disclosures.note_look(actor, teacher.account_id, kind, now)
        disclosures.write_looks()

    # Closers run when the answer has been sent, before the request's connections are given back.
    response._resource_closers.append(note)  # type: ignore[attr-defined]  # noqa: SLF001 -- Django's own hook after sending, without a public name


def _looked_at(request: Request) -> tuple[str, Callable[[], Iterable[int]]]:
    """What kind of page it was, "" for one of nobody; and whose, to be looked up after the answer."""
    if request.actor.own is not None and request.actor.teacher_id is not None:
        teacher_id = request.actor.teacher_id  # somebody acts for this teacher and sees the teacher's own pages
        return "acting", lambda: [teacher_id]
    kind, *words = LOOKS.get(page_name(request), ("",))
    given = request.resolver_match.kwargs if request.resolver_match else {}
    named = [str(given[word]) for word in words if given.get(word, "me") != "me"]
    return (kind if named else ""), lambda: teachers.teacher_ids_of(named).values()


def _record_file(request: Request, response: HttpResponseBase) -> None:
    """A download that no workbook recorded already: PDF lists, bundles, reports of jobs."""
    name = _file_name(response.headers)
    if response.has_header(RECORDED) or not name or not is_recorded(request.actor, page_name(request)):
        return
    content: BinaryIO | None = None
    if isinstance(response, FileResponse):
        content = cast("BinaryIO | None", response.file_to_stream)
    elif isinstance(response, HttpResponse):
        content = BytesIO(response.content)
    if content is None or not content.seekable():
        return
    mark = disclosures.mark_for(request.actor, page_name(request), request.GET.urlencode(), request.now)
    sha256, size = disclosures.digest_of(content)
    disclosures.record_export(mark, name=name, rows=None, size=size, sha256=sha256)


def is_recorded(actor: Actor, page: str) -> bool:
    """True when files that this actor takes from this page are recorded: not one's own papers, nor templates."""
    is_own = actor.role in disclosures.UNRECORDED and actor.own is None
    return not is_own and page not in FREE


def _file_name(headers: Mapping[str, str]) -> str:
    """The name under which the answer is saved, "" for pages."""
    said = headers.get("Content-Disposition", "")
    _before, _mark, name = said.partition("filename*=UTF-8''")
    plain = said.partition("filename=")[2].strip('" ')
    return unquote(name or plain) if said.startswith(("attachment", "inline")) else ""
