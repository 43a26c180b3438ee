"""Pages that show one person's record: what they show, and the words of the address that name the person (of a merge, both)."""

from __future__ import annotations

from collections.abc import Mapping

PUBLIC_ID, PID = "public_id", "pid"
LOOKS: Mapping[str, tuple[str, ...]] = {
    "school:teacher": ("record", PUBLIC_ID),
    "bureau:teacher": ("record", PUBLIC_ID),
    "bureau:correction_new": ("record", PUBLIC_ID),
    "school:object_for": ("record", PUBLIC_ID),
    "school:teacher_card": ("card", PID),
    "bureau:teacher_card": ("card", PID),
    "school:teacher_unmask": ("card", PID),
    "bureau:teacher_unmask": ("card", PID),
    "school:teacher_posts": ("card", PID),
    "bureau:teacher_posts": ("card", PID),
    "bureau:merge": ("card", "merged", "into"),
    "school:teacher_everything": ("everything", PID),
    "bureau:teacher_everything": ("everything", PID),
    "bureau:why": ("why", PUBLIC_ID),
    "bureau:proofs": ("time", PUBLIC_ID),
    "bureau:proof": ("time", PUBLIC_ID),
    "bureau:eligibility_person": ("eligibility", PUBLIC_ID),
    "school:sheet": ("paper", PID),
    **dict.fromkeys(
        [
            "api-v1:teachers_get",
            "api-v1:records_get",
            "api-v1:records_explain",
            "api-v1:eligibility_get",
            "api-v1:proofs_list",
            "api-v1:proofs_get",
        ],
        ("rest", "teacher"),
    ),
}
