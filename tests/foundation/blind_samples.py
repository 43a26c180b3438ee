"""Real documents with everything that tells whose they are: made by typst, pypdf, XlsxWriter and PyAV, and as Word writes them."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
import typst
import xlsxwriter
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import NameObject, StreamObject

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>{}</rdf:Description></rdf:RDF></x:xmpmeta>'


@lru_cache(maxsize=4)
def jpeg(author: str) -> bytes:
    """A picture with EXIF, XMP and a comment that name the author, and a thumbnail behind its end."""
    raw = io.BytesIO()
    with av.open(raw, "w", format="mjpeg") as out:
        stream = out.add_stream("mjpeg", rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 128, dtype=np.uint8), format="rgb24")
        for packet in [*stream.encode(frame), *stream.encode()]:
            out.mux(packet)
    plain = raw.getvalue()
    said = author.encode()

    def segment(kind: int, body: bytes) -> bytes:
        return bytes([0xFF, kind]) + (len(body) + 2).to_bytes(2) + body

    exif = b"Exif\0\0MM\0*\0\0\0\x08" + said
    return (
        plain[:2] + segment(0xE1, exif) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + said) + segment(0xFE, said) + plain[2:] + said
    )


def png(author: str) -> bytes:
    """A one-pixel picture with texts and EXIF."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)

    said = author.encode()
    header = (1).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    parts = [(b"IHDR", header), (b"tEXt", b"Author\0" + said), (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + said), (b"eXIf", b"MM\0*" + said)]
    parts += [(b"tIME", b"\x07\xe9\1\1\0\0\0"), (b"IDAT", zlib.compress(b"\0\xff\0\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in parts) + said


def pdf(author: str, text: str, *, with_picture: bool = False) -> bytes:
    """A page with document information, XMP, a note's author, an attached file, and perhaps a picture with EXIF."""
    main = f'#set document(title: "{author}", author: "{author}")\n{text}\n'
    with tempfile.TemporaryDirectory() as folder:
        if with_picture:
            main += '#image("logo.jpg", width: 20pt)\n'
            (Path(folder) / "logo.jpg").write_bytes(jpeg(author))
        (Path(folder) / "main.typ").write_text(main, encoding="utf-8")
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typst.compile(str(Path(folder) / "main.typ")))))
    writer.add_metadata({"/Author": author, "/Company": author, "/Producer": f"{author} Office"})
    xmp = StreamObject()
    xmp.set_data(XMP.format(author).encode())
    xmp.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    writer._root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    note = Text(rect=(10, 10, 30, 30), text="see", title_bar=author)
    writer.add_annotation(0, note)
    writer.add_attachment("cv.txt", author.encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(author: str, text: str, *, with_picture: bool = False) -> bytes:
    """A Word document with properties, custom properties, a comment, a tracked change, people, a template on somebody's disk."""
    parts = {
        "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>',
        "_rels/.rels": HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>',
        "docProps/core.xml": HEAD + f'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy></cp:coreProperties>',
        "docProps/app.xml": HEAD + f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>{author}</Company></Properties>',
        "word/document.xml": HEAD + f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text[:1]}</w:t></w:r><w:r><w:t>{text[1:]}</w:t></w:r></w:p><w:p><w:ins w:id="1" w:author="{author}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>增补</w:t></w:r></w:ins></w:p></w:body></w:document>',
        "word/comments.xml": HEAD + f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{author}" w:initials="{author[:2]}"><w:p/></w:comment></w:comments>',
        "word/people.xml": HEAD + f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{author}"/></w15:people>',
        "word/settings.xml": HEAD + f'<w:settings xmlns:w="{W}" xmlns:r="{OFFICE}"><w:attachedTemplate r:id="rId1"/></w:settings>',
        "word/_rels/document.xml.rels": HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/comments" Target="comments.xml"/><Relationship Id="rId2" Type="http://schemas.microsoft.com/office/2011/relationships/people" Target="people.xml"/></Relationships>',
        "word/_rels/settings.xml.rels": HEAD + f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" Target="file:///C:/Users/{author}/Normal.dotm" TargetMode="External"/></Relationships>',
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.comment = author.encode()
        for name, content in parts.items():
            book.writestr(name, content)
        if with_picture:
            book.writestr("word/media/image1.jpeg", jpeg(author))
    return out.getvalue()


def xlsx(author: str, text: str) -> bytes:
    """A workbook with properties, a custom property and a comment by the author."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": author, "company": author, "manager": author})
    book.set_custom_property("owner", author)
    sheet = book.add_worksheet()
    sheet.write(0, 0, text)
    sheet.write_comment(0, 0, "see", {"author": author})
    book.close()
    return out.getvalue()


def pptx(author: str, text: str) -> bytes:
    """Slides with properties and comment authors."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(
            "[Content_Types].xml",
            HEAD
            + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/ppt/commentAuthors.xml" ContentType="x"/></Types>',
        )
        book.writestr("docProps/core.xml", f"<p>{author}</p>")
        book.writestr("ppt/slides/slide1.xml", f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>{text}</a:t></a:p></p:sld>')
        book.writestr("ppt/commentAuthors.xml", f'<p:cmAuthorLst xmlns:p="p"><p:cmAuthor name="{author}" initials="x"/></p:cmAuthorLst>')
        book.writestr(
            "ppt/_rels/presentation.xml.rels",
            '<Relationships xmlns="r"><Relationship Id="rId1" Target="commentAuthors.xml"/><Relationship Id="rId2" Target="slides/slide1.xml"/></Relationships>',
        )
    return out.getvalue()
