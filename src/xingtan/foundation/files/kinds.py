"""Which kinds of stored files hold personal data and are closed at rest; everything else lies as it came, so that films can be sought in."""

from __future__ import annotations

# Rosters and deliveries hold identity numbers; scans of circumstances and signed sheets hold health, family and signatures;
# what teachers hand in shows pupils; bids name the people of a team.
PERSONAL = frozenset(
    {
        "roster",
        "roster.preview",
        "roster.mend",
        "roster.bundle",
        "learning_records",
        "exchange.look",
        "exchange.mend",
        "opening",
        "credits.opening",
        "credits.opening_report",
        "exam_results",
        "hand_in",
        "nominations",
        "nominations.mend",
        "circumstance",
        "late_entry",
        "group_sheet",
        "recognition",
        "recognition.folder",
        "recognition.platform",
        "everything",
        "papers.month_book",
        "papers.sealed",
        "papers.opening",
        "papers.opening_scan",
        "papers.opening_proof",
        "tenders.file",
        "tenders.copy",
    }
)


def is_personal(kind: str) -> bool:
    """True when files of this kind are closed at rest."""
    return kind in PERSONAL
