"""Labels and refusals of projects and offers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import OfferKind, ProjectKind, ProjectState, SegmentKind, Tier, Way

STATE_LABELS: Mapping[str, Promise] = {
    ProjectState.DRAFT: pgettext_lazy("project", "Draft"),
    ProjectState.PUBLISHED: pgettext_lazy("project", "Published"),
    ProjectState.CLOSED: pgettext_lazy("project", "Closed"),
    ProjectState.CANCELLED: pgettext_lazy("project", "Cancelled"),
}
TIER_LABELS: Mapping[str, Promise] = {
    Tier.NATIONAL: pgettext_lazy("tier", "National programme"),
    Tier.PROVINCE: pgettext_lazy("tier", "Provincial programme"),
    Tier.CITY: pgettext_lazy("tier", "City project"),
    Tier.COUNTY: pgettext_lazy("tier", "County project"),
    Tier.SCHOOL: pgettext_lazy("tier", "School project"),
}
KIND_LABELS: Mapping[str, Promise] = {
    ProjectKind.ALL_STAFF: _("All-staff remote training"),
    ProjectKind.FACE_TO_FACE: _("Face-to-face training"),
    ProjectKind.NETWORK_SCHOOL: _("Network and school-based training"),
    ProjectKind.IT_CAPABILITY: _("IT capability"),
    ProjectKind.PRINCIPALS: _("Training of principals"),
    ProjectKind.KINDERGARTEN: _("Kindergarten training"),
    ProjectKind.OVERSEAS: _("Study abroad"),
    ProjectKind.OUTREACH: _("Outreach training"),
    ProjectKind.SCHOOL_RUN: _("School-run training"),
}
SEGMENT_LABELS: Mapping[str, Promise] = {
    SegmentKind.DIAGNOSIS: pgettext_lazy("segment", "Diagnosis"),
    SegmentKind.SELECTION: pgettext_lazy("segment", "Course selection"),
    SegmentKind.SELF_STUDY: pgettext_lazy("segment", "Self-study"),
    SegmentKind.FACE_TO_FACE: pgettext_lazy("segment", "Together in one place"),
    SegmentKind.PRACTICE: pgettext_lazy("segment", "Practice tasks"),
    SegmentKind.DISCUSSION: pgettext_lazy("segment", "Discussion"),
    SegmentKind.WORKSHOP: pgettext_lazy("segment", "Workshop"),
    SegmentKind.SCHOOL_BASED: pgettext_lazy("segment", "School-based"),
    SegmentKind.FOLLOW_UP: pgettext_lazy("segment", "Remote follow-up"),
    SegmentKind.PRESENTATION: pgettext_lazy("segment", "Presentation"),
    SegmentKind.ASSESSMENT: pgettext_lazy("segment", "Assessment"),
}
WAY_LABELS: Mapping[str, Promise] = {
    Way.OWN: pgettext_lazy("way", "Own choice"),
    Way.PLACEMENT: pgettext_lazy("way", "Placed by the office"),
    Way.NOMINATION: pgettext_lazy("way", "Nominated"),
    Way.NATIONAL: pgettext_lazy("way", "By the rules of a national programme"),
}
OFFER_KIND_LABELS: Mapping[str, Promise] = {
    OfferKind.COURSE: pgettext_lazy("offer", "Course"),
    OfferKind.WORKSHOP: pgettext_lazy("offer", "Workshop"),
}
PASSING_SENTENCES: Mapping[str, Promise] = {
    "attendance_percent": _("attendance of at least %(n)s%%"),
    "products": _("at least %(n)s work products handed in"),
    "mark": _("a mark of at least %(n)s"),
}
STEPS_LABELS: Mapping[int, Promise] = {
    0: pgettext_lazy("approval", "None: whoever fits and comes first"),
    1: pgettext_lazy("approval", "One step"),
    2: pgettext_lazy("approval", "Two steps: school, then county"),
}
REFUSALS: Mapping[str, Promise] = {
    "project_year_closed": _("The training year %(year)s is closed; its projects stay as they are."),
    "project_tier_not_yours": _("Your office does not run projects of this tier. Choose a tier of your own level."),
    "project_days_backwards": _("The project closes before it opens. Give a last day that is not before the first."),
    "project_outside_year": _("The project lies outside the training year, which runs from %(first)s to %(last)s."),
    "project_title_taken": _("A project with this title exists already in this year. Give it another title."),
    "project_wrong_state": _("The project is in another state by now. Look at it again, then decide."),
    "project_without_offers": _("A project without a course or a workshop has nothing to choose. Add an offer first."),
    "project_not_draft": _("Only a draft is changed. This project is already published or closed."),
    "offer_component_unknown": _("The policy of this year does not know this kind of hours."),
    "offer_without_hours": _("An offer brings at least 0.01 hours."),
    "offer_hours_over": _("The policy asks for at most %(most)s hours of this kind in a year; an offer cannot bring more."),
    "offer_title_taken": _("The project already has an offer of this kind with this title."),
    "offer_course_not_reviewed": _("This course is not open to choice yet: it waits for its review or was withdrawn."),
    "offer_course_component": _("The hours of this course belong to another part of the year than the offer says."),
    "offer_needs_course": _("Choose the course that is offered."),
    "offer_needs_title": _("Give the workshop a title."),
    "project_training_backwards": _("The training ends before it starts. Give a last day that is not before the first."),
    "project_steps_unknown": _("Approval takes none, one or two steps."),
    "project_without_ways": _("Say how teachers come to the seats of this project: choose at least one way."),
    "project_without_segments": _("A project without segments has nothing to take part in. Add a segment first."),
    "project_cancel_needs_reason": _("Say why the project is cancelled; everyone who looks for it will read it."),
    "project_close_instead": _("Teachers chose this project as their year's own. Close it: what was chosen goes on."),
    "categories_too_many": _("A project has at most 40 categories of seats."),
    "category_code_wrong": _("The code of a category is a short word of small Latin letters, digits and underscores, for example rural."),
    "category_twice": _("Two categories have the same code. Give each its own."),
    "category_without_name": _("Give every category a name."),
    "category_seats_wrong": _("Seats are a whole number from 0 to 1,000,000."),
    "conditions_wrong": _("These conditions contradict each other or name something unknown. Look at the least and the most again."),
    "segment_needs_title": _("Give the segment a title."),
    "segment_days_backwards": _("The segment ends before it starts. Give a last day that is not before the first."),
    "segment_outside_project": _("The segment lies outside the days of the project. Change its days, or first those of the project."),
    "segment_hours_need_component": _("Hours belong to a part of the year: say as what they count."),
    "segment_hours_over": _("The policy asks for at most %(most)s hours of this kind in a year; the segments together cannot bring more."),
    "segment_passing_wrong": _("Give whole numbers that can be reached: attendance and mark from 1 to 100, works from 1 to 50."),
    "segment_only_days": _("Of a published project only the days of a segment move; teachers chose it for the rest."),
    "segments_changed_meanwhile": _("The segments changed meanwhile. Look at them again, then put them in order."),
    "segments_too_many": _("A project has at most 40 segments."),
    "offer_lead_unknown": _("The person chosen does not lead workshops here. Give the role of workshop lead first."),
}
