"""`xingtan demo`: the demonstration county into an empty database."""

from __future__ import annotations

import argparse

from xingtan.config.demo import load

from .screen import complain, say
from .setup import migrate
from .upkeep import has_data

BAD_INPUT = 2


def run(chosen: argparse.Namespace) -> int:
    """Load the county and name the sign-ins; 2 when the database is not empty."""
    migrate()
    if has_data():
        complain("There is data already: the demonstration goes into an empty database only. Name another folder in XINGTAN_HOME.")
        return BAD_INPUT
    load.load(show=say, every=chosen.every)
    for line in load.sign_in_table():
        say(line)
    return 0
