"""Brings the empty database that the environment names to today's schema and prints the key of a provider in it."""

from __future__ import annotations

import os
import sys
from importlib import import_module


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    import_module("django").setup()
    import_module("tests.migrated").begin()
    import_module("xingtan.config.commands.setup").migrate()
    enrolling, calling = import_module("tests.enrolling"), import_module("tests.lrs_calling")
    actor = enrolling.actor_of(enrolling.Role.PROVIDER_STAFF, enrolling.tree().provider)
    sys.stdout.write(f"{calling.key_for(actor, now=enrolling.LATER)}\n")


if __name__ == "__main__":
    main()
