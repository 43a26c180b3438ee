"""The audit log to read: who did what, when, to how much."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from xingtan.core.calendar import SHANGHAI
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.days import day_field
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import role_word

from .acts import act_word

MOST_EXPORTED = 20_000


class AuditFilter(forms.Form):
    """Which lines."""

    act = forms.CharField(required=False, max_length=60)
    since = day_field(gettext_lazy("From"), required=False)
    until = day_field(gettext_lazy("To"), required=False)


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
    def detail(self) -> str:
        """What else the line says, as it is kept."""
        return json.dumps(self.row.detail, ensure_ascii=False, sort_keys=True) if self.row.detail else ""


@require_safe
@allowed(supervision.SEE_AUDIT)
def audit(request: Request) -> HttpResponseBase:
    """The lines of the branch, the latest first; filtered by act and days, paged, or as a workbook."""
    form = AuditFilter(request.GET)
    is_sound = form.is_valid()
    rows = _filtered(_lines(request.actor), form) if is_sound else AuditLine.objects.none()
    if is_sound and request.GET.get("export") == "xlsx":
        return _workbook(rows)
    page = page_of(request, rows)
    acts = _lines(request.actor).order_by("act").values_list("act", flat=True).distinct()
    return render(
        request,
        "bureau/audit.html",
        {"page_rows": page, "lines": _named(page.rows), "acts": [(act, act_word(act)) for act in acts], "form": form},
        status=200 if is_sound else 422,
    )


def _lines(actor: Actor) -> QuerySet[AuditLine]:
    inside = Organisation.objects.within(actor.scope).values("pk")
    lines = Q(organisation_id__in=inside)
    # The operator acts for the whole tree and has no office: a province sees what was done there.
    if len(actor.scope.first) <= STEP:
        lines |= Q(organisation_id=None)
    return AuditLine.objects.filter(lines).order_by("-pk")


def _filtered(rows: QuerySet[AuditLine], form: AuditFilter) -> QuerySet[AuditLine]:
    values = form.cleaned_data
    if values["act"]:
        rows = rows.filter(act=values["act"])
    if values["since"]:
        rows = rows.filter(at__gte=_midnight(values["since"]))
    return rows.filter(at__lt=_midnight(values["until"] + timedelta(days=1))) if values["until"] else rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def _named(rows: Iterable[AuditLine]) -> list[Line]:
    held = list(rows)
    people = dict(Account.objects.filter(pk__in={row.account_id for row in held if row.account_id}).values_list("pk", "name"))
    offices = {
        one.pk: str(one) for one in Organisation.everywhere.filter(pk__in={row.organisation_id for row in held if row.organisation_id})
    }
    return [Line(row, people.get(row.account_id or 0, ""), offices.get(row.organisation_id or 0, "")) for row in held]


def _workbook(rows: QuerySet[AuditLine]) -> HttpResponseBase:
    headings = [_("Time"), _("Act"), _("Person"), _("Role"), _("Office"), _("Rows"), pgettext("audit", "Details")]
    return workbook_response(_("Audit log"), headings, _exported(rows))


def _exported(rows: QuerySet[AuditLine]) -> Iterator[tuple[object, ...]]:
    for line in _named(rows[:MOST_EXPORTED]):
        yield line.row.at, line.act, line.person, line.role, line.office, line.row.count, line.detail
