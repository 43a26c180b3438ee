"""Server time of every page of the walk, beside a page that asks the database nothing."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from time import perf_counter

from django.test import Client

from xingtan.config.demo import cast
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.courses.models import Unit
from xingtan.foundation.people.models import Account

TIMES = 15
LIMIT_MS = 100.0


def walk() -> list[tuple[str, str]]:
    """Sign-in name and address of every page that somebody opens on the walk."""
    page = CertificatePage.everywhere.filter(certificate__teacher__name="林知微").order_by("pk")[0]
    unit = Unit.objects.filter(course__code="XXYW-01", kind="video").order_by("place")[0]
    year = page.training_year.year + 3
    return [
        ("visitor", "/"),
        ("visitor", "/check/"),
        ("visitor", f"/check/{page.check_code}/"),
        *(("teacher", f"/my/{one}") for one in ("", "choose/", "study/", "workshops/", "record/", "certificates/", "card/")),
        ("teacher", f"/my/study/{unit.public_id}/"),
        *(("clerk", f"/school/{one}") for one in ("", "roster/", "selections/", "bills/", "entries/")),
        ("reviewer", "/school/entries/"),
        *(("county", f"/bureau/{one}") for one in ("", "queue/", "teachers/", "cards/")),
        *(("province", f"/bureau/{one}") for one in ("", "years/", "projects/", "determination/", "certificates/", "audit/")),
        ("province", f"/bureau/years/{year}/"),
        ("provider", "/provider/"),
        ("provider", "/provider/enter/"),
        ("tutor", "/tutor/"),
        ("lead", "/tutor/workshops/"),
    ]


def client_of(login: str) -> Client:
    """A browser in which this person has signed in."""
    client = Client(raise_request_exception=True, headers={"host": "127.0.0.1"})
    if login == "teacher":
        client.force_login(Account.objects.get(pk=cast.teacher_actor("林知微").account_id or 0))
    elif login != "visitor":
        client.force_login(Account.objects.get(login=login))
    return client


def timed(client: Client, address: str) -> float:
    """Median milliseconds of a page once it is warm. How many queries it asks is held by the tests of each page."""
    assert client.get(address).status_code == 200, address  # noqa: S101 -- a figure of an error page would be a lie
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        client.get(address)
        times.append((perf_counter() - began) * 1000)
    return median(times)


def figures() -> Iterator[str]:
    """A row a page, and the median over the walk."""
    bare = timed(client_of("visitor"), "/accessibility/")
    found: list[float] = []
    for login, address in walk():
        ms = timed(client_of(login), address)
        found.append(ms)
        shown = "/".join("…" if len(part) >= 8 and any(sign.isdigit() for sign in part) else part for part in address.split("/"))
        yield f"| page {shown} as {login} | {ms:.0f} ms | {bare:.0f} ms, a page without data | {ms / bare:.1f} |"
    yield f"| **median over the {len(found)} pages of the walk** | **{median(found):.0f} ms** (slowest {max(found):.0f}) | {LIMIT_MS:.0f} ms | {median(found) / LIMIT_MS:.2f} |"
