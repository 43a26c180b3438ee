"""Reading certificates and their pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet
from xingtan.foundation.scope.models import Organisation

from .models import Certificate, CertificatePage
from .rules import typed
from .states import PageState

SHOWN = ("certificate__teacher", "certificate__school", "training_year")


class YearPage(NamedTuple):
    """A year of a certificate's cycle with its newest page, or None."""

    year: int
    page: CertificatePage | None


def pages_in(scope: Scope, *, q: str = "", year: int | None = None, state: str = "", school: str = "") -> ScopedQuerySet[CertificatePage]:
    """The branch's pages, filtered by number, code or name, year, state and school, with teacher, school and year."""
    found = CertificatePage.objects.within(scope).select_related(*SHOWN)
    if text := " ".join(q.split()):
        found = found.filter(_named(text))
    if year is not None:
        found = found.filter(training_year__year=year)
    if state in {one.value for one in PageState}:
        found = found.filter(state=state)
    if school:
        found = found.filter(certificate__school__public_id=school)
    return found


def _named(text: str) -> Q:
    asked = typed(text)
    if asked.number:
        return Q(certificate__number=asked.number)
    if asked.code:
        return Q(check_code=asked.code) | Q(certificate__teacher__name_pinyin__startswith=text.lower())
    plain = text.lower().replace(" ", "")
    if plain.startswith("xt-"):
        return Q(certificate__number__startswith=plain.upper())
    where = Q(certificate__teacher__name__contains=text)
    if plain.isascii() and plain.isalpha():
        where |= Q(certificate__teacher__name_pinyin__startswith=plain) | Q(certificate__teacher__name_initials__startswith=plain)
    return where


def page_in(scope: Scope, public_id: str) -> CertificatePage:
    """The page with this public id inside the branch; `NotInScope` where there is none."""
    rows = CertificatePage.objects.within(scope).select_related(*SHOWN, "run", "pdf", "ended_in", "determination")
    page: CertificatePage | None = rows.filter(public_id=public_id).first()
    if page is None:
        raise NotInScope
    return page


def pages_of(certificate_id: int) -> list[CertificatePage]:
    """All pages of a certificate, year by year, the newest version of a year first."""
    rows = CertificatePage.everywhere.filter(certificate_id=certificate_id).select_related("training_year", "run", "ended_in")
    return list(rows.order_by("training_year__year", "-version"))


def own_certificates(teacher_id: int) -> list[tuple[Certificate, list[YearPage]]]:
    """The teacher's certificates, the newest cycle first, of each cycle the one that holds before joined ones, with the years of the cycle."""
    found = Certificate.everywhere.filter(teacher_id__among=teachers.whose([teacher_id])).select_related("joined_into")
    rows = sorted(found, key=lambda one: (-one.cycle_first, one.joined_into_id is not None, one.pk))
    return [(row, years_of(row, pages_of(row.pk))) for row in rows]


def own_page(teacher_id: int, public_id: str) -> CertificatePage:
    """The teacher's own page with this public id; `NotInScope` where there is none."""
    rows = CertificatePage.everywhere.filter(certificate__teacher_id__among=teachers.whose([teacher_id]), public_id=public_id)
    page: CertificatePage | None = rows.select_related(*SHOWN, "pdf").first()
    if page is None:
        raise NotInScope
    return page


def years_of(certificate: Certificate, pages: Sequence[CertificatePage]) -> list[YearPage]:
    """Every year of the cycle with the newest of these pages."""
    newest = newest_by_year(pages)
    return [YearPage(year, newest.get(year)) for year in range(certificate.cycle_first, certificate.cycle_last + 1)]


def newest_by_year(pages: Sequence[CertificatePage]) -> dict[int, CertificatePage]:
    """Of each year the page with the highest version."""
    found: dict[int, CertificatePage] = {}
    for page in pages:
        held = found.get(page.training_year.year)
        if held is None or held.version < page.version:
            found[page.training_year.year] = page
    return found


def valid_pages(scope: Scope, training_year_id: int) -> ScopedQuerySet[CertificatePage]:
    """The branch's pages of the year that hold, in the order of school and name."""
    rows = CertificatePage.objects.within(scope).filter(training_year_id=training_year_id, state=PageState.VALID)
    return rows.select_related(*SHOWN, "pdf").order_by("certificate__school__path", "certificate__teacher__name_pinyin", "pk")


def schools_with_pages(scope: Scope) -> ScopedQuerySet[Organisation]:
    """The branch's schools that have certificates, in the tree's order."""
    rows = Certificate.objects.within(scope).values("school_id")
    return Organisation.objects.within(scope).filter(pk__in=rows).order_by("path")


def eligibility(teacher_ids: Sequence[int], cycle_first: int) -> dict[int, dict[int, dict[str, Any]]]:
    """For the school list of title review: per teacher and year of the cycle the hours, verdict, number and day of the page that holds."""
    persons = teachers.whose(teacher_ids)
    rows = CertificatePage.everywhere.filter(
        certificate__teacher_id__among=persons, certificate__cycle_first=cycle_first, state=PageState.VALID
    )
    fields = ("certificate__teacher_id", "training_year__year", "certificate__number", "frozen__recognised", "frozen__verdict", "issued_at")
    found: dict[int, dict[int, dict[str, Any]]] = {pk: {} for pk in teacher_ids}
    for teacher_id, year, number, recognised, verdict, issued_at in rows.values_list(*fields):
        found[persons[teacher_id]][year] = {"number": number, "recognised": recognised, "verdict": verdict, "issued_at": issued_at}
    return found


def numbers_of(teacher_ids: Sequence[int], day: date) -> dict[int, str]:
    """The number of the certificate of the cycle that this day lies in, or of the latest one before; absent without one."""
    persons = teachers.whose(teacher_ids)
    rows = Certificate.everywhere.filter(teacher_id__among=persons, cycle_first__lte=day.year, joined_into=None).order_by("cycle_first")
    found = sorted(rows.values_list("teacher_id", "number"), key=lambda row: row[0] == persons[row[0]])
    return {persons[teacher_id]: number for teacher_id, number in found}


def page_by_number_or_code(text: str) -> tuple[Certificate, CertificatePage | None] | None:
    """The certificate that the number names, or the certificate and page that the code names; None for nothing known."""
    asked = typed(text)
    if asked.number:
        certificate = Certificate.everywhere.filter(number=asked.number).select_related("school", "joined_into").first()
        return (certificate, None) if certificate else None
    page = (
        CertificatePage.everywhere.filter(check_code=asked.code).select_related("certificate__school", "certificate__joined_into").first()
        if asked.code
        else None
    )
    return (page.certificate, page) if page else None
