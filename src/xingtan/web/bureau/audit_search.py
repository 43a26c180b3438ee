"""What of the audit log is wanted: by act, person, subject, organisation and days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from xingtan.core.calendar import SHANGHAI
from xingtan.domains.teachers import api as teachers
from xingtan.domains.tenders import api as tenders
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.audit.search import naming
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.people.sign_in import account_named
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Organisation
from xingtan.web.parts.days import day_field

REFUSALS = "refused"  # every act that begins so, and failed sign-ins
LARGEST = 2**63 - 1
BIDS = ("tenders.sealed", "tenders.withdrawn")


def text_field(label: Promise | str, length: int) -> forms.CharField:
    """A text to look for."""
    found = forms.CharField(required=False, max_length=length, widget=forms.TextInput(attrs={"type": "search", "size": 14}))
    found.label = label  # type: ignore[assignment]  # -- a lazy label is a label
    return found


class AuditFilter(forms.Form):
    """Which lines."""

    act = forms.CharField(required=False, max_length=60)
    who = text_field(gettext_lazy("Person"), 80)
    subject = text_field(pgettext_lazy("audit", "Subject"), 40)
    row = text_field(pgettext_lazy("audit", "Its number or address"), 40)
    where = text_field(gettext_lazy("School or office"), 120)
    since = day_field(gettext_lazy("From"), required=False)
    until = day_field(gettext_lazy("To"), required=False)


def lines_of(actor: Actor) -> QuerySet[AuditLine]:
    """The lines of the branch, the latest first; a province sees what the operator and nobody signed in did as well.

    Who bids on a tender is among them once its bids are open, not before.
    """
    lines = Q(organisation_id__in=Organisation.objects.within(actor.scope).values("pk"))
    if len(actor.scope.first) <= STEP:
        lines |= Q(organisation_id=None)
    found = AuditLine.objects.filter(lines).order_by("-pk")
    if sealed := tenders.unopened():
        found = found.exclude(act__in=BIDS, detail__tender__in=sealed)
    return found


def wanted(actor: Actor, form: AuditFilter) -> QuerySet[AuditLine]:
    """The lines of the branch that the form asks for."""
    told, rows = form.cleaned_data, lines_of(actor)
    if told["act"] == REFUSALS:
        rows = rows.filter(Q(act__startswith="refused.") | Q(act__startswith="people.sign_in_") | Q(act__endswith="_refused"))
    elif told["act"]:
        rows = rows.filter(act=told["act"])
    if told["who"]:
        rows = rows.filter(account_id__in=_people(told["who"]))
    if told["where"]:
        places = Organisation.objects.within(actor.scope).filter(name__contains=told["where"])
        rows = rows.filter(organisation_id__in=places.values("pk"))
    return _of_days(_about(rows, told["subject"], told["row"]), told["since"], told["until"])


def _people(typed: str) -> list[int]:
    """Whoever has this name, or the one whose sign-in name, number or phone this is."""
    known = account_named(typed)
    return [known.pk] if known else list(Account.objects.filter(name=typed).values_list("pk", flat=True)[:1000])


def _about(rows: QuerySet[AuditLine], subject: str, row: str) -> QuerySet[AuditLine]:
    if subject:
        rows = rows.filter(subject=subject)
    return naming(rows, _row_id(row)) if row else rows


def _row_id(typed: str) -> int:
    """The key that this is, or that the teacher, organisation or account of this public id has; 0 for nothing."""
    if typed.isascii() and typed.isdigit():
        return min(int(typed), LARGEST)
    places = Organisation.everywhere.filter(public_id=typed).values_list("pk", flat=True)
    people = Account.objects.filter(public_id=typed).values_list("pk", flat=True)
    return teachers.teacher_ids_of([typed]).get(typed) or places.first() or people.first() or 0


def _of_days(rows: QuerySet[AuditLine], since: date | None, until: date | None) -> QuerySet[AuditLine]:
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    return rows.filter(at__lt=_midnight(until + timedelta(days=1))) if until and until < date.max else rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)
