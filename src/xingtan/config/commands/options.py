"""What each command of `xingtan` takes; read before Django is loaded, so that `--help` answers at once."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from .determine_options import determine_options
from .entrance_options import recover_options, site_options
from .kit_options import kit_options
from .learned_time_options import learned_time_options, proof_options
from .oneroster_options import layout_options, oneroster_options

Options = Callable[[argparse.ArgumentParser], None]
DEFAULT_PORT = int(os.environ.get("PORT", "8000"))


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No options."""


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="the port to serve on (8000, or PORT)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to serve on (127.0.0.1)")
    parser.add_argument("--threads", type=int, default=8, help="threads that answer pages (8)")


def _recorder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8001, help="the port to record on (8001)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to record on (127.0.0.1)")
    parser.add_argument("--threads", type=int, default=32, help="requests that may wait for a commit at once in a process (32)")
    parser.add_argument("--workers", type=int, default=1, help="recording processes (1)")


def _run(parser: argparse.ArgumentParser) -> None:
    _serve(parser)
    parser.add_argument("--no-demo", action="store_true", help="do not load the demonstration county into an empty database")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, help="the file to write (default: backups/ under the data folder)")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `xingtan backup` wrote")
    parser.add_argument("--yes", action="store_true", help="replace today's data without asking; it is kept beside as a backup")


def _rotate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rest", action="store_true", help="make no new key; close anew what is still under an old one")
    parser.add_argument("--retire", action="store_true", help="put old keys aside, when nothing is closed under them any more")


def _retain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--delete", action="store_true", help="delete it; without this only the counts are shown")


def _search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether everyone is found; exit code 1 when not")


def _export_of(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the file that was found")


def _research(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, help="the training year, by the calendar year it starts in")
    parser.add_argument("--to", type=Path, required=True, help="the folder to write data and manifest into; made when there is none")
    parser.add_argument("-k", type=int, default=10, help="at least so many people look alike (10; 5 to 1000)")
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help="of the table (csv)")
    parser.add_argument("--province", metavar="CODE", default="", help="of several provinces, the one with this division code")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th school (1: all 66 with 3,134 teachers)")


def _roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help="a workbook (.xlsx), .csv, .parquet or a OneRoster bundle (.zip)")
    parser.add_argument(
        "--undo", metavar="IMPORT", default="", help="undo this import as a whole instead; refused while something stands on it"
    )
    parser.add_argument("--reason", default="", help="why the import is undone; stands in the audit log")
    parser.add_argument("--within", metavar="CODE", default="", help="only schools of this county (division code), as its clerk would")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
    parser.add_argument(
        "--good-only", action="store_true", help="import the rows that are well and leave the others; else one bad row stops all"
    )


def _opening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the workbook (.xlsx) with the hours and the schools' totals")
    parser.add_argument("--within", metavar="CODE", default="", help="only schools of this county (division code)")
    parser.add_argument("--report", type=Path, help="where to write the workbook to mend when rows are refused")


def _deliver(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the workbook (.xlsx), .csv or .parquet")
    parser.add_argument("--provider", required=True, help="the training provider: its id in addresses, its code, or its whole name")
    parser.add_argument("--dry-run", action="store_true", help="say what it would bring and what would not count, change nothing")
    parser.add_argument("--report", type=Path, help="where to write the workbook to mend when rows are wrong")


def _policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["check", "list", "show"], help="check a file, list the packs, or show one")
    parser.add_argument("pack", nargs="?", default="", help="a pack's code, or a .toml file")
    parser.add_argument("--examples", action="store_true", help="show: the pack's worked examples instead of its rules")
    parser.add_argument("--json", action="store_true", help="the same as data, for programs")


def _office(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", help="the sign-in name")
    parser.add_argument("--name", required=True, help="the person's name")
    parser.add_argument("--role", required=True, help="county_officer, province_officer, school_clerk, …")
    parser.add_argument("--organisation", required=True, metavar="CODE", help="the office's division or school code")


def _cards(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["numbers", "expire", "check"])
    parser.add_argument(
        "batch", nargs="?", default="", help="of `numbers`: the batch's id, as in its page's address; CSV on standard output"
    )


def _record_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=("list", "give", "rotate", "revoke"))
    parser.add_argument("name", nargs="?", default="", help="give, list: the provider's code; rotate, revoke: the key")
    parser.add_argument("--title", default="xingtan record-key", help="what a new key is for")
    parser.add_argument("--at-once", action="store_true", help="rotate: the old secret opens nothing from now on")


def _live_view(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mend", action="store_true", help="make the figures that differ anew from the raw record")


OPTIONS: dict[str, Options] = {
    "run": _run,
    "serve": _serve,
    "recorder": _recorder,
    "worker": _nothing,
    "migrate": _nothing,
    "backup": _backup,
    "restore": _restore,
    "doctor": _nothing,
    "rotate-keys": _rotate,
    "retain": _retain,
    "search-index": _search,
    "export-of": _export_of,
    "research-extract": _research,
    "demo": _demo,
    "import-roster": _roster,
    "import-opening": _opening,
    "deliver": _deliver,
    "determine": determine_options,
    "learned-time": learned_time_options,
    "proof": proof_options,
    "policy": _policy,
    "kit": kit_options,
    "office": _office,
    "cards": _cards,
    "record-key": _record_key,
    "oidc-client": site_options,
    "recover": recover_options,
    "oneroster": oneroster_options,
    "layout": layout_options,
    "live-view": _live_view,
    "anomalies": _nothing,
}
