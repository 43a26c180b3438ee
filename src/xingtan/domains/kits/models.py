"""Study groups with their grant, the kits made for them, what arrived from the kits, what was keyed in from paper, and a kit's own book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from xingtan.foundation.db import public_id
from xingtan.foundation.keys import open_box
from xingtan.foundation.ledger.models import LedgerLine
from xingtan.foundation.scope.gate import Everywhere, Gate

from .chain import content_of
from .states import How, KitState

PIN_BOX = open_box("kits.pin")


class StudyGroup(models.Model):
    """The county's grant for one year: a place, fixed times, named people, a leader who signs.  pii: ground; kept: ten years"""

    owner = "county"

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    county = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    training_year = models.ForeignKey("policies.TrainingYear", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    place = models.ForeignKey("scope.Organisation", null=True, on_delete=models.PROTECT, related_name="+", help_text="where it meets")
    place_note = models.CharField(max_length=120, blank=True)
    leader = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=300, blank=True)
    granted_at = models.DateTimeField()
    granted_by_id = models.BigIntegerField(null=True)
    ended_on = models.DateField(null=True, help_text="the last day on which it studies, when it ended early")
    end_reason = models.CharField(max_length=300, blank=True)

    objects = Gate["StudyGroup"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["county", "training_year", "name"], name="study_group_name_once_a_year")]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A named person of a group, from a day to a day, and the circumstance that the grant stands on.  pii: none; kept: ten years"""

    group = models.ForeignKey(StudyGroup, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    circumstance = models.ForeignKey("circumstances.Circumstance", null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "teacher"], name="group_member_once")]


class GroupTime(models.Model):
    """One fixed time of a group.  pii: none; kept: ten years"""

    group = models.ForeignKey(StudyGroup, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    from_minute = models.PositiveSmallIntegerField(help_text="of the local day")
    to_minute = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=40, blank=True, help_text="how the group studies then, as the pack's terms name it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "on", "from_minute"], name="group_time_once"),
            models.CheckConstraint(condition=models.Q(to_minute__gt=models.F("from_minute")), name="group_time_ends_after_it_begins"),
        ]


class Kit(models.Model):
    """An offline kit of a group: its public key, the manifest that was signed, and what its lines are in doubt about.  pii: names in the manifest; kept: ten years"""

    owner = "group__county"

    uuid = models.UUIDField(unique=True)
    group = models.ForeignKey(StudyGroup, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="of the group's kits, from 1")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in KitState], default=KitState.MADE.value)
    public_key = models.CharField(max_length=60)
    manifest = models.JSONField(help_text="as signed; it stands on the laptop too")
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    doubts = models.JSONField(default=dict, help_text="lines or seconds that do not count, by reason")
    heard_at = models.DateTimeField(null=True, help_text="when something last arrived")

    objects = Gate["Kit"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="kit_number_once_a_group")]


class KitPerson(models.Model):
    """A person of a kit, and the code with which the person signs there.  pii: encrypted code; kept: ten years"""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    pin_closed = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "teacher"], name="kit_person_once")]


class Delivery(models.Model):
    """Something that arrived from a kit: how, from whom, and how much of it was new.  pii: none; kept: ten years"""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=6, choices=[(h.value, h.value) for h in How])
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    head_height = models.PositiveIntegerField()
    new_blocks = models.PositiveIntegerField()
    known_blocks = models.PositiveIntegerField()


class KitBlock(models.Model):
    """A block of a kit's chain as it arrived; append-only by the database.  pii: answers to quizzes; kept: forever"""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="+")
    height = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    posted_at = models.CharField(max_length=40)
    lines = models.JSONField(help_text="[[source, body], …]")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "digest"], name="kit_block_once")]
        indexes = [models.Index(fields=["kit", "height"], name="kit_block_height")]


class ForkDecision(models.Model):
    """Which ways of a forked chain the county lets stand; a later decision of the same fork takes the place of the earlier.  pii: reason; kept: forever"""

    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="+")
    previous = models.CharField(max_length=64)
    chosen = models.JSONField(help_text="digests of the first blocks of the ways that stand")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)


class PaperSheet(models.Model):
    """An attendance sheet of one fixed time as it was keyed in: the last keying counts.  pii: scan; kept: ten years"""

    time = models.OneToOneField(GroupTime, on_delete=models.PROTECT, related_name="+")
    scan = models.ForeignKey("files.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    shown = models.JSONField(help_text="[[unit, from minute, to minute, from second of the unit], …]")
    there = models.JSONField(help_text="[[teacher, from minute, to minute], …]")
    keyed_at = models.DateTimeField()
    keyed_by_id = models.BigIntegerField(null=True)


class CountedTime(models.Model):
    """What counts of a group's study: a projection of blocks and sheets, rebuilt whenever one arrives.  pii: none; kept: forever"""

    source = models.CharField(max_length=60, help_text="kit:… or paper:…")
    group = models.ForeignKey(StudyGroup, on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    mode = models.CharField(max_length=40, blank=True)
    seconds = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "teacher", "unit", "on", "mode"], name="counted_time_once")]
        indexes = [models.Index(fields=["teacher"], name="counted_time_teacher")]


class KitLine(LedgerLine):
    """A line of a kit's own book, on the laptop; at the centre this table is empty.  pii: answers to quizzes; kept: with the laptop"""

    what = models.CharField(max_length=10)
    session = models.CharField(max_length=36, blank=True)
    at = models.BigIntegerField(help_text="epoch seconds of the laptop's clock")
    body: Any = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["session"], name="kit_line_session")]

    def content(self) -> Mapping[str, object]:
        """What the line's digest covers."""
        return content_of(self.source, self.body)
