"""The paper form of pages and records: set on first asking, the certificate's kept under its page's digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file, path_of
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation

from .models import CertificatePage
from .queries import eligibility
from .sheets.paper import certificate_sheet, school_list, year_sheet
from .sheets.setting import set_sheet
from .states import PageState

PDF = "application/pdf"
KIND = "certificate"


def render_pdf(page: CertificatePage, *, now: datetime) -> bytes:
    """The page on paper; the first asking sets and keeps it, later ones read what was kept."""
    if page.pdf is not None and (place := path_of(page.pdf)).exists():
        return place.read_bytes()
    made = set_sheet("certificate", certificate_sheet([page]))
    _keep(page, made, now)
    return made


@atomic
def _keep(page: CertificatePage, made: bytes, now: datetime) -> None:
    page.pdf = _stored(page, made, now)
    CertificatePage.everywhere.filter(pk=page.pk).update(pdf=page.pdf)


def _stored(page: CertificatePage, made: bytes, now: datetime) -> StoredFile:
    """The file is named after the digest of the page it shows, never after the person."""
    return keep_file([made], kind=KIND, name=f"{page.digest}.pdf", media_type=PDF, actor=OPERATOR, now=now)


def pages_pdf(pages: Iterable[CertificatePage]) -> bytes:
    """All these pages in one file, a school's for example; refused when there are none."""
    rows = [page for page in pages if page.state == PageState.VALID]
    if not rows:
        raise Refused("nothing_to_print")
    return set_sheet("certificate", certificate_sheet(rows))


def year_sheet_pdf(teacher_ids: Sequence[int], training_year_id: int, day: date) -> bytes:
    """The record sheets of these teachers for the appraisal form, in the given order; refused when there are none."""
    if not teacher_ids:
        raise Refused("nothing_to_print")
    rows = CertificatePage.everywhere.filter(
        certificate__teacher_id__among=teacher_ids, training_year_id=training_year_id, state=PageState.VALID
    ).select_related("certificate")
    pages = {row.certificate.teacher_id: row for row in rows}
    records = [determination_room.record_of(pk, training_year_id, day) for pk in teacher_ids]
    return set_sheet("year", year_sheet(records, pages, day))


def school_list_pdf(school: Organisation, training_year: policies.TrainingYear, day: date) -> bytes:
    """The school's list of the year's cycle for title review: every teacher in post, by name."""
    people = list(teachers.teachers_in_post(school.scope).order_by("name_pinyin", "pk"))
    if not people:
        raise Refused("nothing_to_print")
    held = eligibility([one.pk for one in people], training_year.cycle_first)
    cycle = (training_year.cycle_first, training_year.cycle_last)
    return set_sheet("school", school_list(school.name, cycle, people, held, day))
