"""A package as a whole: which standard it follows, where its root is, what is in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from xingtan.foundation.refusal import Refused

from . import cmi5, h5p, scorm
from .archive import Archive, open_archive
from .facts import PackageFacts

READERS: dict[str, Callable[[Archive, str], PackageFacts]] = {
    cmi5.MANIFEST: cmi5.read_cmi5,
    scorm.MANIFEST: scorm.read_scorm,
    h5p.MANIFEST: h5p.read_h5p,
}


def read_package(file: IO[bytes], size: int, name: str) -> tuple[PackageFacts, Archive]:
    """What the package is, and its files below its own root; raises `Refused` with the file in the package that is wrong."""
    whole = open_archive(file, size, name)
    folder, manifest, path = _manifest(whole)
    archive = whole.below(folder)
    return READERS[manifest](archive, path), archive


def _manifest(archive: Archive) -> tuple[str, str, str]:
    """Folder of the package's root, the kind of its manifest, the manifest's path below the folder: the shallowest there is."""
    found = []
    for path in archive.files:
        folder, slash, last = path.rpartition("/")
        if last.lower() in READERS:
            found.append((path.count("/"), list(READERS).index(last.lower()), folder + slash, last))
    if not found:
        raise Refused("package_no_manifest", name=archive.name)
    depth, kind, folder, last = min(found)
    if sum(1 for one in found if one[0] == depth and one[1] == kind) > 1:
        raise Refused(
            "package_two_roots",
            name=archive.name,
            places=", ".join(sorted(one[2] + one[3] for one in found if one[:2] == (depth, kind))[:3]),
        )
    return folder, list(READERS)[kind], last
