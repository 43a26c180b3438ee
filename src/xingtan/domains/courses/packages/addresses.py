"""Addresses inside a package: resolved, percent-decoded, found among its files."""

from __future__ import annotations

import posixpath
from urllib.parse import quote, unquote

from xingtan.foundation.refusal import Refused

from .archive import Archive, clean_path

PLACES = "%2F"


def href_in(archive: Archive, base: str, href: str, *, manifest: str, item: str) -> str:
    """The address below the package's folder, query kept; raises `Refused` for one that is elsewhere, outside, or whose file is missing."""
    path, mark, query = _parted(href.strip())
    if "://" in path or path.startswith("//") or path.lower().startswith(("javascript:", "data:")):
        raise Refused("package_address_elsewhere", name=archive.name, place=manifest, item=item, address=href[:120])
    joined = posixpath.normpath(posixpath.join(base, path.replace("\\", "/"))) if base else posixpath.normpath(path.replace("\\", "/"))
    for spelling in (unquote(joined), unquote(joined, encoding="gb18030", errors="replace"), joined):
        clean = clean_path(spelling)
        found = archive.find(clean) if clean else None
        if found:
            return quote(found) + mark + query
    raise Refused("package_file_missing", name=archive.name, place=unquote(joined)[:200], manifest=manifest, item=item)


def _parted(href: str) -> tuple[str, str, str]:
    """Path, the sign behind it, and what follows that sign."""
    cut = min((at for at in (href.find("?"), href.find("#")) if at >= 0), default=len(href))
    return href[:cut], href[cut : cut + 1], href[cut + 1 :]


def with_parameters(href: str, parameters: str) -> str:
    """The address with an item's own parameters, joined as the standard says."""
    parameters = parameters.strip()
    while parameters[:1] in ("?", "&"):
        parameters = parameters[1:]
    if not parameters:
        return href
    if parameters.startswith("#"):
        return href if "#" in href else href + parameters
    address, hash_sign, fragment = href.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{parameters}{hash_sign}{fragment}"
