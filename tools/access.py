"""Who may open what, written from the code into docs/access.md: `python tools/access.py write`; `check` fails when the page is not up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/access.md"
API = "api-v1"
# Addresses that ask for no role, and what opens them instead.
OTHERWISE = {
    "kits:": "the kit's own signature (docs/kit.md)",
    "oneroster:token": "an API key, exchanged for a token of OneRoster",
    "public:healthz": "everyone; says only that the process answers",
    "public:readyz": "everyone; says only whether the database answers",
}
HEAD = """# Who may open what

Written by `tools/access.py` from the addresses and the API's operations; `make check` fails when it is not up to date. Do not edit.

A right opens a page for its roles; the *rows* on it are those of the branch of the office (or a person's own), and whatever lies outside answers 404.
The marks: **in person** – neither a deputy nor somebody acting for another; **lent** – a school's clerk may do it acting for a teacher.
`tests/county/` walks every line for its own, sibling, parent and child branches, another province, an ended role, a deputy and a supervisor.
"""


@dataclass(frozen=True, order=True)
class Line:
    """One address: where, its name, the right, the roles."""

    where: str
    name: str
    right: str
    roles: str


def addresses(resolver: URLResolver, path: str = "/", names: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address with its name and path."""
    for pattern in resolver.url_patterns:
        where = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, where, f"{names}{pattern.namespace}:" if pattern.namespace else names)
        elif isinstance(pattern, URLPattern):
            yield where, f"{names}{pattern.name}", pattern


def said(permission: object) -> tuple[str, str]:
    """The right's name with its marks, and its roles in a steady order."""
    from xingtan.foundation.people.roles import EVERYONE_SIGNED_IN, Permission, Role  # noqa: PLC0415 -- after Django's settings are read

    if not isinstance(permission, Permission):
        return "", ""
    marks = [word for word, holds in (("in person", not permission.is_passed_on), ("lent", permission.is_assisted)) if holds]
    roles = permission.roles - {Role.OPERATOR}
    told = "everyone" if Role.VISITOR in roles else "everyone signed in" if roles >= EVERYONE_SIGNED_IN else ", ".join(sorted(roles))
    return f"`{permission.name}`" + "".join(f" **{mark}**" for mark in marks), told


def pages() -> Iterator[Line]:
    """A line for every address of a page; one that neither a right nor the table of exceptions opens is a mistake."""
    for where, name, pattern in addresses(get_resolver()):
        if name.startswith(f"{API}:"):
            continue
        right, roles = said(getattr(pattern.callback, "permission", None))
        other = next((why for start, why in OTHERWISE.items() if name.startswith(start)), "")
        if not right and not other:
            sys.exit(f"{name}: no right stands at {where}; decorate the view with `allowed(…)` or say in OTHERWISE what opens it")
        yield Line(f"`{where}`", name, right or "–", roles or other)


def operations() -> Iterator[Line]:
    """A line for every operation of the API."""
    from xingtan.rest.v1.api import PERMISSIONS, api  # noqa: PLC0415 -- after Django's settings are read

    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            right, roles = said(PERMISSIONS[operation["operationId"]])
            yield Line(f"`{method.upper()} {path}`", operation["operationId"], right, roles)


def table(lines: Iterable[Line], first: str) -> str:
    """The lines as a table, by address."""
    rows = [f"| {line.where} | {line.name} | {line.right} | {line.roles} |" for line in sorted(lines)]
    return "\n".join([f"| {first} | name | right | roles |", "|---|---|---|---|", *rows])


def text() -> str:
    """The whole page."""
    django.setup()
    seen, called = list(pages()), list(operations())
    parts = [HEAD, f"## Pages ({len(seen)})\n", table(seen, "address"), f"\n## The API ({len(called)})\n", table(called, "operation")]
    return "\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the page, or says that it is not up to date."""
    now = text()
    if arguments == ["write"]:
        PAGE.write_text(now, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == now:
        print(f"{now.count(chr(10) + '| `')} lines")
        return 0
    print("docs/access.md does not say what the code says: run `.venv/bin/python tools/access.py write` and look at what changed")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
