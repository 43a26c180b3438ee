"""A name that is written otherwise than in plain letters is found all the same, and no document calls home when it is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.foundation import blind_samples as samples
from xingtan.foundation.files.blind import CannotBlind, blinded

NAME = "明德教师研修中心"
BODY = '<w:document xmlns:w="w"><w:body><w:p><w:r>{}</w:r></w:p></w:body></w:document>'
LINK = '<Relationships xmlns="r"><Relationship Id="rId9" Type="{}/{}" Target="{}" TargetMode="External"/></Relationships>'


def document(**parts):
    """A Word document with these parts instead of its own; __ stands for / in their names."""
    fresh = {name.replace("__", "/"): content for name, content in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(samples.docx("a", "x"))) as old, zipfile.ZipFile(out, "w") as book:
        for name in {*old.namelist(), *fresh}:
            book.writestr(name, fresh[name] if name in fresh else old.read(name))
    return out.getvalue()


def with_body(content, code="utf-8"):
    return document(**{"word__document.xml": content.encode(code)})


@pytest.mark.parametrize(
    "inside",
    [
        "<w:t>{}</w:t>".format("".join(f"&#{ord(letter)};" for letter in NAME)),
        "<w:t>{}</w:t>".format("".join(f"&#x{ord(letter):x};" for letter in NAME)),
        f"<w:t><![CDATA[{NAME}]]></w:t>",
        f"<w:t>{NAME[:3]}<!-- a > b -->{NAME[3:]}</w:t>",
        f'<w:drawing><wp:docPr descr="{NAME}"/></w:drawing>',
        f"<w:drawing><wp:docPr title='{NAME}'/></w:drawing>",
    ],
    ids=["numbers", "hexadecimal", "cdata", "a comment between", "alternative text", "single quotes"],
)
def test_a_name_is_found_however_it_is_written(inside):
    assert blinded(with_body(BODY.format(inside)), [NAME]).found == (NAME,)
    assert blinded(with_body(BODY.format(inside)), ["赣鄱师训网"]).found == ()


def test_the_name_of_a_sheet_is_found():
    raw = document(**{"xl__workbook.xml": f'<workbook><sheets><sheet name="{NAME}" sheetId="1"/></sheets></workbook>'})
    assert blinded(raw, [NAME]).found == (NAME,)


@pytest.mark.parametrize("code", ["utf-16", "gb18030"])
def test_other_letters_than_utf8_are_refused(code):
    text = f'<?xml version="1.0" encoding="{code}"?>' + BODY.format(f"<w:t>{NAME}</w:t>")
    with pytest.raises(CannotBlind) as why:
        blinded(with_body(text, code), [NAME])
    assert why.value.code == "blind_broken"


@pytest.mark.parametrize("kind", ["image", "oleObject", "frame"])
def test_what_is_fetched_from_elsewhere_is_refused(kind):
    raw = document(**{"word___rels__document.xml.rels": LINK.format(samples.OFFICE, kind, "https://bidder.example/pixel.png")})
    with pytest.raises(CannotBlind) as why:
        blinded(raw, [])
    assert why.value.code == "blind_embedded"


def test_a_link_to_click_on_stays_and_a_template_from_elsewhere_goes():
    place = "word___rels__document.xml.rels"
    assert b"bidder.example" in parts(blinded(document(**{place: LINK.format(samples.OFFICE, "hyperlink", "https://bidder.example/")}), []))
    gone = document(**{"word___rels__settings.xml.rels": LINK.format(samples.OFFICE, "attachedTemplate", "https://bidder.example/x.dotm")})
    assert b"bidder.example" not in parts(blinded(gone, []))


def parts(done):
    with zipfile.ZipFile(io.BytesIO(done.content)) as book:
        return b"".join(book.read(name) for name in book.namelist())
