"""The command `xingtan`: the operator's way in. Exit code 0: all was done; 2: bad input, every error listed, nothing half done."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings

from xingtan.config.commands.determine_options import is_over_tables
from xingtan.config.commands.kit_options import enter_kit
from xingtan.config.commands.options import OPTIONS

COMMANDS = (
    ("run", "serve", "prepare, load the demonstration county when there is no data, and serve"),
    ("serve", "serve", "serve the pages and the background work"),
    ("recorder", "serve", "only record beats and statements, for large sites on PostgreSQL behind a front proxy"),
    ("worker", "serve", "only the background work, for sites with several processes"),
    ("migrate", "upkeep", "bring the database to this version, after a backup"),
    ("backup", "upkeep", "write a backup of records and files while the site runs (keys apart)"),
    ("restore", "upkeep", "put a backup in the place of today's data"),
    ("doctor", "upkeep", "check chains, projections, audit log, migrations, storage and settings, and say what to do"),
    ("rotate-keys", "upkeep", "make new keys; what the old ones closed is closed anew"),
    ("retain", "privacy", "show what has been kept for its time, or delete it"),
    ("export-of", "privacy", "say whose export a found file is"),
    ("research-extract", "privacy", "write a year's verdicts and hours without names, k-anonymous, for research"),
    ("demo", "demo", "load the demonstration county"),
    ("import-roster", "imports", "import a roster workbook (.xlsx or .csv)"),
    ("search-index", "search", "build anew what teachers are found by, or check it"),
    ("layout", "layout", "write verified hours in the form that another office wants"),
    ("oneroster", "oneroster", "write the register as a OneRoster bundle, or pull one from another system"),
    ("import-opening", "imports", "import the hours of earlier years (.xlsx)"),
    ("deliver", "deliver", "deliver a provider's file of learning records (.xlsx, .csv or .parquet)"),
    ("determine", "imports", "determine the verdicts of a training year for a branch of the tree, or of tables without a database"),
    ("learned-time", "learned_time_base", "count learned time anew: of tables without a database, or to check and archive the site's own"),
    ("proof", "proof", "count the proof of learned hours anew, as anyone can without a site"),
    ("policy", "policy", "check, list or show policy packs"),
    ("kit", "kit", "make, open, sync, export, receive or check the offline kit of a study group"),
    ("live-view", "watching", "compare the live view of every project with the raw record, and mend it"),
    ("anomalies", "watching", "look for what is wrong in learned time now instead of at night"),
    ("office", "imports", "give a person a role in an office, making the account when there is none"),
    ("cards", "cards", "numbers of a batch of learning cards, cards that are over, whether trails agree"),
    ("record-key", "record_key", "give, rotate, revoke or list keys to the learning record store"),
    ("oidc-client", "entrance", "register, list or withdraw other sites that sign people in here"),
    ("recover", "entrance", "give a code to somebody who cannot sign in and whom no office stands above"),
)


WITHOUT_DATABASE = ("policy", "proof")
OTHERS = 0o077  # the rights of everyone but the owner


def parser() -> argparse.ArgumentParser:
    """The command line; each command's `--help` is its manual."""
    whole = argparse.ArgumentParser(prog="xingtan", description="Xingtan 杏坛: training hours of a region's teachers")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module, text in COMMANDS:
        one = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        one.set_defaults(module=module, needs_database=module not in WITHOUT_DATABASE)
        OPTIONS[name](one)
    return whole


def shut(home: Path) -> None:
    """Only its owner enters the home, where we are the owner; one that all share (`/tmp`) stays as it is, and `xingtan doctor` names it."""
    found = home.stat() if home.is_dir() else None
    if found and found.st_uid == os.getuid() and found.st_mode & OTHERS and not found.st_mode & stat.S_ISVTX:
        with suppress(OSError):  # on a file system without rights, or mounted for reading
            home.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xingtan.config.settings")
    chosen = parser().parse_args(words)
    if chosen.command == "determine" and is_over_tables(chosen):
        chosen.module, chosen.needs_database = "determine", False
    if chosen.command == "learned-time" and not (chosen.check or chosen.archive):
        chosen.module, chosen.needs_database = "learned_time", False
    if chosen.command == "kit":
        enter_kit(chosen)
    if chosen.command == "run":
        os.environ.setdefault("XINGTAN_PUBLIC_URL", f"http://127.0.0.1:{chosen.port}")
    if chosen.needs_database:
        os.umask(OTHERS)  # what the site writes is its owner's alone: records, files, backups, keys
        django.setup()  # before the command's own module, which reads models
        shut(Path(settings.HOME))
    try:
        return int(import_module(f"xingtan.config.commands.{chosen.module}").run(chosen))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read along (`| head`) has enough; nothing is left to be said at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
