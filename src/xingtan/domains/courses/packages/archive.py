"""A stranger's zip archive, read without trusting it: nothing is unpacked until counts, sizes, names and methods were judged.

Limits are on what the archive would become, and unpacking stops where it lied. Only stored and deflated members are read: other methods
let an archive ask for as much memory as it likes.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from xingtan.foundation.refusal import Refused

MOST_FILES = 5_000
MOST_DIRECTORY = 4 << 20
MOST_BYTES = 512 << 20
MOST_RATIO = 200
SMALL = 1 << 20
LONGEST_PATH = 300
PIECE = 1 << 18
TAIL = (1 << 16) + 22
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What the library says of an archive that does not hold what it announces (ValueError: places before the file's beginning).
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
RUBBISH = ("__MACOSX/", "__macosx/")
RUBBISH_NAMES = {".ds_store", "thumbs.db", "desktop.ini"}
OURS = "~"  # the run-time's own pages live below this name


@dataclass(slots=True)
class Archive:
    """An opened package: its files by their path inside, and other spellings under which a manifest may name them."""

    zip: zipfile.ZipFile
    name: str
    files: dict[str, zipfile.ZipInfo]
    other: dict[str, str] = field(default_factory=dict)

    def find(self, path: str) -> str | None:
        """The path as it is kept, whatever the manifest's spelling (case, a name read in another code page), or None."""
        if path in self.files:
            return path
        folded = path.casefold()
        return self.other.get(path) or self.other.get(folded) or (folded if folded in self.files else None)

    def pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of a file, never more than its entry announced; raises `Refused` where the archive is damaged or lied."""
        info, seen = self.files[path], 0
        try:
            with self.zip.open(info) as member:
                while piece := member.read(PIECE):
                    seen += len(piece)
                    if seen > info.file_size:
                        raise Refused("package_unpacks_too_large", name=self.name, place=path, most_mb=MOST_BYTES >> 20)
                    yield piece
        except BROKEN:
            raise Refused("package_damaged", name=self.name, place=path) from None

    def read(self, path: str, most: int) -> bytes:
        """The whole of a small file; raises `Refused` when it is larger than `most` bytes."""
        if self.files[path].file_size > most:
            raise Refused("package_manifest_too_large", name=self.name, place=path, most_mb=most >> 20)
        return b"".join(self.pieces(path))

    def below(self, folder: str) -> Archive:
        """The same archive seen from one of its folders; files outside it are left out."""
        if not folder:
            return self
        cut = len(folder)
        files = {path[cut:]: info for path, info in self.files.items() if path.startswith(folder)}
        other = {alias[cut:]: path[cut:] for alias, path in self.other.items() if path.startswith(folder) and len(alias) > cut}
        return Archive(self.zip, self.name, files, other)


def open_archive(file: IO[bytes], size: int, name: str) -> Archive:
    """The archive, judged and not unpacked; raises `Refused` naming the member that is wrong."""
    _refuse_directory(file, size, name)
    try:
        opened = zipfile.ZipFile(file)
    except BROKEN:
        raise Refused("package_not_a_zip", name=name) from None
    infos = [info for info in opened.infolist() if not _is_rubbish(info.filename)]
    if len(infos) > MOST_FILES:
        raise Refused("package_too_many_files", name=name, count=len(infos), most=MOST_FILES)
    archive = Archive(opened, name, {})
    total = 0
    for info in infos:
        total += info.file_size
        _take(archive, info)
    if total > MOST_BYTES:
        raise Refused("package_unpacks_too_large", name=name, place="", most_mb=MOST_BYTES >> 20)
    return archive


def _refuse_directory(file: IO[bytes], size: int, name: str) -> None:
    """Raises `Refused` unless the list of members is there and small enough to be read into memory."""
    file.seek(max(size - TAIL, 0))
    tail = file.read(TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Refused("package_not_a_zip", name=name)
    count, length = struct.unpack("<HL", tail[at + 10 : at + 16])
    if tail[max(at - 20, 0) : at].startswith(b"PK\x06\x07"):
        if at < 76:
            raise Refused("package_not_a_zip", name=name)
        count, length = struct.unpack("<QQ", tail[at - 44 : at - 28])
    if length > MOST_DIRECTORY or count > MOST_FILES * 3:
        raise Refused("package_too_many_files", name=name, count=count, most=MOST_FILES)
    file.seek(0)


def _is_rubbish(path: str) -> bool:
    return path.startswith(RUBBISH) or path.rsplit("/", 1)[-1].lower() in RUBBISH_NAMES


def _take(archive: Archive, info: zipfile.ZipInfo) -> None:
    """The member is among the archive's files under its true name; raises `Refused` for one that must not be unpacked."""
    path = member_path(info)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("package_link", name=archive.name, place=path)
    clean = clean_path(path)
    if clean is None:
        raise Refused("package_path_outside", name=archive.name, place=path[:LONGEST_PATH])
    if info.is_dir() or path.endswith("/"):
        return
    if info.flag_bits & 0x1:
        raise Refused("package_has_a_password", name=archive.name, place=clean)
    if info.compress_type not in METHODS:
        raise Refused("package_method_unknown", name=archive.name, place=clean)
    if info.file_size > SMALL and info.file_size > max(info.compress_size, 1) * MOST_RATIO:
        raise Refused("package_bomb", name=archive.name, place=clean)
    if clean in archive.files:
        raise Refused("package_twice", name=archive.name, place=clean)
    archive.files[clean] = info
    for alias in {clean.casefold(), (clean_path(info.filename) or "")} - {clean, ""}:
        archive.other.setdefault(alias, clean)


def member_path(info: zipfile.ZipInfo) -> str:
    """A member's name: as marked (UTF-8), else as UTF-8, GB 18030 or code page 437, whichever reads; `/` between folders."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        name = (_decoded(raw) or name) if raw else name
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def clean_path(path: str) -> str | None:
    """The path without `.` and doubled strokes, or None when it leaves the package, is absolute, or takes a name that is ours."""
    if path.startswith("/") or (len(path) > 1 and path[1] == ":") or "\0" in path or len(path) > LONGEST_PATH:
        return None
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if ".." in parts or (parts and parts[0] == OURS) or any(ord(sign) < 32 for sign in path):
        return None
    return "/".join(parts)


def open_path(path: Path, name: str) -> Archive:
    """The archive that lies at this path."""
    return open_archive(path.open("rb"), path.stat().st_size, name)
