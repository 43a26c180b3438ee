"""Every knob of a deployment, read once; nothing else reads the environment."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator, model_validator

PREFIX = "XINGTAN_"


class Env(BaseModel):
    """The deployment's knobs, `XINGTAN_*`; an unknown or malformed one stops the program with its name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: Path = Path("var")
    database_url: str = ""
    secret_key: SecretStr = SecretStr("")
    debug: bool = False
    allowed_hosts: str = "127.0.0.1,localhost,[::1]"
    public_url: str = "http://127.0.0.1:8000"
    content_host: str = "localhost"
    proxies: int = 0
    upload_limit_mb: int = 64
    document_limit_kb: int = 1024
    beats_kept_days: int = 60
    inbox: str = ""
    icp_line: str = ""
    worker_in_process: bool = True
    serving: bool = False
    kit: bool = False
    log_level: str = "INFO"
    anomaly_limits: dict[str, int] = {}
    second_factor: bool | None = None
    identity_issuer: str = ""
    identity_client_id: str = ""
    identity_client_secret: SecretStr = SecretStr("")
    identity_claim: str = "sub"
    identity_match: Literal["number", "staff_number", "login"] = "number"
    identity_label: str = ""
    identity_scope: str = "openid"

    @field_validator("anomaly_limits", mode="before")
    @classmethod
    def _limits_as_json(cls, value: object) -> object:
        return json.loads(value or "{}") if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("expected sqlite:///FILE or postgresql://…")
        return value

    @model_validator(mode="after")
    def _packages_apart(self) -> Env:
        if urlsplit(self.public_url).hostname == self.content_host.partition(":")[0]:
            raise ValueError(
                "XINGTAN_CONTENT_HOST and XINGTAN_PUBLIC_URL name the same host: packages of others need a host name of their own"
            )
        return self

    @model_validator(mode="after")
    def _region_whole(self) -> Env:
        if self.identity_issuer and not self.identity_client_id:
            raise ValueError("XINGTAN_IDENTITY_ISSUER is set: XINGTAN_IDENTITY_CLIENT_ID must name us there")
        return self

    @property
    def is_sqlite(self) -> bool:
        """True when the records live in a SQLite file, so that one process and one writer serve them."""
        return not self.database_url.startswith("postgresql://")

    def path(self, *parts: str) -> Path:
        """A place under the data folder, whose parent exists afterwards."""
        place = self.home.resolve().joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def read_env() -> Env:
    """The environment's `XINGTAN_*` variables as one frozen model."""
    given = {key.removeprefix(PREFIX).lower(): value for key, value in os.environ.items() if key.startswith(PREFIX)}
    return Env.model_validate(given)


def own_secret(env: Env, name: str) -> str:
    """A secret of this installation: from the keys folder, made on first use, readable by its owner only."""
    place = env.path("keys", name)
    if not place.exists():
        place.parent.chmod(0o700)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return place.read_text(encoding="ascii").strip()


ENV = read_env()
