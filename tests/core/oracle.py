"""The Jiangxi year written by hand, straight from the document: the independent oracle of the formulas.

It shares no line with the product; it must not.
"""

from __future__ import annotations


def hand_written(facts):
    """Verdict, route, recognised, verified and hours by exam of one year."""
    items = {1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12}
    grounds = {"maternity", "sick", "full_time_study", "secondment", "teaching_aid"}
    if (facts.item is not None and facts.item not in items) or (facts.leave_ground and facts.leave_ground not in grounds):
        return "undetermined", 0, 0, 0, 0
    is_induction = facts.is_new_hire and facts.first_year and facts.item in (None, 1)
    need = {"course": 10000 if is_induction else 5000, "workshop": 2200}
    learned, checked = {"course": 0, "workshop": 0}, {"course": 0, "workshop": 0}
    for hour in facts.hours:
        if hour.component in need:
            learned[hour.component] += hour.learned_centi
            if hour.verified:
                checked[hour.component] += hour.learned_centi
    recognised = sum(min(learned[one], need[one]) for one in need)
    verified = sum(min(checked[one], need[one]) for one in need)
    missing = sum(need.values()) - recognised
    verdict, route = _verdict(facts, missing, all_verified=verified == recognised)
    return verdict, route, recognised, verified, missing if (verdict, route) == ("qualified", 3) else 0


def _verdict(facts, missing, *, all_verified):
    if facts.leave_ground:
        return "deferred", 0
    open_assignments = max(facts.assignments_required - facts.assignments_passed, 0)
    open_products = max(facts.work_products_required - facts.work_products_passed, 0)
    if not missing and not open_assignments and not open_products:
        return ("qualified", 1) if all_verified else ("in_progress", 1)
    if not facts.study_closed:
        return "in_progress", 0
    if not missing and open_assignments <= facts.assignments_waiting and open_products <= facts.work_products_waiting:
        return "in_progress", 1
    if not facts.took_part:
        return "make_up_required", 4
    scores = [result.score_centi for result in facts.results if result.assessment == "exam"]
    if not scores:
        return "exam_required", 3
    return ("qualified", 3) if max(scores) >= 6000 else ("make_up_required", 4)
