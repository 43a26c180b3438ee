"""Signing in with the identity provider of the region: OpenID Connect as its client, code flow with PKCE, state and nonce."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings

from xingtan.foundation.refusal import Refused

TIMEOUT_S = 10
LEEWAY_S = 60
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Region:
    """The provider as the operator configured it: who, our name and secret there, and which claim is which number of ours."""

    issuer: str
    client_id: str
    secret: str
    claim: str
    match: str
    label: str
    scope: str


def region() -> Region | None:
    """The region's identity provider, or None where there is none."""
    told: Mapping[str, str] | None = settings.REGION_SIGN_IN
    return Region(**told) if told else None


def begin(at: Region, back: str) -> tuple[str, dict[str, str]]:
    """Where the browser goes, and what its session keeps until it comes back."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=").decode()
    asked = {"response_type": "code", "client_id": at.client_id, "redirect_uri": back, "scope": at.scope}
    asked |= {"state": kept["state"], "nonce": kept["nonce"], "code_challenge": challenge, "code_challenge_method": "S256"}
    return f"{_discovered(at)['authorization_endpoint']}?{urlencode(asked)}", kept


def finish(at: Region, kept: Mapping[str, str], *, code: str, state: str, back: str) -> str:
    """The claim's value for who came back; raises `Refused` for whatever was not asked for, signed, fresh and meant for us."""
    if not code or not secrets.compare_digest(state.encode(), kept.get("state", "").encode()):
        raise Refused("region_failed")
    try:
        found = _claims(at, kept, code, back)
    except (requests.RequestException, jwt.PyJWTError, ValueError, KeyError, TypeError) as failed:
        raise Refused("region_failed") from failed
    value = found.get(at.claim)
    if not isinstance(value, str) or not value.strip():
        raise Refused("region_no_account")
    return value.strip()


def _claims(at: Region, kept: Mapping[str, str], code: str, back: str) -> dict[str, Any]:
    about = _discovered(at)
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": kept["verifier"]}
    told = _json(
        requests.post(about["token_endpoint"], data=asked, auth=(at.client_id, at.secret), timeout=TIMEOUT_S, allow_redirects=False)
    )
    found = _verified(at, about, str(told["id_token"]), kept["nonce"])
    if at.claim in found or "userinfo_endpoint" not in about:
        return found
    headers = {"Authorization": f"Bearer {told['access_token']}"}
    more = _json(requests.get(about["userinfo_endpoint"], headers=headers, timeout=TIMEOUT_S, allow_redirects=False))
    if more.get("sub") != found["sub"]:
        raise ValueError("the user info is of somebody else")
    return {**more, **found}


def _verified(at: Region, about: Mapping[str, Any], token: str, nonce: str) -> dict[str, Any]:
    keys = jwt.PyJWKSet.from_dict(_json(requests.get(about["jwks_uri"], timeout=TIMEOUT_S, allow_redirects=False)))
    head = jwt.get_unverified_header(token)
    key = keys[head["kid"]] if "kid" in head else keys.keys[0]
    found: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=list(ALGORITHMS),
        audience=at.client_id,
        issuer=at.issuer,
        leeway=LEEWAY_S,
        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
    )
    if not secrets.compare_digest(str(found.get("nonce", "")).encode(), nonce.encode()):
        raise ValueError("the token answers another question")
    return found


def _discovered(at: Region) -> dict[str, Any]:
    """The provider's own description; refused unless it names itself and only safe addresses."""
    try:
        about = _json(requests.get(f"{at.issuer.rstrip('/')}/.well-known/openid-configuration", timeout=TIMEOUT_S, allow_redirects=False))
        addresses = [about[name] for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    except (requests.RequestException, ValueError, KeyError) as failed:
        raise Refused("region_failed") from failed
    if about.get("issuer") != at.issuer or not all(_is_safe(address) for address in addresses):
        raise Refused("region_failed")
    return about


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _json(answer: requests.Response) -> dict[str, Any]:
    answer.raise_for_status()
    found = answer.json()
    if answer.status_code != requests.codes.ok or not isinstance(found, dict):
        raise ValueError("not an answer")
    return found
