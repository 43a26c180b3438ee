"""Statements as they arrived, what they are found by, what was voided, their attachments; documents; credentials.

All but `Credential` stand in `settings.RECORDED_MODELS`: they live in the recorder's own file on SQLite, so they hold plain ids
instead of foreign keys. Provider 0 is this site itself.
"""

from __future__ import annotations

from django.db import models

from xingtan.foundation.scope.gate import Everywhere, Gate

from .states import DocumentKind


class Statement(models.Model):
    """One xAPI statement, never changed; `id` is when it was stored, in microseconds, and no two are equal.  pii: names and mail addresses inside `content`; kept: forever"""

    id = models.BigIntegerField(primary_key=True, help_text="`stored`, epoch microseconds; grows in the order of commits")
    statement_id = models.UUIDField()
    provider_id = models.BigIntegerField(help_text="0: this site")
    credential_id = models.BigIntegerField(help_text="0: a short-lived token")
    teacher_id = models.BigIntegerField(null=True, help_text="whom it is about, when the actor is an account of this site")
    actor_key = models.BigIntegerField(null=True, help_text="null: an anonymous group")
    verb_key = models.BigIntegerField()
    activity_key = models.BigIntegerField(null=True, help_text="of an object that is an activity")
    registration = models.UUIDField(null=True)
    refers_to = models.UUIDField(null=True, help_text="of an object that is a StatementRef")
    content = models.TextField(help_text="canonical JSON with id, stored, timestamp, authority and version")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement_id"], name="statement_id_once")]
        indexes = [
            models.Index(fields=["provider_id", "id"], name="statement_by_provider"),
            models.Index(fields=["provider_id", "actor_key", "id"], name="statement_by_provider_actor"),
            models.Index(fields=["provider_id", "verb_key", "id"], name="statement_by_provider_verb"),
            models.Index(fields=["provider_id", "activity_key", "id"], name="statement_by_provider_what"),
            models.Index(
                fields=["provider_id", "registration", "id"],
                condition=models.Q(registration__isnull=False),
                name="statement_by_provider_reg",
            ),
            models.Index(fields=["refers_to"], condition=models.Q(refers_to__isnull=False), name="statement_by_reference"),
            models.Index(fields=["provider_id", "id"], condition=models.Q(refers_to__isnull=False), name="statement_references"),
        ]


class Mention(models.Model):
    """What else a statement is found by: members, agents as objects, and (with other keys) everything merely related.  pii: none (keys are digests); kept: forever"""

    pk = models.CompositePrimaryKey("key", "seq")
    key = models.BigIntegerField()
    seq = models.BigIntegerField(help_text="the statement's id")


class Voiding(models.Model):
    """A provider's statement that voids another of its own, which may come later.  pii: none; kept: forever"""

    pk = models.CompositePrimaryKey("target", "provider_id")
    target = models.UUIDField()
    provider_id = models.BigIntegerField()
    seq = models.BigIntegerField(help_text="the voiding statement's id")


class Activity(models.Model):
    """The last definition that a provider's statements gave to an activity.  pii: none; kept: forever"""

    pk = models.CompositePrimaryKey("key", "provider_id")
    key = models.BigIntegerField()
    provider_id = models.BigIntegerField()
    iri = models.TextField()
    definition = models.TextField(help_text="canonical JSON")


class Attachment(models.Model):
    """The bytes of an attachment, once per provider and digest.  pii: whatever the provider attached; kept: forever"""

    pk = models.CompositePrimaryKey("sha2", "provider_id")
    sha2 = models.CharField(max_length=64)
    provider_id = models.BigIntegerField()
    content_type = models.CharField(max_length=200)
    content = models.BinaryField()


class Document(models.Model):
    """A document of the state, activity profile or agent profile resource.  pii: whatever the provider keeps of a learner; kept: until deleted"""

    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DocumentKind])
    provider_id = models.BigIntegerField(help_text="0: this site")
    place = models.CharField(max_length=32, help_text="digest of everything that names it")
    shelf = models.CharField(max_length=32, help_text="digest of what names all documents of this activity and agent")
    registration = models.UUIDField(null=True)
    document_id = models.TextField(help_text="stateId or profileId")
    content_type = models.CharField(max_length=200)
    content = models.BinaryField()
    etag = models.CharField(max_length=64)
    changed_at = models.BigIntegerField(help_text="epoch microseconds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place"], name="document_once")]
        indexes = [models.Index(fields=["shelf"], name="document_shelf")]


class Credential(models.Model):
    """A key and its secret with which a provider's platform speaks to the store, for some of its projects.  pii: none; kept: forever"""

    owner = "provider"

    public_id = models.CharField(max_length=12, unique=True, help_text="the key of Basic authentication")
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    secret_hash = models.CharField(max_length=64, help_text="a digest: the secret is 32 random bytes, shown once")
    previous_hash = models.CharField(max_length=64, blank=True, help_text="the secret before the last rotation")
    previous_until = models.DateTimeField(null=True, help_text="so long it still opens")
    may_read = models.BooleanField(default=True, help_text="what this key itself wrote")
    may_write = models.BooleanField(default=True)
    may_read_projects = models.BooleanField(default=False, help_text="what all of the provider's keys wrote of teachers in the projects")
    may_keep_documents = models.BooleanField(default=True)
    origins = models.TextField(blank=True, help_text="a line each: pages from there may call from a browser")
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True, help_text="to the hour")
    ended_at = models.DateTimeField(null=True)

    objects = Gate["Credential"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"


class CredentialProject(models.Model):
    """A project for which a credential's statements count.  pii: none; kept: forever"""

    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential", "project"], name="credential_project_once")]
