"""Labels and sentences of the exchange."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Channel, Field, Problem, Unit, WhyNot

Word = str | Promise

REFUSALS: dict[str, Word] = {
    "records_headings": _(
        "The file could not be read as a list of records: no column was found for %(headings)s. Say once which column it is."
    ),
    "records_without_rows": _("The file has headings but no rows."),
    "records_too_many": _("A file may hold up to %(most)s records. Deliver it in parts."),
    "records_have_problems": _("%(count)s rows are to be mended. Nothing was delivered."),
    "record_replaced_before": _("%(count)s records were corrected before. Name the correction, not the first record."),
    "record_replaced_unknown": _("%(count)s corrections name a record that was not delivered by this provider."),
    "delivery_undone_before": _("This delivery was undone before."),
    "delivery_is_an_undo": _("An undoing is not undone. Deliver the records again under new numbers."),
    "delivery_corrected_since": _("%(count)s records of this delivery were corrected since. Undo the later delivery first."),
    "delivery_year_closed": _("The training year of this delivery is closed. Its records stand as they are."),
    "delivery_needs_reason": _("Say why the delivery is undone."),
    "remark_empty": _("Write what you want to say to this line."),
    "activity_not_yours": _("This offer is another provider's."),
    "activity_iri_wrong": _("An activity's name is an IRI such as https://example.org/course/7, up to 400 characters."),
    "file_not_parquet": _("The Parquet file could not be read."),
}
PROBLEMS: dict[str, Word] = {
    Problem.NUMBER_MISSING: _("the record number is missing or longer than 80 characters"),
    Problem.NUMBER_TWICE: _("this record number stands in the file more than once"),
    Problem.NOT_A_TRAINEE: _("no trainee of yours has this identity number"),
    Problem.NAME_DIFFERS: _("the name does not belong to this identity number"),
    Problem.OFFER_UNKNOWN: _("the trainee did not choose this course or project of yours in the year of this day"),
    Problem.YEAR_CLOSED: _("the training year of this day is closed"),
    Problem.SECONDS_WRONG: _("the time is not a whole number of seconds above zero"),
    Problem.DAY_WRONG: _("the day is not a date such as 2026-03-15, or it is in the future"),
    Problem.TIMES_WRONG: _("begin and end are not two moments such as 2026-03-15 19:30:00, one after the other"),
    Problem.MODE_UNKNOWN: _("the policy of that year knows no such way of studying"),
    Problem.RECORD_DIFFERS: _("this record number was delivered before with other figures; give the correction a new number"),
    Problem.REPLACED_UNKNOWN: _("the record that it corrects was not delivered"),
    Problem.REPLACED_BEFORE: _("the record that it corrects was corrected before"),
}
# The headings of our own template; `HEADING_ALIASES` are others that are understood without being told.
HEADINGS: dict[Field, str] = {
    Field.NUMBER: "记录编号",
    Field.IDENTITY: "身份证件号码",
    Field.NAME: "姓名",
    Field.TITLE: "课程/项目",
    Field.SECONDS: "学时秒数",
    Field.DAY: "日期",
    Field.MODE: "学习方式",
    Field.FIRST: "起始日期",
    Field.BEGIN: "开始时间",
    Field.END: "结束时间",
    Field.MEDIA: "媒体时长秒数",
    Field.REPLACES: "更正记录编号",
}
HEADING_ALIASES: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: ("编号", "记录号", "流水号", "record_id", "record number", "id"),
    Field.IDENTITY: ("身份证号", "身份证号码", "证件号码", "证件号", "identity_number", "id_number"),
    Field.NAME: ("教师姓名", "学员姓名", "学员", "name"),
    Field.TITLE: ("课程", "课程名称", "项目", "项目名称", "course", "title"),
    Field.SECONDS: ("学习秒数", "学习时长", "学习时长秒", "时长", "seconds", "duration"),
    Field.DAY: ("学习日期", "截止日期", "day", "date"),
    Field.MODE: ("方式", "mode"),
    Field.FIRST: ("首日", "first_on"),
    Field.BEGIN: ("开始", "学习开始时间", "begin", "from", "started_at"),
    Field.END: ("结束", "学习结束时间", "end", "until", "ended_at"),
    Field.MEDIA: ("媒体时长", "视频时长", "media_seconds"),
    Field.REPLACES: ("更正", "原记录编号", "replaces"),
}
FIELD_LABELS: dict[Field, Word] = {
    Field.NUMBER: _("Record number"),
    Field.IDENTITY: _("Identity number"),
    Field.NAME: _("Name"),
    Field.TITLE: _("Course or project"),
    Field.SECONDS: _("Time learned"),
    Field.DAY: _("Day"),
    Field.MODE: _("Way of studying"),
    Field.FIRST: _("First day"),
    Field.BEGIN: _("Begin"),
    Field.END: _("End"),
    Field.MEDIA: _("Length of the medium"),
    Field.REPLACES: _("Corrects record"),
}
UNITS: dict[Unit, Word] = {Unit.SECONDS: _("seconds"), Unit.MINUTES: _("minutes"), Unit.HOURS: pgettext_lazy("clock", "hours")}
CHANNELS: dict[Channel, Word] = {
    Channel.FILE: pgettext_lazy("delivery", "File"),
    Channel.INBOX: pgettext_lazy("delivery", "Nightly file"),
    Channel.API: pgettext_lazy("delivery", "API"),
    Channel.COMMAND: pgettext_lazy("delivery", "Command"),
    Channel.STATEMENTS: pgettext_lazy("delivery", "Statements (xAPI)"),
    Channel.CORRECTION: pgettext_lazy("delivery", "Correction"),
    Channel.UNDO: pgettext_lazy("delivery", "Undone"),
}
WHY_NOT: dict[WhyNot, Word] = {
    WhyNot.REPLACED: _("corrected or taken back by the provider"),
    WhyNot.ACTIVITY_UNKNOWN: _("activity belongs to no offer"),
    WhyNot.NOT_ENROLLED: _("not a trainee of the project"),
    WhyNot.IMPOSSIBLE: _("longer than the time it is said to have taken"),
    WhyNot.FUTURE: _("in the future when it was said"),
    WhyNot.OUTSIDE: _("outside the training year"),
    WhyNot.DUPLICATE: _("the same under another number"),
    WhyNot.LENGTH: _("more than the course or the medium is long"),
    WhyNot.OVERLAPS_HERE: _("time that was counted on this platform"),
    WhyNot.OVERLAPS_OTHER: _("time that another provider's record counts for"),
    WhyNot.OVERLAPS_SAME: _("time that another record of the provider counts for"),
    WhyNot.DAY_CAP: _("over the most that a day may count"),
}
JOB_WORDS: dict[str, tuple[Word, dict[str, Word]]] = {
    "exchange.look": (_("Looking at a file of records"), {}),
    "exchange.deliver": (_("Delivering records"), {}),
}
