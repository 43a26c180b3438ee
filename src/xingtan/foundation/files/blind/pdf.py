"""PDF files without document information, XMP, authors of notes, attached files, scripts and the metadata of their pictures."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject

from .cleaned import CannotBlind, Cleaned
from .pictures import jpeg_cleaned

ROOT_GONE = ("/Metadata", "/PieceInfo", "/AcroForm", "/OpenAction", "/AA", "/URI", "/Threads", "/Collection", "/AF", "/Perms", "/DSS")
ANY_GONE = ("/Metadata", "/PieceInfo", "/LastModified", "/AF")
NAMES_GONE = ("/EmbeddedFiles", "/JavaScript")
NOTE_GONE = ("/T", "/Subj", "/M", "/CreationDate", "/NM", "/RC")


def _objects(writer: PdfWriter) -> list[PdfObject]:
    return [one for one in (getattr(found, "get_object", lambda: None)() for found in writer._objects) if one is not None]  # noqa: SLF001 -- every object, also those that no page names


def _without(found: DictionaryObject, names: tuple[str, ...], code: str, removed: list[str]) -> None:
    removed.extend(code for name in names if found.pop(NameObject(name), None) is not None)


def _clean_object(found: PdfObject, removed: list[str]) -> bool:
    """The object says no more who made it; True for a picture."""
    if not isinstance(found, DictionaryObject):
        return False
    if found.get("/Type") == "/EmbeddedFile" and isinstance(found, StreamObject):
        found.set_data(b"")
        removed.append("attached")
    _without(found, ANY_GONE, "xmp", removed)
    if found.get("/Type") == "/Annot" or ("/Subtype" in found and "/Rect" in found):
        _without(found, NOTE_GONE, "authors", removed)
    if found.get("/Subtype") != "/Image" or not isinstance(found, StreamObject):
        return False
    kinds = found.get("/Filter")
    if kinds == "/DCTDecode" or (isinstance(kinds, ArrayObject) and list(kinds) == ["/DCTDecode"]):
        found._data, more = jpeg_cleaned(found._data)  # noqa: SLF001 -- the picture as it is stored, not as it is decoded
        removed.extend(more)
    return True


def _clean_root(writer: PdfWriter, removed: list[str]) -> None:
    root = writer._root_object  # noqa: SLF001 -- the catalogue itself
    _without(root, ROOT_GONE, "properties", removed)
    names = root.get("/Names")
    if names is not None and isinstance(names := names.get_object(), DictionaryObject):
        _without(names, NAMES_GONE, "attached", removed)


def _written(writer: PdfWriter) -> bytes:
    """The document without information on its maker; cloned once more, only what its pages reach is left."""
    writer.metadata = None
    place = io.BytesIO()
    writer.write(place)
    return place.getvalue()


def pdf_cleaned(raw: bytes) -> Cleaned:
    """The pages and nothing that says whose they are, written anew; refused when it is locked or broken."""
    removed: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise CannotBlind("blind_locked")
        if reader.metadata:
            removed.append("properties")
        writer = PdfWriter(clone_from=reader)
        _clean_root(writer, removed)
        pictures = [_clean_object(one, removed) for one in _objects(writer)]
        content = _written(PdfWriter(clone_from=PdfReader(io.BytesIO(_written(writer)))))
        text = "\n".join(page.extract_text() or "" for page in reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        raise CannotBlind("blind_broken") from wrong
    return Cleaned(content, tuple(removed), text, any(pictures))
