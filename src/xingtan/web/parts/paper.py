"""A sheet as an answer; a list that leaves the house says on every page whose export it is."""

from __future__ import annotations

import io
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

from xingtan.domains.certificates import api as certificates
from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.scope.models import Organisation
from xingtan.web.disclosing import RECORDED
from xingtan.web.words import role_word

from .export import mark_of_request


def pdf_response(name: str, content: bytes) -> HttpResponse:
    """The PDF as it was issued, shown by the browser and saved under this name; kept by nobody on the way."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}.pdf"
    response["Cache-Control"] = "private, no-store"
    return response


def list_response(name: str, content: bytes) -> HttpResponse:
    """A list about people: every page carries who took it, when, and the export's number, under which it is on record."""
    mark = mark_of_request()
    if mark is None:
        return pdf_response(name, content)
    stamped = _stamped(content, mark)
    sha256, size = disclosures.digest_of(io.BytesIO(stamped))
    disclosures.record_export(mark, name=f"{name}.pdf", rows=None, size=size, sha256=sha256)
    response = pdf_response(name, stamped)
    response[RECORDED] = mark.text  # read by the middleware, and not sent
    return response


def mark_words(mark: disclosures.Mark) -> str:
    """What a page or a sheet says at its foot: number, who in which role and office, when."""
    office = Organisation.everywhere.filter(pk=mark.actor.organisation_id or 0).first()
    at = timezone.localtime(mark.at).strftime("%Y-%m-%d %H:%M")
    who = f"{mark.actor.name} ({role_word(mark.actor.role)}{f', {office}' if office else ''})"
    return _("Export %(number)s · %(who)s · %(at)s") % {"number": mark.text, "who": who, "at": at}


def _stamped(content: bytes, mark: disclosures.Mark) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    sizes = sorted({(float(page.mediabox.width), float(page.mediabox.height)) for page in writer.pages})
    feet = PdfReader(io.BytesIO(certificates.set_sheet("mark", {"sizes": sizes, "mark": mark_words(mark)}))).pages
    for page in writer.pages:
        place = sizes.index((float(page.mediabox.width), float(page.mediabox.height)))
        page.merge_page(feet[place])
    # A found file is known by it, also when somebody saved it anew; as a name it stands there letter by letter.
    writer.root_object[NameObject("/XingtanExport")] = NameObject(f"/{mark.text}")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
