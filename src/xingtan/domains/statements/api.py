"""The door of the room `statements`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import GIVE_CREDENTIALS, SEE_CREDENTIALS, SEE_STATEMENTS
from .arrivals import Arrival, last_place, statements_since
from .authenticating import NotAuthentic, authenticate, forget_senders, known_origins
from .credentials import (
    Given,
    Rights,
    credential_of,
    credentials_of,
    give_credential,
    is_origin,
    project_choices,
    projects_of_credentials,
    providers_of,
    revoke_credential,
    rotate_credential,
)
from .documents import (
    ConditionFailed,
    ConditionMissing,
    Conditions,
    Content,
    NotMergeable,
    Place,
    Shelf,
    clear_shelf,
    document_at,
    document_ids,
    etag_of,
    merge_document,
    put_document,
    remove_document,
    tags_in,
)
from .finding import Row, Wanted
from .formats import accepted_languages, activities_in, best_of, canonical, dumped, exact, in_one_language, only_ids, parsed
from .keys import identity
from .launches import LaunchRefused, launch_password, launch_token, site_agent
from .models import Attachment, Credential, Document
from .queries import Found, attachments_of, consistent_through, definitions_of, find_statement, find_statements, onward
from .reading import MOST_BODY
from .refusals import NotTaken
from .secrets import opened, signed
from .shown import agent_of_text, attachment_shown, people_asked_for, provider_shown, statement_shown, statements_shown
from .standard import ACTOR, AGENT, Malformed, iri, micros, stamp, timestamp
from .states import DocumentKind, Sender, Version
from .taking import Accepted, Received, receive
from .words import REFUSALS, RIGHTS

__all__ = [
    "ACTOR",
    "AGENT",
    "GIVE_CREDENTIALS",
    "MOST_BODY",
    "REFUSALS",
    "RIGHTS",
    "SEE_CREDENTIALS",
    "SEE_STATEMENTS",
    "Accepted",
    "Arrival",
    "Attachment",
    "ConditionFailed",
    "ConditionMissing",
    "Conditions",
    "Content",
    "Credential",
    "Document",
    "DocumentKind",
    "Found",
    "Given",
    "LaunchRefused",
    "Malformed",
    "NotAuthentic",
    "NotMergeable",
    "NotTaken",
    "Place",
    "Received",
    "Rights",
    "Row",
    "Sender",
    "Shelf",
    "Version",
    "Wanted",
    "accepted_languages",
    "activities_in",
    "agent_of_text",
    "attachment_shown",
    "attachments_of",
    "authenticate",
    "best_of",
    "canonical",
    "clear_shelf",
    "consistent_through",
    "credential_of",
    "credentials_of",
    "definitions_of",
    "document_at",
    "document_ids",
    "dumped",
    "etag_of",
    "exact",
    "find_statement",
    "find_statements",
    "forget_senders",
    "give_credential",
    "identity",
    "in_one_language",
    "iri",
    "is_origin",
    "known_origins",
    "last_place",
    "launch_password",
    "launch_token",
    "merge_document",
    "micros",
    "only_ids",
    "onward",
    "opened",
    "parsed",
    "people_asked_for",
    "project_choices",
    "projects_of_credentials",
    "provider_shown",
    "providers_of",
    "put_document",
    "receive",
    "remove_document",
    "revoke_credential",
    "rotate_credential",
    "signed",
    "site_agent",
    "stamp",
    "statement_shown",
    "statements_shown",
    "statements_since",
    "tags_in",
    "timestamp",
]
