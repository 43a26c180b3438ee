"""The tables of the file command: their columns, and what each holds. The same columns are a closed year's Parquet."""

from __future__ import annotations

from collections.abc import Mapping

TEACHERS: Mapping[str, str] = {
    "teacher_id": "the teacher, any text; once in this table",
    "category": "number of the item of training that holds; empty: none is chosen",
    "hired_on": "first day as a teacher; empty: before the cycle",
    "retires_on": "day of retirement; empty: not in sight",
    "left_on": "last day on the roster; empty: still there",
}
FACTS: Mapping[str, str] = {
    "teacher_id": "a teacher of the table of teachers",
    "name": "a fact that the pack knows: category, leave, rank, duty, arrived, …",
    "value": "its value: an item's number, a ground of leave, a rank; for a plain fact empty or yes",
    "from": "first day on which it holds; empty: always did",
    "to": "last day on which it holds, not before the first; empty: still does",
}
ACTIVITIES: Mapping[str, str] = {
    "teacher_id": "a teacher of the table of teachers",
    "year": "training year, named by the year it starts in, 2011; empty: the training year of on_date",
    "component": "a component of the pack",
    "tier": "level that ran it, a code of the pack",
    "mode": "how it was held, a code of the pack",
    "topic": "area or part of the component, a code of the pack",
    "activity": "what it was, a code of the pack",
    "amount": "how much of the unit: at most two decimals, 0.01 to 9999999.99; below zero takes back",
    "unit": "hour, minute, second, half_day, day, week, month, time, lesson, meeting, paper, word, credit or point",
    "result": "what came of it (a prize, a grade), a code of the pack",
    "role": "as what the teacher took part, a code of the pack",
    "on_date": "day of the activity, 2011-11-05",
    "status": "verified counts; learned, entered, reviewed stand, not verified yet; rejected, withdrawn count nothing; empty: verified",
    "source_id": "the course, book or order it comes from, any text; caps per source go by it",
}
RESULTS: Mapping[str, str] = {
    "teacher_id": "a teacher of the table of teachers",
    "year": "training year, 2011",
    "assessment": "an assessment of the pack; for assignments and work products one row per piece that is required",
    "score": "points, at most two decimals, 0 to the assessment's most; empty: no score",
    "passed": "1 or 0 (yes, no, true, false); empty: the score says it",
    "status": "final counts; waiting: handed in or sat, not decided; absent, voided, cheated: as not taken; empty: final",
}
VERDICTS: Mapping[str, str] = {
    "teacher_id": "as in the table of teachers",
    "year": "training year; cycle for the cycle's own row, the teacher's last",
    "verdict": "qualified, exam_required, make_up_required, not_qualified, exempt, deferred, in_progress or undetermined",
    "reasons": "codes joined by ; the first is why; `xingtan policy show PACK` lists them",
    "recognised": "min(learned, cap) of all buckets, in the pack's unit (hours or credits)",
    "required": "what the year or the cycle asks for",
    "carried": "what an earlier year handed on to this one",
}
# Without these a table says nothing; a column that is not there otherwise is empty throughout.
REQUIRED: Mapping[str, frozenset[str]] = {
    "teachers": frozenset({"teacher_id"}),
    "facts": frozenset({"teacher_id", "name"}),
    "activities": frozenset({"teacher_id", "component", "amount", "unit"}),
    "results": frozenset({"teacher_id", "year", "assessment"}),
}
TABLES: Mapping[str, Mapping[str, str]] = {"teachers": TEACHERS, "facts": FACTS, "activities": ACTIVITIES, "results": RESULTS}
ACTIVITY_STATUSES = ("verified", "learned", "entered", "reviewed", "rejected", "withdrawn")
RESULT_STATUSES = ("final", "waiting", "absent", "voided", "cheated")
CYCLE = "cycle"
