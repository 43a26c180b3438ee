"""What `xingtan oneroster` and `xingtan layout` take; read before Django is loaded."""

from __future__ import annotations

import argparse
from pathlib import Path


def oneroster_options(parser: argparse.ArgumentParser) -> None:
    """A direction, a file, and where it comes from."""
    parser.add_argument(
        "act", choices=("export", "pull"), help="export: our register as a bundle; pull: another system's service as a bundle"
    )
    parser.add_argument("file", type=Path, help="the bundle (.zip) to write; `xingtan import-roster` reads one")
    parser.add_argument("--within", metavar="CODE", default="", help="export: only this branch (division or school code)")
    parser.add_argument(
        "--with-numbers", metavar="REASON", default="", help="export: with identity numbers, for this reason, which is audited"
    )
    parser.add_argument("--address", default="", help="pull: the service, up to …/rostering/v1p2")
    parser.add_argument("--token-address", default="", help="pull: its token endpoint (OAuth 2.0, client credentials)")
    parser.add_argument("--client-id", default="xingtan", help="pull: who we are there")
    parser.add_argument(
        "--secret-in", metavar="NAME", default="ONEROSTER_SECRET", help="pull: the environment variable that holds our secret"
    )
    parser.add_argument(
        "--since", metavar="DAY", default="", help="pull: only people who changed from this day on (YYYY-MM-DD), leavers included"
    )


def layout_options(parser: argparse.ArgumentParser) -> None:
    """A layout, a year, a branch and a file."""
    parser.add_argument("code", help="a layout's code, a file of your own (.toml), or `list`")
    parser.add_argument("--year", type=int, default=0, help="the training year, or the calendar year, as the layout says")
    parser.add_argument("--within", metavar="CODE", default="", help="only this branch (division or school code)")
    parser.add_argument("--to", type=Path, help="the CSV file to write")
    parser.add_argument(
        "--with-numbers", metavar="REASON", default="", help="with whole identity numbers, for this reason, which is audited"
    )
