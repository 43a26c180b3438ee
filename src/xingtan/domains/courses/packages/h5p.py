"""H5P: `h5p.json` read, its content and its libraries found in the package."""

from __future__ import annotations

import json
from typing import Any

from xingtan.foundation.refusal import Refused

from . import xml
from .archive import Archive
from .facts import Item, ItemKind, PackageFacts, Standard

MANIFEST = "h5p.json"
CONTENT = "content/content.json"
MOST_JSON = 16 << 20
LONGEST_TITLE = 160


def read_h5p(archive: Archive, manifest: str) -> PackageFacts:
    """The content and its main library; raises `Refused` naming the library or the file that the package lacks."""
    told = _json(archive, manifest)
    if not isinstance(told, dict) or not isinstance(told.get("preloadedDependencies"), list) or not told.get("mainLibrary"):
        raise Refused("package_h5p_unreadable", name=archive.name, place=manifest)
    if archive.find(CONTENT) is None:
        raise Refused("package_file_missing", name=archive.name, place=CONTENT, manifest=manifest, item=str(told.get("title", "")))
    _json(archive, CONTENT)
    for needed in told["preloadedDependencies"]:
        _library(archive, needed, manifest)
    if told["mainLibrary"] not in {one.get("machineName") for one in told["preloadedDependencies"]}:
        raise Refused("package_library_missing", name=archive.name, place=manifest, library=str(told["mainLibrary"])[:80])
    title = str(told.get("title", ""))[:LONGEST_TITLE] or "H5P"
    item = Item("content", title, ItemKind.CONTENT)
    return PackageFacts(Standard.H5P, f"H5P · {str(told['mainLibrary'])[:60]}", title, (item,), identifier=str(told["mainLibrary"])[:80])


def _library(archive: Archive, needed: Any, manifest: str) -> None:  # noqa: ANN401 -- a stranger's JSON
    """Raises `Refused` unless the library's folder is in the package, with its description."""
    if not isinstance(needed, dict):
        raise Refused("package_h5p_unreadable", name=archive.name, place=manifest)
    library = f"{needed.get('machineName')}-{needed.get('majorVersion')}.{needed.get('minorVersion')}"
    if archive.find(f"{library}/library.json") is None:
        raise Refused("package_library_missing", name=archive.name, place=manifest, library=library[:120])
    described = _json(archive, f"{library}/library.json")
    scripts = described.get("preloadedJs", ()) if isinstance(described, dict) else ()
    for script in scripts if isinstance(scripts, list) else ():
        path = f"{library}/{script.get('path', '')}" if isinstance(script, dict) else library
        if archive.find(path) is None:
            raise Refused(
                "package_file_missing", name=archive.name, place=path[:200], manifest=f"{library}/library.json", item=library[:120]
            )


def _json(archive: Archive, path: str) -> Any:  # noqa: ANN401 -- a stranger's JSON
    try:
        return json.loads(xml.decoded(archive.read(path, MOST_JSON), archive.name, path))
    except (ValueError, RecursionError):
        raise Refused("package_h5p_unreadable", name=archive.name, place=path) from None
