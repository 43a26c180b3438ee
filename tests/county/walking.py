"""Walking the addresses: who is signed in, what was answered, and what an answer says apart from what is new in every answer."""

from __future__ import annotations

import io
import re
import zipfile

from django.test import Client

from tests.county.quick import Walker
from tests.county.roles import TEACHER, VISITOR
from xingtan.config.demo import cast
from xingtan.foundation.people.models import Account

WORD = 6  # a shorter part of an address stands by chance in what is said
SIGN_IN = "/sign-in/"
FRESH = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|data-csrf="[^"]+"|urn:uuid:[0-9a-f-]+')


def client_of(account_id: int) -> Client:
    client = Walker()
    client.force_login(Account.objects.get(pk=account_id))
    return client


def signed_in(login: str, teacher: str = "林知微") -> Client:
    if login == VISITOR:
        return Walker()
    return client_of(cast.teacher_actor(teacher).account_id if login == TEACHER else Account.objects.get(login=login).pk)


def is_sent_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith(SIGN_IN)


def get(client: Client, address: str, **query):
    response = client.get(address, query or None)
    response.close()
    return response


def said(response, *own: str) -> bytes:
    """What the answer says, without the marks of this one answer and without the words of its own address."""
    text = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("application/vnd.openxmlformats"):
        text = unpacked(text)
    text = FRESH.sub(b"", text)
    for word in sorted(own, key=len, reverse=True):
        text = text.replace(word.encode(), b"~")
    return text


def unpacked(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        return b"".join(book.read(name) for name in sorted(book.namelist()) if name.endswith(".xml"))


def answered(client: Client, address: str, method: str = "get") -> tuple[int, bytes]:
    """Status and body, where an address that takes no such method is asked with the other one."""
    response = getattr(client, method)(address)
    if response.status_code == 405:
        response = client.post(address) if method == "get" else client.get(address)
    told = said(response, address, *[part for part in address.split("/") if len(part) > WORD])
    response.close()
    return response.status_code, told
