"""A package that was judged is unpacked into the files store, once for the same bytes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from xingtan.domains.courses.access import ADD_COURSE
from xingtan.domains.courses.models import Package, PackageFile
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import chunks_of, keep_content, path_of
from xingtan.foundation.people.roles import Actor, require

from .facts import PackageFacts
from .reading import read_package


def take_package(*, actor: Actor, file: StoredFile, now: datetime) -> Package:
    """The uploaded package is unpacked and ready to be a unit; raises `Refused` naming what is wrong inside it. No lock is held while it is unpacked."""
    require(actor, ADD_COURSE)
    return take_path(path_of(file), file.name, actor=actor, now=now)


def take_path(path: Path, name: str, *, actor: Actor, now: datetime) -> Package:
    """The same for a package that lies at a path."""
    with path.open("rb") as raw:
        digest = hashlib.sha256()
        for piece in chunks_of(raw):
            digest.update(piece)
        held = Package._base_manager.filter(sha256=digest.hexdigest()).first()
        if held:
            return held
        facts, archive = read_package(raw, path.stat().st_size, name)
        kept = [(inside, *keep_content(archive.pieces(inside))) for inside in sorted(archive.files)]
    return _keep(facts, digest.hexdigest(), kept, actor=actor, now=now)


@atomic
def _keep(facts: PackageFacts, sha256: str, kept: list[tuple[str, str, int]], *, actor: Actor, now: datetime) -> Package:
    told = {
        "facts": facts.as_body(),
        "standard": facts.standard.value,
        "size": sum(size for *_other, size in kept),
        "file_count": len(kept),
    }
    package, made = Package._base_manager.get_or_create(sha256=sha256, defaults=told | {"taken_at": now})
    if made:
        rows = (PackageFile(package=package, path=path, sha256=digest, size=size) for path, digest, size in kept)
        PackageFile._base_manager.bulk_create(rows, batch_size=500)
        record(
            actor, "courses.package_taken", "package", [package.pk], now=now, detail={"standard": facts.standard.value, "files": len(kept)}
        )
    return package


def package_file(package_public_id: str, path: str) -> PackageFile | None:
    """The file of a package under this path, spelt as it is or in other case; None when it has none."""
    found = PackageFile._base_manager.filter(package__public_id=package_public_id)
    return found.filter(path=path).first() or found.filter(path__iexact=path).first()


def package_by_public_id(public_id: str) -> Package | None:
    """The package with this public id, or None."""
    return Package._base_manager.filter(public_id=public_id).first()
