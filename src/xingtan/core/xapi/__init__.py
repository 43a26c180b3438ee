"""The standard's data model: what a statement may look like, when two mean the same, and what a request brings. No database, no Django."""

from __future__ import annotations

from collections.abc import Mapping

from .agents import ACTOR, AGENT
from .malformed import Json, Malformed
from .moments import micros, stamp
from .reading import DECODER, ENCODER, MOST_BODY, Part, Read, id_of_put, read
from .refusals import NotTaken
from .sameness import same_meaning
from .signatures import check_signatures
from .statement import STATEMENTS
from .values import Check, iri, language, timestamp, timestamp_v2, uuid
from .versions import VOIDED, Version

TIMESTAMPS: Mapping[Version, Check] = {Version.V1: timestamp, Version.V2: timestamp_v2}

__all__ = [
    "ACTOR",
    "AGENT",
    "DECODER",
    "ENCODER",
    "MOST_BODY",
    "STATEMENTS",
    "TIMESTAMPS",
    "VOIDED",
    "Check",
    "Json",
    "Malformed",
    "NotTaken",
    "Part",
    "Read",
    "Version",
    "check_signatures",
    "id_of_put",
    "iri",
    "language",
    "micros",
    "read",
    "same_meaning",
    "stamp",
    "timestamp",
    "uuid",
]
