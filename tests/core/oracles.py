"""Four more years written by hand, straight from their documents and readings: oracles of the packs that are not the province's own.

They share no line with the product; they must not. A year is a plain dict: `item`, `leave`, `closed`, `retires`, `turn`,
`activities` as (component, tier, mode, activity, result, unit, amount, is_verified) and `results` as (assessment, score or None, waiting).
Amounts and scores are Fractions of their unit. Each answers with verdict, route, and hundredths recognised and verified.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor


def centi(amount):
    return floor(amount * 100)


def summed(rows, worth):
    """Hundredths of all rows, and of those that are verified."""
    return centi(sum((worth(row) for row in rows), Fraction(0))), centi(sum((worth(row) for row in rows if row[7]), Fraction(0)))


def best(year, assessment):
    """The best score of a test that was sat, or None."""
    return max((score for name, score, waiting in year["results"] if name == assessment and not waiting), default=None)


def awaited(year, assessment):
    return best(year, assessment) is None and any(name == assessment and waiting for name, _, waiting in year["results"])


def dawa(year):
    """100 hours; ordinary, online and written all passed; school-based study counts with homework."""

    def worth(row):
        _, _, mode, _, result, unit, amount, _ = row
        if mode == "school_based" and result != "homework":
            return Fraction(0)
        return amount if unit == "hour" else amount / 60

    learned, checked = summed(year["activities"], worth)
    recognised, verified = min(learned, 100_00), min(checked, 100_00)
    tests = ("ordinary", "online", "written")
    scores = [best(year, one) for one in tests]
    passed = all(score is not None and score >= 60 for score in scores)
    if year["leave"]:
        verdict, route = "deferred", 0
    elif learned >= 100_00 and passed:
        verdict, route = ("qualified", 1) if verified == recognised else ("in_progress", 1)
    elif not year["closed"] or any(awaited(year, one) for one in tests):
        verdict, route = "in_progress", 0
    elif not year["activities"] or learned < 100_00:
        verdict, route = "not_qualified", 0
    else:
        verdict, route = ("exam_required", 1) if None in scores else ("not_qualified", 0)
    return verdict, route, recognised, verified


def zibo(year):
    """Hours count for the cycle; backbone training is 20 days and two months, English abroad a month; who had no turn is exempt."""

    def hours(row):
        return (row[6] if row[5] == "hour" else row[6] / 60) if row[0] == "network" and row[5] in ("hour", "minute") else Fraction(0)

    def measured(mode, unit, *, verified):
        return sum(
            (
                row[6]
                for row in year["activities"]
                if row[0] == "backbone" and row[2] == mode and row[5] == unit and (row[7] or not verified)
            ),
            Fraction(0),
        )

    def done(*, verified):
        if year["item"] == 5:
            return measured("abroad", "month", verified=verified) >= 1
        days = measured("together", "day", verified=verified) + measured("together", "half_day", verified=verified) / 2
        return days >= 20 and measured("dispersed", "month", verified=verified) >= 2

    learned, checked = summed(year["activities"], hours)
    if year["leave"]:
        verdict, route = "deferred", 0
    elif year["item"] <= 5 and done(verified=False):
        verdict, route = ("qualified" if done(verified=True) else "in_progress"), 2
    elif not year["closed"]:
        verdict, route = "in_progress", 0
    elif year["item"] <= 5:
        verdict, route = "not_qualified", 2
    elif year["activities"]:
        verdict, route = ("qualified" if checked == learned else "in_progress"), 1
    else:
        verdict, route = ("not_qualified", 1) if year["turn"] else ("exempt", 0)
    return verdict, route, learned, checked


def it_project(year):
    """72 hours; in the project's year also a diagnosis, and 60 points of 30 : 30 : 20 : 20."""
    learned, checked = summed(year["activities"], lambda row: row[6] if row[5] == "hour" else row[6] / 60)
    recognised, verified = min(learned, 72_00), min(checked, 72_00)
    tests = {"participation": 30, "contribution": 30, "study": 20, "final": 20}
    scores = {name: best(year, name) for name in tests}
    points = sum(weight * (scores[name] or 0) for name, weight in tests.items())
    passed = best(year, "diagnosis") is not None and None not in scores.values() and points >= 6000
    is_full, in_project = learned >= 72_00, year["item"] == 1
    if year["leave"]:
        verdict, route = "deferred", 0
    elif is_full and (passed or not in_project):
        verdict, route = ("qualified", 1 if in_project else 2) if verified == recognised else ("in_progress", 0)
    elif not year["closed"]:
        verdict, route = "in_progress", 0
    elif in_project and any(awaited(year, name) for name in tests):
        verdict, route = "in_progress", 1
    else:
        verdict, route = "not_qualified", 1 if is_full and year["activities"] else 0
    return verdict, route, recognised, verified


HOURS = {"hour": Fraction(1), "minute": Fraction(1, 60)}
A_CREDIT = {"face_to_face": 10, "online": 20}
MOST_CREDITS = {"observation": 1, "degree": 18}


