"""The audit log to read: who did what, when, to how much, in whose place, and what was refused."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from itertools import chain

from django.db.models import QuerySet
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from xingtan.domains.supervision import api as supervision
from xingtan.foundation.audit.log import record
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import role_word

from .acts import ACTS, act_word
from .audit_search import AuditFilter, wanted

MOST_EXPORTED = 20_000
PORTION = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the names behind its ids."""

    row: AuditLine
    person: str
    office: str

    @property
    def act(self) -> str:
        """What was done, in words."""
        return act_word(self.row.act)

    @property
    def role(self) -> str:
        """The role in which it was done, in words."""
        return role_word(Role(self.row.role))

    @property
    def own_role(self) -> str:
        """What the person really is, in words, where they acted for another, else ""."""
        own = self.row.detail.get("own")
        return role_word(Role(own["role"])) if own else ""

    @property
    def detail(self) -> str:
        """What else the line says, as it is kept."""
        return json.dumps(self.row.detail, ensure_ascii=False, sort_keys=True) if self.row.detail else ""

    @property
    def cells(self) -> tuple[object, ...]:
        """The line as a row of a workbook."""
        row = self.row
        ids = " ".join(map(str, row.subject_ids))
        return row.at, self.act, self.person, self.role, self.own_role, self.office, row.subject, ids, row.count, self.detail


@require_safe
@allowed(supervision.SEE_AUDIT)
def audit(request: Request) -> HttpResponseBase:
    """The wanted lines of the branch, the latest first: paged, as a workbook, or as CSV."""
    form = AuditFilter(request.GET)
    rows = wanted(request.actor, form) if form.is_valid() else AuditLine.objects.none()
    if form.is_valid() and (export := EXPORTS.get(request.GET.get("export", ""))):
        rows = rows.filter(pk__lte=newest.pk) if (newest := rows.first()) else rows  # without the line that says who exported
        record(request.actor, "supervision.audit_exported", "audit_line", [], now=request.now, detail={"count": rows.count()})
        return export(_("Audit log"), _headings(), _exported(rows))
    page = page_of(request, rows)
    acts = sorted(((act, str(word)) for act, word in ACTS.items()), key=lambda one: one[1])
    facts = {"page_rows": page, "lines": _named(page.rows), "acts": acts, "form": form}
    return render(request, "bureau/audit.html", facts, status=200 if form.is_valid() else 422)


def _headings() -> list[str]:
    people = [_("Person"), _("Role"), _("Acting for another as"), _("Office")]
    return [_("Time"), _("Act"), *people, pgettext("audit", "Subject"), _("Numbers"), _("Rows"), pgettext("audit", "Details")]


def _named(rows: Iterable[AuditLine]) -> list[Line]:
    held = list(rows)
    people = dict(Account.objects.filter(pk__in={row.account_id for row in held if row.account_id}).values_list("pk", "name"))
    offices = {
        one.pk: str(one) for one in Organisation.everywhere.filter(pk__in={row.organisation_id for row in held if row.organisation_id})
    }
    return [Line(row, people.get(row.account_id or 0, ""), offices.get(row.organisation_id or 0, "")) for row in held]


def _exported(rows: QuerySet[AuditLine]) -> Iterator[tuple[object, ...]]:
    for start in range(0, MOST_EXPORTED, PORTION):
        portion = _named(rows[start : start + PORTION])
        yield from (line.cells for line in portion)
        if len(portion) < PORTION:
            return


def csv_response(_name: str, headings: list[str], rows: Iterable[tuple[object, ...]]) -> FileResponse:
    """The rows as CSV in UTF-8, in constant memory, recorded among the exports; a text that a sheet would take for a formula begins with an apostrophe."""
    place = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it when it is sent
    place.writelines(line.encode() for line in _csv(headings, rows))
    place.seek(0)
    return FileResponse(place, as_attachment=True, filename="audit.csv", content_type="text/csv; charset=utf-8")


def _csv(headings: list[str], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield "\ufeff"
    for row in chain([headings], rows):
        line = StringIO()
        csv.writer(line).writerow(map(_plain, row))
        yield line.getvalue()


def _plain(value: object) -> str:
    text = timezone.localtime(value).isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


EXPORTS = {"xlsx": workbook_response, "csv": csv_response}
