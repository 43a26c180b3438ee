"""What `xingtan oidc-client` and `recover` take."""

from __future__ import annotations

import argparse


def site_options(parser: argparse.ArgumentParser) -> None:
    """The act, the site, and for a new one where people come back to and what it may learn."""
    parser.add_argument("act", choices=("list", "add", "secret", "withdraw"))
    parser.add_argument("name", nargs="?", default="", help="add: the site's name; secret, withdraw: its client_id")
    parser.add_argument(
        "--back", action="append", default=[], metavar="URL", help="add: an address that people come back to; several times"
    )
    parser.add_argument("--scope", action="append", default=[], choices=("profile", "school"), help="add: what it may learn (all)")
    parser.add_argument("--public", action="store_true", help="add: a program without a server, which can keep no secret")


def recover_options(parser: argparse.ArgumentParser) -> None:
    """Whose account is opened with a code that is good once."""
    parser.add_argument("login", help="sign-in name, identity number or phone of whoever cannot sign in")
    parser.add_argument("--without-factor", action="store_true", help="phone or key are lost: the second factor is taken away")
