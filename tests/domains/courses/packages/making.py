"""Packages for tests, sound ones and broken ones, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile

from xingtan.config.demo import packages as demo
from xingtan.domains.courses.packages.reading import read_package
from xingtan.foundation.refusal import Refused

PAGE = b"<!doctype html><title>x</title>"
SOUND = {"imsmanifest.xml": demo.SCORM12, "lesson.html": PAGE}


def changed(**files):
    """The sound package with files put in (`name=content`), or taken out (`name=None`)."""
    given = {**SOUND, **{name: content for name, content in files.items() if content is not None}}
    return demo.zipped({name: content for name, content in given.items() if files.get(name, "") is not None})


def with_manifest(text, *, encoding="utf-8", mark=b"", name="imsmanifest.xml", **files):
    """The sound package under another manifest."""
    return demo.zipped({name: mark + text.encode(encoding), "lesson.html": PAGE, **files})


def replaced(old, new, text=demo.SCORM12):
    assert old in text
    return text.replace(old, new)


def read(archive, name="课件.zip"):
    """What is known of the archive."""
    return read_package(io.BytesIO(archive), len(archive), name)[0]


def refusal(archive, name="课件.zip"):
    """Why it is not taken in: code and parameters; fails when it is."""
    try:
        facts = read(archive, name)
    except Refused as refused:
        return refused.code, dict(refused.params)
    raise AssertionError(f"taken in as {facts.standard}")


def with_entry(name, content=b"x", *, flags=0, mode=None, method=zipfile.ZIP_DEFLATED, raw_name=None):
    """The sound package with one more entry as a hostile or an old tool would write it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in SOUND.items():
            archive.writestr(path, text)
        entry = zipfile.ZipInfo(name)
        entry.compress_type = method
        if mode is not None:
            entry.create_system, entry.external_attr = 3, mode << 16
        archive.writestr(entry, content)
    told = made.getvalue()
    if raw_name is not None:
        assert len(raw_name) == len(name)
        told = told.replace(name.encode(), raw_name)
    return _flagged(told, raw_name or name.encode(), flags) if flags else told


def _flagged(archive, name, flags):
    """The same with these flags set on the entry of this name, in both its headers."""
    told = bytearray(archive)
    for signature, flag_at, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = -1
        while (at := told.find(signature, at + 1)) >= 0:
            if told[at + name_at : at + name_at + len(name)] == name:
                (held,) = struct.unpack_from("<H", told, at + flag_at)
                struct.pack_into("<H", told, at + flag_at, held | flags)
    return bytes(told)


def in_gbk(files):
    """An archive whose names are GB 18030 without a mark, as a Chinese Windows writes it."""
    names = {name: f"{place:03}".encode() + b"x" * (len(name.encode("gb18030")) - 3) for place, name in enumerate(files)}
    told = demo.zipped({alias.decode(): files[name] for name, alias in names.items()})
    for name, alias in names.items():
        told = told.replace(alias, name.encode("gb18030"))
    return told