def credits_of(row):
    """Credits of one activity before any cap."""
    _, _, mode, activity, _, unit, amount, _ = row
    by_hours = amount * HOURS[unit] / A_CREDIT[mode] if unit in HOURS and mode in A_CREDIT else None
    none = Fraction(0)
    if activity == "principals":
        return by_hours / 2 if by_hours is not None and unit == "hour" else none
    if activity == "observation":
        return amount / 20 if unit == "lesson" else none
    if activity == "" and by_hours is not None:
        return by_hours
    return amount if unit == "credit" and activity != "probation" else none


def all_credits(rows):
    """Hundredths: each bucket floored by itself; what is capped is shared out over the buckets in order."""
    whole, left = 0, {activity: Fraction(most) for activity, most in MOST_CREDITS.items()}
    for kind in ("coordinated", "self_directed"):
        for tiers in (("nation", "province"), ("city", "county"), ("school",)):
            inside = [row for row in rows if row[0] == kind and row[1] in tiers]
            amount = sum((credits_of(row) for row in inside if row[3] not in left), Fraction(0))
            for activity, rest in left.items():
                given = min(sum((credits_of(row) for row in inside if row[3] == activity), Fraction(0)), rest)
                left[activity] = rest - given
                amount += given
            whole += centi(amount)
    return whole


def credit_year(year):
    """Two credits a year of both kinds and all tiers; probation counts nothing, principals half, lessons one credit, offsets 18."""
    learned, checked = all_credits(year["activities"]), all_credits([row for row in year["activities"] if row[7]])
    if year["retires"]:
        verdict, route = "exempt", 0
    elif year["leave"]:
        verdict, route = "deferred", 0
    elif checked >= 2_00:
        verdict, route = "qualified", 1
    elif learned >= 2_00:
        verdict, route = "in_progress", 1
    else:
        verdict, route = ("not_qualified" if year["closed"] else "in_progress"), 0
    return verdict, route, learned, checked


def jiangxi(year):
    """All four routes of one year: online, village with its test, exam, else a make-up; a mentor's hours fill workshop, then course."""

    def hours(row):
        _, _, mode, _, _, unit, amount, _ = row
        by_day = {"half_day": 4, "day": 8} if mode in ("face_to_face", "township") else {}
        return amount * ({"hour": 1, "minute": Fraction(1, 60)} | by_day).get(unit, 0)

    def of(component, *, verified):
        rows = [row for row in year["activities"] if row[0] == component and row[3] != "studio_mentor" and (row[7] or not verified)]
        return centi(sum(map(hours, rows), Fraction(0)))

    def mentored(*, verified):
        rows = [row for row in year["activities"] if row[3] == "studio_mentor" and (row[7] or not verified)]
        return min(centi(sum(map(hours, rows), Fraction(0))), 72_00) if year["rank"] else 0

    need = {"course": 50_00, "workshop": 22_00}
    learned = {one: of(one, verified=False) for one in need}
    recognised = sum(min(learned[one], need[one]) for one in need)
    verified = sum(min(of(one, verified=True), need[one]) for one in need)
    offset = min(mentored(verified=False), 72_00 - recognised)
    recognised, verified = recognised + offset, verified + min(offset, mentored(verified=True))
    modes = [row[2] for row in year["activities"]]
    work = [passed for name, passed, _ in year["work"]]
    verdict, route = _jiangxi_verdict(
        year,
        is_short=recognised < 72_00,
        is_verified=verified == recognised,
        studied=year["village"] and "township" in modes and sum(learned.values()) + offset >= 72_00,
        has_discs="disc" in modes,
        open_work=work.count(False),
        unmarked=sum(1 for _, passed, waiting in year["work"] if not passed and not waiting),
    )
    return verdict, route, recognised, verified


def _village_passed(year):
    process, test = best(year, "process"), best(year, "supplementary")
    end = best(year, "final") if test is None else test
    return None if process is None or end is None else 60 * process + 40 * end >= 6000


def _jiangxi_verdict(year, *, is_short, is_verified, studied, has_discs, open_work, unmarked):  # noqa: PLR0911, C901 -- a table
    exam, passed = best(year, "exam"), _village_passed(year)
    if year["leave"]:
        return "deferred", 0
    if has_discs and not year["village"]:
        return "undetermined", 0
    if not is_short and not open_work:
        return ("qualified" if is_verified else "in_progress"), 1
    if studied and passed:
        return ("qualified" if is_verified else "in_progress"), 2
    if not year["closed"]:
        return "in_progress", 0
    if not is_short and not unmarked:
        return "in_progress", 1
    if not year["activities"]:
        return "make_up_required", 4
    if exam is not None and exam >= 60:
        return "qualified", 3
    if awaited(year, "exam") or (year["village"] and any(awaited(year, one) for one in ("process", "final", "supplementary"))):
        return "in_progress", 0
    if exam is not None or (year["village"] and passed is False):
        return "make_up_required", 4
    return "exam_required", 2 if studied and passed is None else 3
