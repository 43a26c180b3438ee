"""Signed statements (2.6): a JSON web signature as an attachment, over the statement as it was before it was signed."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import jwt
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from .malformed import Json
from .reading import DECODER, Read
from .refusals import NotTaken
from .sameness import same_meaning

USAGE = "http://adlnet.gov/expapi/attachments/signature"
ALGORITHMS = ["RS256", "RS384", "RS512"]


def check_signatures(read: Read) -> None:
    """Every signature of the request is well formed, fits its certificate or key, and says what its statement says."""
    for place, statement in enumerate(read.statements):
        for number, one in enumerate(statement.get("attachments", ())):
            if one["usageType"] == USAGE:
                path = f"$[{place}].attachments[{number}]"
                if one["contentType"] != "application/octet-stream":
                    raise NotTaken(400, "signature", "a signature is application/octet-stream", f"{path}.contentType")
                part = read.attachments.get(one["sha2"].lower())
                if part is None:
                    raise NotTaken(400, "signature", "a signature comes with the request", f"{path}.sha2")
                _check(statement, part.content, path)


def _check(statement: dict[str, Any], token: bytes, path: str) -> None:
    signed = _payload(token, path)
    unsigned = {**statement, "attachments": [one for one in statement["attachments"] if one["usageType"] != USAGE]}
    if not unsigned["attachments"]:
        del unsigned["attachments"]
    try:
        is_same = isinstance(signed, dict) and _is_named_alike(signed, statement) and same_meaning(_without_empty(signed), unsigned)
    except (AttributeError, KeyError, TypeError, ValueError):
        is_same = False
    if not is_same:
        raise NotTaken(400, "signature", "what was signed is not this statement", path)


def _is_named_alike(signed: dict[str, Any], statement: dict[str, Any]) -> bool:
    """An id that both have is one id; a store may have given it after the signature."""
    return "id" not in signed or "id" not in statement or signed["id"].lower() == statement["id"].lower()


def _without_empty(signed: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in signed.items() if name != "attachments" or one}


def _payload(token: bytes, path: str) -> Json:
    """The signed statement, after its signature was verified with the key in its header; without one it is only read."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise NotTaken(400, "signature", "expected an algorithm of RS256, RS384, RS512", path)
        key = _key(header)
        payload = jwt.PyJWS().decode(token, key=key or "", algorithms=ALGORITHMS, options={"verify_signature": key is not None})
        return DECODER.decode(payload)
    except (jwt.PyJWTError, msgspec.DecodeError, RecursionError, ValueError, TypeError, ArithmeticError) as wrong:
        raise NotTaken(400, "signature", f"not a valid JSON web signature ({type(wrong).__name__})", path) from None


def _key(header: dict[str, Any]) -> RSAPublicKey | None:
    """The key of the first certificate in `x5c`, or the `jwk`; None when the header has neither."""
    if "x5c" in header:
        key = _certified(header["x5c"])
    elif "jwk" in header:
        key = jwt.PyJWK(header["jwk"], algorithm=header["alg"]).key
    else:
        return None
    if not isinstance(key, RSAPublicKey):
        raise TypeError("an RSA key is needed")
    return key


def _certified(chain: object) -> object:
    if not isinstance(chain, list) or not chain or not isinstance(chain[0], str):
        raise TypeError("x5c is a list of certificates")
    try:
        return x509.load_der_x509_certificate(base64.b64decode(chain[0], validate=True)).public_key()
    except (binascii.Error, x509.UnsupportedGeneralNameType) as wrong:
        raise ValueError("not a certificate") from wrong
