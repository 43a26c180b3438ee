"""Beats as they arrived, what they add up to, what other sources add or take away, and records that a provider delivered.

`Beat`, `BeatArchive`, `UnitProgress`, `UnitDay` and `TeacherClock` stand in `settings.RECORDED_MODELS`: they live in the recorder's own file on
SQLite, so they hold plain ids instead of foreign keys.
"""

from __future__ import annotations

from django.db import models

from xingtan.foundation.scope.gate import Everywhere, Gate


class Beat(models.Model):
    """One heartbeat of a player, counted or not, with the reason.  pii: none (surrogate ids); kept: 60 days, then as a daily file"""

    session = models.CharField(max_length=36)
    seq = models.PositiveIntegerField()
    teacher_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    received_at = models.BigIntegerField(help_text="epoch seconds of the server's clock")
    local_on = models.DateField()
    client_at = models.BigIntegerField()
    from_s = models.PositiveIntegerField()
    to_s = models.PositiveIntegerField()
    rate_centi = models.PositiveSmallIntegerField()
    is_visible = models.BooleanField()
    is_active = models.BooleanField(default=True, db_default=True, help_text="something was done: turned, typed, chosen, scrolled")
    is_present = models.BooleanField(default=False, db_default=False, help_text="it answered a prompt")
    counted_s = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "seq"], name="beat_once")]
        indexes = [models.Index(fields=["teacher_id", "unit_id", "received_at"], name="beat_teacher_unit")]


class BeatArchive(models.Model):
    """A day of beats that left the table: one Parquet file, kept under its digest, signed.  pii: none (surrogate ids); kept: as the file"""

    local_on = models.DateField()
    part = models.PositiveSmallIntegerField(default=0, help_text="0; more only for beats of the day that were written late")
    first_id = models.BigIntegerField(help_text="its beats have numbers from here")
    last_id = models.BigIntegerField(help_text="to here")
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, help_text="when the last of its beats had left the table")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["local_on", "part"], name="beat_archive_once")]


class UnitProgress(models.Model):
    """What a teacher learned of a unit so far: covered parts, seconds, place to go on.  pii: none (surrogate ids); kept: forever"""

    teacher_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    length_s = models.PositiveIntegerField()
    viewings = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="how many viewings of it count")
    covered = models.JSONField(default=list)
    sessions = models.JSONField(default=dict)
    learned_s = models.PositiveIntegerField(default=0, help_text="in all viewings")
    viewing = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="the viewing that `covered` is of; 1 is the first")
    position_s = models.PositiveIntegerField(default=0)
    published_s = models.PositiveIntegerField(default=0, help_text="how much of it `credits` was already told")
    changed_at = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teacher_id", "unit_id"], name="unit_progress_once"),
            models.CheckConstraint(
                condition=models.Q(learned_s__lte=models.F("length_s") * models.F("viewings")), name="unit_progress_within_length"
            ),
        ]
        indexes = [
            models.Index(fields=["unit_id"], condition=~models.Q(published_s=models.F("learned_s")), name="unit_progress_untold"),
        ]


class UnitDay(models.Model):
    """What a teacher learned of a unit on one local day, and when.

    `walls` are the disjoint stretches of the server's clock that were counted, in order; their length is `learned_s`.
    pii: none (surrogate ids); kept: forever
    """

    teacher_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    local_on = models.DateField(help_text="the day on which the server received the beats")
    learned_s = models.PositiveIntegerField()
    walls = models.JSONField(help_text="[[from, until], …] in epoch seconds")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teacher_id", "unit_id", "local_on"], name="unit_day_once")]
        indexes = [models.Index(fields=["local_on", "teacher_id"], name="unit_day_of_day")]


class TeacherClock(models.Model):
    """Up to when a teacher's time was counted, over all players together, and how much of the latest day.

    pii: none (surrogate ids); kept: forever
    """

    teacher_id = models.BigIntegerField(primary_key=True)
    counted_until = models.BigIntegerField()
    day = models.PositiveIntegerField(default=0, db_default=0, help_text="ordinal of the latest local day on which something arrived")
    day_s = models.PositiveIntegerField(default=0, db_default=0, help_text="seconds counted on it")


class Opening(models.Model):
    """One opening of a unit's player, made with its page: under which rules its beats count, and from where it came.

    pii: a keyed hash of the network address and a random mark of the browser, neither of which tells a person; kept: as long as proofs
    """

    owner = "school"

    session = models.CharField(max_length=36, unique=True, help_text="UUIDv7, as the player's token and its beats name it")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+", help_text="of that day's post")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    opened_at = models.BigIntegerField(help_text="epoch seconds of the server's clock")
    length_s = models.PositiveIntegerField(help_text="most seconds of one viewing, as signed into the token")
    rules = models.JSONField(help_text="the rules of `core.learned_time.BeatRules` in their order, as signed into the token")
    device = models.CharField(max_length=32, blank=True, help_text="random mark of the browser, from its cookie")
    address_key = models.CharField(max_length=32, blank=True, help_text="keyed hash of the client's address, never the address")
    origin = models.CharField(max_length=40, blank=True, help_text="where the row was born; empty: here")

    objects = Gate["Opening"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        indexes = [
            models.Index(fields=["teacher", "opened_at"], name="opening_of_teacher"),
            models.Index(fields=["device", "opened_at"], condition=~models.Q(device=""), name="opening_of_device"),
            models.Index(fields=["address_key", "opened_at"], condition=~models.Q(address_key=""), name="opening_of_address"),
        ]


class UnitShare(models.Model):
    """Seconds of a unit that another source adds (an offline kit) or takes away (a decided anomaly), absolute.  pii: none; kept: forever"""

    owner = "teacher__school"

    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("courses.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, help_text="`kit:…` or `anomaly:…` with what makes it one of a kind")
    seconds = models.IntegerField(help_text="below zero: taken away")
    most_s = models.PositiveIntegerField(default=0, help_text="length × viewings of the unit by the rules the source counted with")
    put_at = models.DateTimeField()

    objects = Gate["UnitShare"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
        constraints = [models.UniqueConstraint(fields=["teacher_id", "unit_id", "source"], name="unit_share_once")]


class DeliveredRecord(models.Model):
    """Learned time that a provider's platform delivered for an offer of its own.  pii: none; kept: forever"""

    owner = "school"

    source = models.CharField(max_length=120, unique=True)
    provider = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    teacher = models.ForeignKey("teachers.Teacher", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey("projects.Offer", on_delete=models.PROTECT, related_name="+")
    learned_s = models.PositiveIntegerField()
    learned_on = models.DateField()
    mode = models.CharField(max_length=40, blank=True, help_text="how it was studied, as the pack's terms name it; empty: not said")
    delivered_at = models.DateTimeField()

    objects = Gate["DeliveredRecord"]()
    everywhere = Everywhere()

    class Meta:
        default_manager_name = base_manager_name = "everywhere"
