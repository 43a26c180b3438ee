"""Carrying a kit's blocks to the centre: over a line that may break at any byte, or in a file on a stick."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

PATH = "/kits/sync/"
SECONDS = 30
FILE_FORMAT = 1


class LineBroken(Exception):
    """The line or the centre failed; what was acknowledged so far stands, and the same again goes on from there."""


class CentreRefused(Exception):
    """The centre answered and did not take it; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Carried(Protocol):
    """What is carried: a kit, or in tests what a file of it says."""

    def asking(self) -> dict[str, Any]:
        """A parcel without blocks."""

    def parcels(self, above: int = 0) -> Iterable[dict[str, Any]]:
        """The blocks above a height, in signed parcels."""

    def follows(self, height: int, digest: str) -> bool:
        """True when the centre's block is one of ours."""

    def keep_acknowledgement(self, told: Mapping[str, Any]) -> bool:
        """True when the centre signed it; then it is kept."""


class Synced(NamedTuple):
    """What a sync did: blocks that the centre had not known, and its last acknowledgement."""

    new: int
    acknowledgement: Mapping[str, Any]


def send(url: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """The centre's answer to one parcel; raises `LineBroken` or `CentreRefused`."""
    body = json.dumps(told, ensure_ascii=False).encode()
    request = Request(url.rstrip("/") + PATH, data=body, headers={"Content-Type": "application/json"}, method="POST")  # noqa: S310 -- the leader names it
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 -- as above
            found = json.loads(answer.read())
    except HTTPError as error:
        raise CentreRefused(_code(error)) from error
    except (URLError, OSError, ValueError) as error:
        raise LineBroken(str(error)) from error
    except Exception as error:  # http.client's own: an answer that breaks off
        raise LineBroken(type(error).__name__) from error
    if not isinstance(found, dict) or "acknowledgement" not in found:
        raise LineBroken("not an answer of a centre")
    return found


def _code(error: HTTPError) -> str:
    try:
        code = str(json.loads(error.read())["code"])
    except Exception:  # noqa: BLE001 -- whatever stood between says nothing that we could tell
        return "kit_centre_strange"
    return code if code.startswith("kit_") else "kit_centre_strange"


def sync(kit: Carried, url: str, tell: Callable[[int], None] = lambda _done: None) -> Synced:
    """The centre has all blocks of the kit, and its acknowledgement is kept; broken off anywhere, the same again does the rest."""
    answer = _accepted(kit, send(url, kit.asking()))
    said = answer["acknowledgement"]
    above = said["height"] if kit.follows(said["height"], said["digest"]) else 0
    new = 0
    for told in kit.parcels(above):
        answer = _accepted(kit, send(url, told))
        new += answer["new"]
        tell(new)
    return Synced(new, answer["acknowledgement"])


def _accepted(kit: Carried, answer: dict[str, Any]) -> dict[str, Any]:
    if not kit.keep_acknowledgement(answer["acknowledgement"]):
        raise CentreRefused("kit_not_this_centre")
    return answer


def file_lines(kit: Carried, uuid: str, above: int = 0) -> Iterator[str]:
    """The lines of a file for a stick: a head, the parcels, an end."""
    yield json.dumps({"xingtan_kit": FILE_FORMAT, "kit": uuid})
    count = 0
    for told in kit.parcels(above):
        count += 1
        yield json.dumps(told, ensure_ascii=False)
    if count == 0:
        yield json.dumps(kit.asking(), ensure_ascii=False)
    yield json.dumps({"end": count})


def write_file(kit: Carried, uuid: str, place: Path, above: int = 0) -> Path:
    """The file on the stick holds everything above a height; it takes its name only when it is whole."""
    fresh = place.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as out:
        for line in file_lines(kit, uuid, above):
            out.write(f"{line}\n")
    fresh.replace(place)
    return place
