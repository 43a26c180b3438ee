"""Copies without names: what a document says of its maker is gone from every byte, packed or not; what its text says is found."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
import zlib

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from python_calamine import CalamineWorkbook

from tests.foundation import blind_samples as samples
from xingtan.foundation.files.blind import CannotBlind, blinded, masked, names_in

AUTHOR = "Mingde-Tenderer"
MADE = {
    "pdf": lambda: samples.pdf(AUTHOR, "Plan"),
    "pdf with a picture": lambda: samples.pdf(AUTHOR, "Plan", with_picture=True),
    "docx": lambda: samples.docx(AUTHOR, "Plan"),
    "docx with a picture": lambda: samples.docx(AUTHOR, "Plan", with_picture=True),
    "xlsx": lambda: samples.xlsx(AUTHOR, "Plan"),
    "pptx": lambda: samples.pptx(AUTHOR, "Plan"),
    "png": lambda: samples.png(AUTHOR),
    "jpeg": lambda: samples.jpeg(AUTHOR),
}


def every_byte(raw: bytes) -> bytes:
    """The file as it lies, and everything in it unpacked: parts of a container, streams of a PDF."""
    told = [raw]
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            told += [book.comment, *(book.read(name) for name in book.namelist())]
    if raw.startswith(b"%PDF"):
        for found in re.finditer(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
            try:
                told.append(zlib.decompress(found.group(1)))
            except zlib.error:
                told.append(found.group(1))
        told.append(str([one.get_object() for one in PdfWriter(clone_from=io.BytesIO(raw))._objects]).encode())
    return b"\n".join(told)


def says(raw: bytes, name: str) -> bool:
    inside = every_byte(raw)
    return any(name.encode(code) in inside for code in ("utf-8", "utf-16-be", "utf-16-le"))


@pytest.mark.parametrize("kind", sorted(MADE))
def test_nothing_of_the_maker_is_left_in_the_copy(kind):
    raw = MADE[kind]()
    assert says(raw, AUTHOR), "the sample names its maker, or the test shows nothing"
    done = blinded(raw, [AUTHOR])
    assert not says(done.content, AUTHOR)
    assert done.removed
    assert done.found == ()


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "pptx"])
def test_what_was_written_is_still_there_and_names_in_the_text_are_found(kind):
    raw = getattr(samples, kind)("Somebody", "Mingde Plan")
    done = blinded(raw, ["mingde", "Ganpo"])
    assert done.found == ("mingde",)
    again = blinded(done.content, ["mingde"])
    assert again.found == ("mingde",)
    assert set(again.removed) <= {"properties"}


def test_copies_still_open_in_other_programs():
    pdf = PdfReader(io.BytesIO(blinded(samples.pdf(AUTHOR, "Plan of ours", with_picture=True), []).content))
    assert "Plan of ours" in pdf.pages[0].extract_text()
    assert not pdf.metadata
    assert pdf.xmp_metadata is None
    assert len(pdf.pages[0].images) == 1
    book = CalamineWorkbook.from_filelike(io.BytesIO(blinded(samples.xlsx(AUTHOR, "Plan"), []).content))
    assert book.get_sheet_by_index(0).to_python() == [["Plan"]]
    for picture, kind in ((samples.jpeg(AUTHOR), "jpeg_pipe"), (samples.png(AUTHOR), "png_pipe")):
        with av.open(io.BytesIO(blinded(picture, []).content), format=kind) as film:
            assert next(film.decode(video=0)).width in (64, 1)


def test_pictures_ask_for_a_look():
    assert blinded(samples.docx(AUTHOR, "x", with_picture=True), []).has_pictures
    assert blinded(samples.pdf(AUTHOR, "x", with_picture=True), []).has_pictures
    assert not blinded(samples.docx(AUTHOR, "x"), []).has_pictures


def locked_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(samples.pdf("a", "x"))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_part(name):
    out = io.BytesIO(samples.docx("a", "x"))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(name, b"MZ")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"MZ not a document", "blind_kind"),
        (b"\xd0\xcf\x11\xe0 old Word", "blind_kind"),
        (b"%PDF-1.7 nothing follows", "blind_broken"),
        (b"PK\x03\x04 nothing follows", "blind_broken"),
        (b"\x89PNG\r\n\x1a\n", "blind_broken"),
        (b"\xff\xd8\xff\xe0", "blind_broken"),
        (locked_pdf(), "blind_locked"),
        (with_part("word/vbaProject.bin"), "blind_embedded"),
        (with_part("word/embeddings/oleObject1.bin"), "blind_embedded"),
    ],
)
def test_what_cannot_be_anonymised_is_refused(raw, code):
    with pytest.raises(CannotBlind) as why:
        blinded(raw, [])
    assert why.value.code == code


@given(st.text("明德教师 abAB", min_size=2, max_size=8).filter(lambda name: len(name.strip()) > 1), st.text("的方案xyz ", max_size=10))
def test_a_name_is_found_and_blanked_out_however_it_is_spaced(name, around):
    text = f"{around}{' '.join(name)}{around}"
    assert names_in(text, [name]) == (name,)
    assert name.strip().replace(" ", "") not in masked(text, [name]).replace(" ", "") or not name.strip()


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"PK\x03\x04", b""]))
def test_rubbish_is_refused_and_never_breaks_the_program(rubbish, head):
    with contextlib.suppress(CannotBlind):
        blinded(head + rubbish, ["x"])
