"""PNG and JPEG without what cameras and programs write beside the picture: EXIF, XMP, IPTC, comments, times, profiles."""

from __future__ import annotations

from .cleaned import CannotBlind

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"})
JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
ADOBE, SCAN, END = 0xEE, 0xDA, 0xD9
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def png_cleaned(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The picture's own pieces and nothing else; what follows its end is cut off."""
    kept, removed, at = [PNG_HEAD], list[str](), len(PNG_HEAD)
    while at + 12 <= len(raw):
        size = int.from_bytes(raw[at : at + 4])
        kind, piece = raw[at + 4 : at + 8], raw[at : at + 12 + size]
        if len(piece) < 12 + size:
            break
        if kind in PNG_KEPT:
            kept.append(piece)
        else:
            removed.append("picture_metadata")
        at += 12 + size
        if kind == b"IEND":
            return b"".join(kept), (*removed, *(["picture_trailer"] if at < len(raw) else []))
    raise CannotBlind("blind_broken")


def jpeg_cleaned(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The picture's own segments and nothing else: a fresh JFIF head, no EXIF, XMP, IPTC or comment, nothing after its end."""
    kept, removed, at = [b"\xff\xd8", JFIF], list[str](), 2
    while at + 4 <= len(raw):
        if raw[at] != 0xFF:
            break
        kind = raw[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        size = int.from_bytes(raw[at + 2 : at + 4])
        if kind == SCAN:
            end = raw.rfind(b"\xff\xd9", at)
            body = _scans(raw[at:] if end < 0 else raw[at : end + 2])
            return b"".join([*kept, body]), tuple(removed)
        piece = raw[at : at + 2 + size]
        if 0xE0 <= kind <= 0xEF or kind == 0xFE:
            if kind == ADOBE:
                kept.append(piece)
            elif kind != 0xE0:
                removed.append("picture_metadata")
        else:
            kept.append(piece)
        at += 2 + size
    raise CannotBlind("blind_broken")


def _scans(raw: bytes) -> bytes:
    """Entropy-coded data to the first real end of the picture: a second picture behind it (thumbnails of phones) is cut off."""
    at = 0
    while (at := raw.find(b"\xff", at)) >= 0 and at + 1 < len(raw):
        kind = raw[at + 1]
        if kind == END:
            return raw[: at + 2]
        if kind in (0x00, 0xFF) or kind in ALONE:
            at += 2 if kind != 0xFF else 1
        else:
            at += 2 + int.from_bytes(raw[at + 2 : at + 4])
    return raw + b"\xff\xd9"
