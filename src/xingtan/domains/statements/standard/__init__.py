"""The standard's data model: what a statement may look like, when two mean the same. No database, no Django."""

from __future__ import annotations

from collections.abc import Mapping

from xingtan.domains.statements.states import Version

from .agents import ACTOR, AGENT, GROUP
from .malformed import Json, Malformed
from .moments import micros, stamp
from .sameness import same_meaning
from .statement import STATEMENTS
from .tidying import tidied
from .values import Check, duration, iri, language, sha2, timestamp, timestamp_v2, uuid

TIMESTAMPS: Mapping[Version, Check] = {Version.V1: timestamp, Version.V2: timestamp_v2}

__all__ = [
    "ACTOR",
    "AGENT",
    "GROUP",
    "STATEMENTS",
    "TIMESTAMPS",
    "Check",
    "Json",
    "Malformed",
    "duration",
    "iri",
    "language",
    "micros",
    "same_meaning",
    "sha2",
    "stamp",
    "tidied",
    "timestamp",
    "uuid",
]
