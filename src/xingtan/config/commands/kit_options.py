"""What `xingtan kit` takes, and the environment of a kit's folder; read before Django is loaded."""

from __future__ import annotations

import argparse
import os
import zipfile
from pathlib import Path

HELP = """acts:
  make GROUP --out PLACE    at the centre: a kit of this study group, as a folder or (PLACE.zip) one file
  open PLACE [--port N]     on the laptop: the kit's pages, on this machine only; a .zip is unpacked beside itself first
  sync PLACE --to URL       on the laptop, with a line: deliver what the centre does not have yet; broken off, the same again goes on
  export PLACE FILE         on the laptop, without a line: everything as a file for a stick
  receive FILE              at the centre: take in a file from a stick
  check PLACE               is the folder what the centre signed, and its book as it was written?
"""
ON_LAPTOP = frozenset({"open", "sync", "export", "check"})


def kit_options(parser: argparse.ArgumentParser) -> None:
    """The acts of `xingtan kit`."""
    parser.formatter_class, parser.epilog = argparse.RawDescriptionHelpFormatter, HELP
    parser.add_argument("act", choices=["make", "open", "sync", "export", "receive", "check"], metavar="ACT")
    parser.add_argument("what", help="make: the group's name or id; receive: the file; else the kit's folder")
    parser.add_argument("file", nargs="?", type=Path, help="export: the file to write")
    parser.add_argument("--out", type=Path, help="make: a new folder, or a file that ends with .zip")
    parser.add_argument("--codes", type=Path, help="make: a workbook with each person's code, for the county to hand out on paper")
    parser.add_argument("--to", default="", metavar="URL", help="sync: the centre's address (default: the one that made the kit)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="open: the port (8000, or PORT)")
    parser.set_defaults(host="127.0.0.1", threads=4)


def folder_of(place: Path) -> Path:
    """The kit's folder: the place itself, the one folder in it that is a kit, or what a .zip unpacks to beside itself."""
    if place.suffix == ".zip" and place.is_file():
        target = place.with_suffix("")
        if not target.exists():
            with zipfile.ZipFile(place) as packed:
                packed.extractall(target)
        place = target
    if (place / "manifest.json").exists():
        return place
    inside = [one.parent for one in sorted(place.glob("*/manifest.json"))]
    return inside[0] if len(inside) == 1 else place


def enter_kit(chosen: argparse.Namespace) -> None:
    """On the laptop: the environment names the kit's folder and nothing of another site."""
    if chosen.act not in ON_LAPTOP:
        return
    chosen.folder = folder_of(Path(chosen.what)).resolve()
    for name in [name for name in os.environ if name.startswith("XINGTAN_")]:
        del os.environ[name]
    address = f"http://{chosen.host}:{chosen.port}"
    os.environ |= {
        "XINGTAN_KIT": "1",
        "XINGTAN_HOME": str(chosen.folder / "home"),
        "XINGTAN_PUBLIC_URL": address,
        "XINGTAN_WORKER_IN_PROCESS": "0",
    }
