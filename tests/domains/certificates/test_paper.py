"""Paper: what the sheets say, in embedded fonts, once, and without the typesetter in the process that serves pages."""

from __future__ import annotations

import io
import subprocess
import sys
import unicodedata

import pytest
from pypdf import PdfReader

from tests import certifying, enrolling
from tests.certifying import NOW, NUMBER
from xingtan.domains.certificates import api as certificates
from xingtan.domains.certificates.sheets import paper, setting
from xingtan.domains.certificates.sheets.glyphs import covered, missing
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.refusal import Refused

DAY = NOW.date()
UNKNOWN = "\U0003fff0"  # in no font, and in no Unicode yet


@pytest.fixture
def page(cast):
    [made] = certifying.issued(cast)
    return made


def read(made):
    return PdfReader(io.BytesIO(made))


def words(made, number=0):
    """A page's text; NFKC, for a font may write a character by a compatible one."""
    return unicodedata.normalize("NFKC", read(made).pages[number].extract_text())


def fonts(made):
    found = {}
    for page in read(made).pages:
        for font in page["/Resources"]["/Font"].values():
            [inner] = font.get_object()["/DescendantFonts"]
            found[str(font.get_object()["/BaseFont"])] = inner.get_object()["/FontDescriptor"].get_object()
    return found


def test_a_page_says_name_number_hours_and_verdict(page):
    made = certificates.render_pdf(page, now=NOW)
    text = words(made)
    for said in ("林知微", page.certificate.number, page.check_code, "青禾实验小学", "小学语文", "72.0", "50.0", "22.0", "2026 学年登记"):
        assert said in text, said
    assert NUMBER not in text
    assert len(read(made).pages) == 1


def test_every_font_is_inside_and_is_the_houses_own(page):
    found = fonts(certificates.render_pdf(page, now=NOW))
    assert found
    assert all("Noto" in name for name in found)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in found.values())


def test_a_page_is_set_once_and_kept_under_its_digest(page):
    first = certificates.render_pdf(page, now=NOW)
    page.refresh_from_db()
    assert StoredFile.everywhere.get(pk=page.pdf_id).name == f"{page.digest}.pdf"
    assert certificates.render_pdf(page, now=NOW) == first
    assert StoredFile.everywhere.filter(kind="certificate").count() == 1


def test_the_same_page_gives_the_same_bytes(page):
    sheet = paper.certificate_sheet([page])
    assert setting.set_sheet("certificate", sheet) == setting.set_sheet("certificate", sheet)


def test_the_code_leads_to_the_public_check(page, settings):
    settings.PUBLIC_URL = "https://xingtan.example"
    assert setting.check_address(page.check_code) == f"https://xingtan.example/check/{page.check_code}/"
    [sheet] = paper.certificate_sheet([page])["pages"]
    assert sheet["qr"] == setting.qr_svg(setting.check_address(page.check_code))
    assert sheet["qr"] != setting.qr_svg(setting.check_address("2222-2222"))


def test_a_school_in_one_file_has_a_page_for_each(cast, page):
    made = certificates.pages_pdf([page, page, page])
    assert len(read(made).pages) == 3


def test_nothing_to_print_is_refused(cast, page):
    with pytest.raises(Refused) as refused:
        certificates.pages_pdf([])
    assert refused.value.code == "nothing_to_print"
    certificates.revoke(actor=cast.zhou, page_id=page.pk, reason="fraud", now=NOW)
    page.refresh_from_db()
    with pytest.raises(Refused):
        certificates.pages_pdf([page])


def test_a_character_that_no_font_has_is_named(page):
    page.frozen["name"] = f"林{UNKNOWN}"
    sheet = paper.certificate_sheet([page])
    with pytest.raises(Refused) as refused:
        setting.set_sheet("certificate", sheet)
    assert refused.value.code == "glyphs_missing"
    assert "U+3FFF0" in refused.value.params["characters"]


def test_fonts_say_what_they_have():
    serif = setting.FONTS / "NotoSerifSC_700Bold.ttf"
    assert missing("林知微 7K4M—（）①", [serif]) == ""
    assert covered(serif) == sorted(covered(serif))
    assert missing(f"林{UNKNOWN}", [serif]) == UNKNOWN


def test_the_record_sheet_says_the_chain_and_leaves_room_for_the_seal(cast, page):
    made = certificates.year_sheet_pdf([cast.lin_teacher.pk], cast.year.pk, DAY)
    text = words(made)
    for said in ("林知微", "验印", page.certificate.number, page.check_code, "72.0", "青禾实验小学"):
        assert said in text, said


def test_the_record_sheets_of_a_school_follow_each_other(cast, page):
    other = enrolling.teachers(cast.school, 1)[0]
    other.number_closed = cast.lin_teacher.number_closed
    other.save(update_fields=["number_closed"])
    made = certificates.year_sheet_pdf([cast.lin_teacher.pk, other.pk], cast.year.pk, DAY)
    assert len(read(made).pages) == 2
    assert "林知微" in words(made, 0)
    assert other.name in words(made, 1)


def test_the_list_for_title_review_names_everyone(cast, page):
    made = certificates.school_list_pdf(cast.school, cast.year, DAY)
    text = words(made)
    assert "林知微" in text
    assert page.certificate.number in text


def test_the_typesetter_is_not_loaded_by_the_process_that_serves_pages():
    seen = "import sys, django; django.setup(); import xingtan.config.urls; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0
