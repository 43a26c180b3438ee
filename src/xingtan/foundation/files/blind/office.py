"""Word, Excel and PowerPoint files (OOXML) without properties, authors of comments and changes, paths and thumbnails."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator

from .cleaned import CannotBlind, Cleaned
from .pictures import jpeg_cleaned, png_cleaned

LARGEST = 200 << 20
NEVER = re.compile(r"(^|/)(vbaProject\.bin|embeddings/|activeX/|oleObject)", re.IGNORECASE)
GONE = re.compile(
    r"^(docProps/|customXml/|word/people\.xml|ppt/commentAuthors\.xml|ppt/authors\.xml|xl/persons/)|printerSettings|thumbnail",
    re.IGNORECASE,
)
TEXT_PARTS = re.compile(r"^(word|xl|ppt)/.*\.xml$")
# Attributes and elements that name a person or a computer, in the parts that hold content.
NAMING = re.compile(rb'\b((?:w|w15|w16\w*|p|p15|x|xr):)?(author|initials|userName|lastModifiedBy|displayName|userId|providerId)="[^"]*"')
AUTHORS = re.compile(rb"<author>[^<]*</author>")
PATHS = re.compile(rb"<(?:\w+:)?absPath\b[^>]*/>|<fileSharing\b[^>]*/>|<w:docVars>.*?</w:docVars>|<w:attachedTemplate\b[^>]*/>", re.DOTALL)
TARGET = re.compile(rb'<Relationship\b[^>]*?\bTarget="([^"]*)"[^>]*?/>')
OVERRIDE = re.compile(rb'<Override\b[^>]*?\bPartName="([^"]*)"[^>]*?/>')
TAGS = re.compile(rb"<[^>]+>")
ASIDES = re.compile(rb"<!--.*?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
VALUES = re.compile(rb"=\s*(?:\"([^\"]*)\"|'([^']*)')")
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
OTHER_LETTERS = re.compile(rb"^\s*<\?xml[^>]*\bencoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
BREAKS = re.compile(rb"</(?:w:p|a:p|si|row)>")
BEGINNING = (1980, 1, 1, 0, 0, 0)


def _parts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            if sum(one.file_size for one in book.infolist()) > LARGEST:
                raise CannotBlind("blind_too_large")
            for one in book.infolist():
                if not one.is_dir():
                    yield one.filename, book.read(one)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as wrong:
        raise CannotBlind("blind_broken") from wrong


def _is_gone(base: str, target: str) -> bool:
    place = target.lstrip("/") if target.startswith("/") else f"{base}{target}"
    return bool(GONE.search(place) or GONE.search(target.lstrip("./")))


def _links(name: str, content: bytes, removed: list[str]) -> bytes:
    """Relationships without those that lead to a part that is gone, or to a file on somebody's computer."""
    base = name.partition("_rels/")[0]

    def kept(found: re.Match[bytes]) -> bytes:
        target = found.group(1).decode(errors="replace")
        if _is_gone(base, target):
            return b""
        if target.startswith("file:") or b"/attachedTemplate" in found.group(0):
            removed.append("local_path")
            return b""
        return found.group(0)

    content = TARGET.sub(kept, content)
    # Whatever is fetched from elsewhere when the document opens tells its owner who reads it, and when.
    if any(OUTSIDE.search(tag) and b"/hyperlink" not in tag for tag in TAGS.findall(content)):
        raise CannotBlind("blind_embedded")
    return content


def _picture(name: str, content: bytes, removed: list[str]) -> bytes:
    clean = png_cleaned if content.startswith(b"\x89PNG") else jpeg_cleaned if content.startswith(b"\xff\xd8\xff") else None
    if clean is None:
        return content
    content, more = clean(content)
    removed.extend(more)
    return content


def _is_plain(content: bytes) -> bool:
    """True for XML in UTF-8 without a document type: what is looked for in it is found."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"<!DOCTYPE" not in content and b"\0" not in content and not OTHER_LETTERS.match(content)


def _said(content: bytes) -> str:
    """What a reader or a program reads in the part: its text, and attributes in other letters than ASCII, such as the names of sheets."""
    content = ASIDES.sub(b"", content)
    values = (value for tag in TAGS.findall(content) for pair in VALUES.findall(tag) for value in pair)
    told = b"\n".join(value for value in values if not value.isascii() or b"&#" in value)
    return html.unescape(TAGS.sub(b"", BREAKS.sub(b"\n", content)).decode() + "\n" + told.decode())


def _part(name: str, content: bytes, removed: list[str]) -> bytes:
    if name.endswith((".xml", ".rels")) and not _is_plain(content):
        raise CannotBlind("blind_broken")
    if name == "[Content_Types].xml":
        return OVERRIDE.sub(lambda found: b"" if GONE.search(found.group(1).decode().lstrip("/")) else found.group(0), content)
    if name.endswith(".rels"):
        return _links(name, content, removed)
    if "/media/" in name:
        return _picture(name, content, removed)
    if not TEXT_PARTS.match(name):
        return content
    cleaned = PATHS.sub(b"", AUTHORS.sub(b"<author></author>", NAMING.sub(rb'\1\2=""', content)))
    if cleaned != content:
        removed.append("authors")
    return cleaned


def office_cleaned(raw: bytes) -> Cleaned:
    """The document with its content, in a fresh container without times; refused when it holds programs or other files."""
    parts, removed, texts, has_pictures = [], list[str](), [], False
    for name, content in _parts(raw):
        if NEVER.search(name):
            raise CannotBlind("blind_embedded")
        if GONE.search(name):
            removed.append("properties")
            continue
        has_pictures |= "/media/" in name
        parts.append((name, _part(name, content, removed)))
        if TEXT_PARTS.match(name):
            texts.append(_said(parts[-1][1]))
    if "[Content_Types].xml" not in {name for name, _content in parts}:
        raise CannotBlind("blind_broken")
    return Cleaned(_packed(parts), tuple(removed), "\n".join(texts), has_pictures)


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            book.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return place.getvalue()
