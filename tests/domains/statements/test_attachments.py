"""Attachments come as parts with their digests; a signature is one that says what its statement says (1.5.2, 2.4.11, 2.6)."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.statement_samples import as_json, at, sender, small
from xingtan.core.xapi.reading import MOST_ATTACHMENT
from xingtan.domains.statements.api import NotTaken, Received, Version, receive
from xingtan.domains.statements.models import Attachment, Statement
from xingtan.domains.statements.storing import settle

pytestmark = pytest.mark.django_db(databases="__all__")
USAGE = "http://adlnet.gov/expapi/attachments/signature"
TYPE = 'multipart/mixed; boundary="xx--1"'
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class AtOnce:
    """A committer without a thread."""

    def submit(self, post):
        return settle([post])[0]


def send(body, content_type=TYPE, who=None):
    return receive(Received(who or sender(), Version.V1, "POST", None, content_type, body), AtOnce()).ids


def entry(content, **more):
    said = {"usageType": "http://example.cn/use", "display": {"en": "x"}, "contentType": "text/plain", "length": len(content)}
    return said | {"sha2": hashlib.sha256(content).hexdigest()} | more


def part(content, **headers):
    given = {
        "Content-Type": "text/plain",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": hashlib.sha256(content).hexdigest(),
    }
    named = {**given, **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return head.encode() + b"\r\n" + content


def mixed(*parts):
    return b"--xx--1\r\n" + b"\r\n--xx--1\r\n".join(parts) + b"\r\n--xx--1--\r\n"


def first(*statements):
    return b"Content-Type: application/json\r\n\r\n" + as_json(list(statements))


def refused(body, content_type=TYPE):
    with pytest.raises(NotTaken) as why:
        send(body, content_type)
    assert not Statement.objects.exists()
    return why.value.status, why.value.path


def test_an_attachment_is_kept_once_for_each_provider():
    content = b"\r\n--xx\r\n\x00\xff certificate"
    for who in (sender(), sender(), sender(provider_id=8)):
        send(mixed(first(small(attachments=[entry(content)]), small(attachments=[entry(content)])), part(content)), who=who)
    assert sorted(Attachment.objects.values_list("provider_id", flat=True)) == [7, 8]
    assert bytes(Attachment.objects.filter(provider_id=7).get().content) == content


def test_a_part_of_no_known_media_type_is_kept_as_octets():
    send(mixed(first(small(attachments=[entry(b"abc")])), part(b"abc", Content_Type="\x00")))
    assert Attachment.objects.get().content_type == "application/octet-stream"


def test_an_attachment_with_an_address_needs_no_part():
    send(as_json(small(attachments=[entry(b"abc", fileUrl="https://example.cn/a")])), "application/json; charset=utf-8")
    assert refused_after_one(as_json(small(attachments=[entry(b"abc")])), "application/json") == (400, "$[0].attachments[0].sha2")


def refused_after_one(body, content_type):
    with pytest.raises(NotTaken) as why:
        send(body, content_type)
    return why.value.status, why.value.path


ABC, OTHER = b"abc", b"abd"
WITH_ABC = small(attachments=[entry(ABC)])


@pytest.mark.parametrize(
    ("body", "content_type", "answer"),
    [
        (mixed(first(WITH_ABC)), TYPE, (400, "$[0].attachments[0].sha2")),
        (mixed(first(WITH_ABC), part(OTHER)), TYPE, (400, "$[0].attachments[0].sha2")),
        (mixed(first(WITH_ABC), part(ABC), part(OTHER)), TYPE, (400, "")),
        (mixed(first(WITH_ABC), part(ABC, X_Experience_API_Hash="0" * 64)), TYPE, (400, "")),
        (mixed(first(WITH_ABC), part(ABC, X_Experience_API_Hash=None)), TYPE, (400, "")),
        (mixed(first(WITH_ABC), part(ABC, X_Experience_API_Hash="é" * 64)), TYPE, (400, "")),
        (mixed(first(WITH_ABC), part(ABC, Content_Transfer_Encoding=None)), TYPE, (400, "")),
        (mixed(first(WITH_ABC), part(ABC, Content_Transfer_Encoding="base64")), TYPE, (400, "")),
        (mixed(first(at(WITH_ABC, "attachments.0.length", 4)), part(ABC)), TYPE, (400, "$[0].attachments[0].length")),
        (mixed(part(ABC), first(WITH_ABC)), TYPE, (400, "")),
        (mixed(first(WITH_ABC), part(ABC)), "multipart/mixed", (400, "")),
        (mixed(first(WITH_ABC), part(ABC)), "multipart/mixed; boundary=other", (400, "")),
        (mixed(first(WITH_ABC), part(ABC))[:-12], TYPE, (400, "")),
        (mixed(first(WITH_ABC), b"no headers"), TYPE, (400, "")),
        (b"", TYPE, (400, "")),
        (as_json(WITH_ABC), "text/plain", (400, "")),
        (as_json(WITH_ABC), "", (400, "")),
        (mixed(first(), *[part(str(number).encode()) for number in range(101)]), TYPE, (413, "")),
        (mixed(first(WITH_ABC), part(bytes(MOST_ATTACHMENT + 1))), TYPE, (413, "")),
    ],
)
def test_parts_that_do_not_follow_the_standard(body, content_type, answer):
    assert refused(body, content_type) == answer


def certificate(key=KEY):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "provider")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1)).sign(
        key, hashes.SHA256()
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


def signed(statement, token):
    entries = [*statement.get("attachments", []), entry(token, usageType=USAGE, contentType="application/octet-stream")]
    return mixed(first(statement | {"attachments": entries}), part(token, Content_Type="application/octet-stream"))


def token(statement, algorithm="RS256", key=KEY, **headers):
    return jwt.PyJWS().encode(as_json(statement), key, algorithm=algorithm, headers=headers).encode()


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
@pytest.mark.parametrize(
    "header", [{}, {"x5c": [certificate()]}, {"jwk": jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)}]
)
def test_a_signed_statement_is_taken(algorithm, header):
    statement = small()
    assert send(signed(statement, token(statement, algorithm, **header))) == (statement["id"],)


ONE = small()


@pytest.mark.parametrize(
    "made",
    [
        token(small(), x5c=[certificate()]),
        token(at(ONE, "verb.id", "http://example.cn/other"), x5c=[certificate()]),
        token(ONE, x5c=[certificate(rsa.generate_private_key(public_exponent=65537, key_size=2048))]),
        token(ONE, x5c=["!"]),
        token(ONE, x5c="x"),
        token(ONE, x5c=[base64.b64encode(b"x").decode()]),
        token(ONE, jwk={"kty": "oct", "k": "x"}),
        token(ONE, "HS256", key="a secret of thirty-two bytes or more"),
        token([ONE]),
        token("x"),
        b"a.b.c",
        b"",
        token(ONE)[:-8] + b"AAAAAAAA" + b".x",
    ],
)
def test_a_signature_that_does_not_fit_is_refused(made):
    assert refused(signed(ONE, made)) == (400, "$[0].attachments[0]")


def test_a_signature_comes_with_the_request_and_as_octets():
    made = token(ONE)
    far = entry(made, usageType=USAGE, contentType="application/octet-stream", fileUrl="https://example.cn/s")
    assert refused(as_json(ONE | {"attachments": [far]}), "application/json") == (400, "$[0].attachments[0].sha2")
    plain = signed(ONE, made).replace(b'"application/octet-stream"', b'"text/plain"')
    assert refused(plain) == (400, "$[0].attachments[0].contentType")
