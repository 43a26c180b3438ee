"""One row of everything that an address may name, all of them of the demonstration county and its cast."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from datetime import timedelta
from functools import cached_property

from django.conf import settings

from tests.county import (
    world_admissions,
    world_cards,
    world_entrance,
    world_moves,
    world_papers,
    world_people,
    world_plans,
    world_privacy,
    world_projects,
    world_quotas,
    world_recognition,
    world_reviews,
    world_rosters,
    world_tenders,
)
from tests.county.matrix import MATRIX
from tests.county.roles import TEACHER
from tests.demo_county import NOW
from xingtan.config.demo import cast
from xingtan.domains.anomalies import api as anomalies
from xingtan.domains.assessment.api import RESULT_HEADINGS
from xingtan.domains.assessment.models import Submission
from xingtan.domains.certificates.models import CertificatePage
from xingtan.domains.circumstances.models import Circumstance
from xingtan.domains.closing import api as closing
from xingtan.domains.courses.models import Unit
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.determination.models import Determination
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.eligibility.models import Statement
from xingtan.domains.enrolment.models import ChosenOffer, CourseSelection
from xingtan.domains.exchange import api as exchange
from xingtan.domains.finance.models import Bill
from xingtan.domains.kits import api as kits
from xingtan.domains.papers import api as papers
from xingtan.domains.policies import api as policies
from xingtan.domains.policies.models import PolicyPack, TrainingYear
from xingtan.domains.projects.models import Offer
from xingtan.domains.statements import api as statements
from xingtan.domains.teachers.models import Teacher
from xingtan.domains.workshops.models import Activity, Workshop
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.models import Grant


def actor_of(login: str):
    return cast.teacher_actor("林知微") if login == TEACHER else cast.actor(login)


def closing_rows(lin: Teacher):
    """The last year's verdicts posted, Lin's objection to hers, and a correction of one of her closed years, waiting."""
    province = cast.actor("province")
    year = policies.current_year_for(province)
    days = notices.Days(NOW.date(), NOW.date() + timedelta(days=7), NOW.date() + timedelta(days=9))
    notice = closing.publish_notice(actor=province, training_year_id=year.pk, days=days, now=NOW)
    actor = cast.teacher_actor("林知微")
    objection = closing.object_to_verdict(actor=actor, notice=notice, teacher_id=lin.pk, text="学时没有计入", now=NOW)
    before = Determination.everywhere.filter(teacher=lin, span="year", is_current=True, examined_at__isnull=False)[0]
    moves = {"verdict": ["qualified", "make_up_required"], "reasons": [[], []], "cycle": ["", ""], "later": []}
    hours = {name: [0, 0] for name in ("required_centi", "recognised_centi", "verified_centi")}
    correction = closing.Correction.everywhere.create(
        training_year=before.training_year, teacher=lin, school=lin.school, reason="clerical", words="登记有误",
        before=before, moves={**moves, **hours}, proposed_at=NOW, proposed_by_id=0,
    )  # fmt: skip
    return notice, objection, correction


def claim_of(lin: Teacher) -> exchange.Claim:
    """A record that the first provider delivers of Lin."""
    actor = cast.actor("provider")
    chosen = ChosenOffer.objects.filter(selection__teacher=lin, offer__provider=actor.organisation_id).order_by("pk")[0]
    said = exchange.Said("matrix", lin.pk, chosen.offer_id, 600, None, chosen.selection.training_year.last_on)
    exchange.deliver(actor=actor, claims=[said], parcel=exchange.Parcel(exchange.Channel.FILE, "rows.csv"), now=NOW)
    return exchange.Claim.everywhere.select_related("provider", "delivery", "offer__project").get(number="matrix")


def asked(lin: Teacher) -> anomalies.Concern:
    """A question about Lin's learned time that the county asked her."""
    facts = {"what": "online", "clash_s": 600}
    kind, sure = anomalies.Kind.TWO_PLACES, anomalies.Sureness.STRONG
    found = anomalies.Finding(kind, f"teacher:{lin.pk}", lin.pk, None, NOW.date(), "matrix", sure, None, None, facts)
    anomalies.keep_findings([found], now=NOW)
    one = anomalies.Concern.everywhere.select_related("case").get(teacher=lin, case__kind=kind.value)
    decision = anomalies.Decision(anomalies.Act.ASK, words="请说明情况。")
    anomalies.decide(actor=cast.actor("county"), concern_ids=[one.pk], decision=decision, now=NOW)
    return one


def chosen_package(selection: CourseSelection) -> Unit:
    """A package of a course that this choice holds as well."""
    unit = Unit.objects.filter(kind="package").order_by("pk")[0]
    ChosenOffer.objects.get_or_create(selection=selection, offer=Offer.objects.get(course=unit.course))
    return unit


ATTACHED = b"what was handed in"


def record_of(lin: Teacher) -> tuple[statements.Credential, str]:
    """A key of the first provider, and the id of a statement about Lin with an attachment that came with it."""
    actor = cast.actor("provider")
    given = statements.give_credential(actor=actor, provider_id=actor.organisation_id, title="matrix", rights=statements.Rights(), now=NOW)
    basic = b64encode(f"{given.credential.public_id}:{given.secret}".encode()).decode()
    sender = statements.authenticate(f"Basic {basic}", NOW.timestamp())
    digest = hashlib.sha256(ATTACHED).hexdigest()
    told = {
        "actor": {"account": {"homePage": settings.PUBLIC_URL, "name": lin.public_id}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://provider.example.cn/courses/1"},
        "attachments": [
            {"usageType": "https://provider.example.cn/paper", "display": {"zh": "作业"}, "contentType": "text/plain",
             "length": len(ATTACHED), "sha2": digest}
        ],
    }  # fmt: skip
    parts = [b"Content-Type: application/json\r\n\r\n" + json.dumps(told).encode()]
    parts.append(
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: "
        + digest.encode()
        + b"\r\n\r\n"
        + ATTACHED
    )
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    mixed = "multipart/mixed; boundary=cut"
    [made] = statements.receive(statements.Received(sender, statements.Version.V1, "POST", None, mixed, body)).ids
    return given.credential, made


OBJECTION = [
    "public:objection",
    "trainee:objection_withdraw",
    "bureau:objection",
    "bureau:objection_refer",
    "bureau:objection_reply",
    "bureau:objection_decide",
    "bureau:objection_follow",
]
PAPER = [f"{face}:paper{what}" for face in ("school", "bureau", "trainee") for what in ("", "_pdf")] + ["bureau:paper_revoke"]
NEW_CORRECTION = ["bureau:correction_new", "bureau:correction_propose"]


def kits_rows(lin: Teacher, year: TrainingYear):
    """A study group with Lin in it, and a kit of it."""
    county = cast.actor("county")
    slots = [kits.Slot(year.last_on, 540, 720, mode) for mode in list(kits.modes_of(policies.policy_of(year)))[:1] or [""]]
    wanted = kits.Wanted("东坑教学点", [lin.pk], lin.pk, slots, place_note="东坑")
    group = kits.grant_group(actor=county, training_year_id=year.pk, wanted=wanted, now=NOW)
    return group, kits.register_kit(actor=county, group_id=group.pk, now=NOW).kit


def paper_of(lin: Teacher) -> papers.Paper:
    """Lin's statement of this year's hours, which waits for the county's seal."""
    clerk, days = cast.actor("clerk"), (NOW.date() - timedelta(days=90), NOW.date())
    asked = papers.asked_for(papers.Kind.HOURS, days=days, training_year=None, purpose="职称评审", today=NOW.date())
    printing = papers.print_papers(actor=clerk, asked=asked, teacher_ids=[lin.pk], now=NOW)
    made = papers.Paper.everywhere.select_related("printing").get(printing=printing)
    papers.submit(actor=clerk, paper_ids=[made.pk], now=NOW)
    return made


# Rows of their own files: `words(name, login)` answers None for addresses of others.
PARTS = [
    world_admissions.Admissions,
    world_cards.Cards,
    world_entrance.Entrance,
    world_moves.Moves,
    world_papers.Openings,
    world_people.People,
    world_plans.Plans,
    world_privacy.Registers,
    world_projects.Projects,
    world_quotas.Quotas,
    world_recognition.Recognition,
    world_reviews.Reviews,
    world_rosters.Rosters,
    world_tenders.Tenders,
]


class World:
    """One row of everything, all of them of the demonstration county and its cast."""

    def __init__(self) -> None:
        self.lin = Teacher.everywhere.get(name="林知微")
        self.school = self.lin.school
        self.selection = CourseSelection.everywhere.get(teacher=self.lin)
        self.project = self.selection.project
        self.offer = Offer.objects.filter(project=self.project).order_by("pk")[0]
        self.unit = Unit.objects.filter(course__code="XXYW-01", kind="video").order_by("place")[0]
        self.quiz = Unit.objects.get(course__code="XXYW-01", kind="quiz")
        self.package = chosen_package(self.selection)
        self.work = Unit.objects.get(course__code="XXYW-01", kind="assignment")
        self.page = CertificatePage.everywhere.filter(certificate__teacher=self.lin).order_by("pk")[0]
        self.activity = Activity.objects.filter(workshop__title="主题阅读工作坊").order_by("place")[0]
        self.workshop = Workshop.everywhere.get(title="主题阅读工作坊")
        self.submission = Submission.everywhere.order_by("pk")[0]
        self.bill = Bill.everywhere.filter(school=self.school).order_by("pk")[0]
        self.year = TrainingYear.everywhere.order_by("-year")[0]
        self.pack = PolicyPack.objects.get(code="try-out")
        begun = policies.start_from_pack(actor=cast.actor("province"), pack_id=self.pack.pk, now=NOW)
        self.trial = policies.keep_trial(actor=cast.actor("province"), pid=begun.public_id, training_year=self.year, now=NOW)
        self.grant = Grant.objects.get(account__login="clerk")
        self.more = [part(self) for part in PARTS]
        self.notice, self.objection, self.correction = closing_rows(self.lin)
        self.entry = CreditEntry.everywhere.filter(teacher=self.lin).order_by("pk")[0]
        self.proposal = Circumstance.everywhere.filter(school=self.school, state="proposed").order_by("pk")[0]
        eligibility.issue_statements(actor=actor_of("clerk"), teacher_ids=[self.lin.pk], on=NOW.date(), now=NOW)
        self.claim = claim_of(self.lin)
        self.concern = asked(self.lin)
        self.group, self.kit = kits_rows(self.lin, self.year)
        self.key, self.told = record_of(self.lin)
        self.statement = Statement.everywhere.select_related("run").get(teacher=self.lin)

        self.paper = paper_of(self.lin)

    def draft(self) -> dict[str, object]:
        return {"pid": self.trial.draft.public_id}

    def file_of(self, login: str, kind: str) -> StoredFile:
        """A file that this person has handed in."""
        headings = {"exam_results": RESULT_HEADINGS}.get(kind, list(exchange.HEADINGS.values()))
        content = [",".join(headings).encode() + b"\n" + ",".join("1" * len(headings)).encode() + b"\n"]
        return keep_file(content, kind=kind, name="rows.csv", media_type="text/csv", actor=actor_of(login), now=NOW)

    def job_of(self, login: str, kind: str = "teachers.preview_roster") -> Job:
        """A job that this person has started, with a report."""
        actor, file = actor_of(login), self.file_of(login, "roster")
        account = {"organisation_id": actor.organisation_id, "account_id": actor.account_id}
        packed = {"role": actor.role.value, "first": actor.scope.first, "beyond": actor.scope.beyond, **account}
        return Job.everywhere.create(kind=kind, actor=packed, input_file=file, report_file=file, created_at=NOW, **account)

    def words(self, name: str, login: str) -> dict[str, object]:
        """The words that this address takes, naming rows that the person with this sign-in name may see."""
        if name in {"public:job", "public:job_report"} or name.endswith(("roster_preview", "roster_commit")):
            return {"pid": self.job_of(login).public_id}
        if name in {"provider:records_preview", "provider:records_layout", "provider:records_deliver"}:
            return {"public_id": self.job_of(login, exchange.LOOK_JOB).public_id}
        if name in {"bureau:results_preview", "bureau:results_mend", "bureau:results_commit"}:
            return {"pid": self.file_of(login, "exam_results").public_id}
        if name == "public:file":
            return {"pid": self.file_of(login, "certificate").public_id}
        told = [words for part in self.more if (words := part.words(name, login)) is not None]
        return told[0] if told else self.fixed.get(name, {})

    def reconciled(self) -> dict[str, object]:
        return {"provider": self.claim.provider.public_id, "project": self.claim.offer.project.public_id}

    def recorded(self) -> dict[str, object]:
        return {"public_id": self.claim.provider.public_id, "statement_id": self.told}

    @cached_property
    def fixed(self) -> dict[str, dict[str, object]]:
        pid, public_id = "pid", "public_id"
        project, certificate, bill = {pid: self.project.public_id}, {pid: self.page.public_id}, {pid: self.bill.public_id}
        teacher, year = {pid: self.lin.public_id}, {"year": self.year.year}
        return {
            "public:project": project,
            **{f"provider:claim{what}": {"claim_id": self.claim.pk} for what in ("", "_remark", "_correct")},
            **{f"provider:delivery{what}": {public_id: self.claim.delivery.public_id} for what in ("", "_undo")},
            **{f"provider:reconciled{what}": self.reconciled() for what in ("", "_lines", "_keep")},
            **{f"bureau:live{what}": project for what in ("", "_remind")},
            **{f"school:printing{what}": {pid: self.paper.printing.public_id} for what in ("", "_pdf")},
            **{name: {pid: self.paper.public_id} for name in PAPER},
            "bureau:anomaly": {pid: self.concern.case.public_id},
            "bureau:anomaly_appeal": {pid: self.concern.case.public_id, "concern_id": self.concern.pk},
            **{f"trainee:question{what}": {pid: self.concern.case.public_id} for what in ("", "_answer", "_appeal")},
            "public:check_result": {"text": self.page.check_code},
            "trainee:unit": {public_id: self.unit.public_id},
            "trainee:media": {public_id: self.unit.public_id, "name": "video.mp4"},
            "trainee:quiz": {public_id: self.quiz.public_id},
            "trainee:hand_in": {public_id: self.work.public_id},
            "trainee:activity": {public_id: self.activity.public_id},
            "trainee:choose_save": project,
            "trainee:choose_withdraw": {pid: self.selection.public_id},
            "trainee:certificate_pdf": certificate,
            **{
                f"{face}:eligibility_{what}": {pid: self.statement.public_id}
                for face in ("trainee", "bureau")
                for what in ("statement", "pdf")
            },
            "bureau:why": {public_id: self.lin.public_id},
            "bureau:eligibility_run": {pid: self.statement.run.public_id},
            **{f"bureau:eligibility_{what}": {public_id: self.lin.public_id} for what in ("person", "issue_one")},
            **{f"bureau:circumstance{what}": {pid: self.proposal.public_id} for what in ("", "_end", "_withdraw")},
            **{key: {pid: self.group.public_id} for key in ["bureau:group", "bureau:group_end", "bureau:kit_make", "bureau:group_sheets"]},
            "bureau:group_sheet": {pid: self.group.public_id, "time_id": kits.times_of(self.group)[0].pk},
            **{f"bureau:kit{what}": {"uuid": self.kit.uuid} for what in ("", "_download", "_codes", "_withdraw", "_fork")},
            "school:teacher_card": teacher,
            "school:teacher_unmask": teacher,
            "school:behind": {"reason": "not-started"},
            "school:assign_now": project,
            "school:bill": bill,
            "school:bill_pay": bill,
            "school:bill_void": bill,
            "school:teacher": {public_id: self.lin.public_id},
            "school:sheet": teacher,
            "bureau:teacher_card": teacher,
            "bureau:teacher_unmask": teacher,
            "bureau:teacher": {public_id: self.lin.public_id},
            "bureau:proofs": {public_id: self.lin.public_id},
            "bureau:proof": {public_id: self.lin.public_id, "unit": self.unit.public_id},
            "trainee:proof": {"unit": self.unit.public_id},
            "bureau:reverse": {public_id: self.lin.public_id},
            "bureau:end_role": {"grant_id": self.grant.pk},
            "bureau:renew_code": {"grant_id": self.grant.pk},
            "bureau:layout": {"code": "hours-by-person"},
            "bureau:branch": {pid: self.school.parent.public_id},
            "bureau:open_year_now": {"pack_id": self.pack.pk, "year": self.year.year + 1},
            "bureau:year": year,
            "bureau:window": {**year, "kind": "study"},
            "bureau:adopt_bundled": {"code": "try-out"},
            "bureau:policy": {"pack_id": self.pack.pk},
            "bureau:pack_text": {"pack_id": self.pack.pk},
            "bureau:policy_document": {"code": "plan"},
            **dict.fromkeys(
                [
                    name
                    for name in MATRIX
                    if name.startswith("bureau:draft_") and name not in ("bureau:draft_start", "bureau:draft_project")
                ],
                self.draft(),
            ),
            "bureau:draft": self.draft(),
            "bureau:trial": {"pid": self.trial.public_id},
            **dict.fromkeys(
                [
                    "bureau:project",
                    "bureau:change_project",
                    "bureau:classes",
                    "bureau:add_offer",
                    "bureau:publish_project",
                    "bureau:close_project",
                ],
                project,
            ),
            "bureau:remove_offer": {**project, "offer": self.offer.public_id},
            "bureau:certificates_school_pdf": {pid: self.school.public_id, "year": self.page.training_year.year},
            **dict.fromkeys(
                ["bureau:certificate_pdf", "bureau:certificate", "bureau:certificate_revoke", "bureau:certificate_reissue"], certificate
            ),
            **{key: {public_id: self.unit.course.public_id} for key in ["provider:course", "provider:course_review"]},
            **{f"provider:key{what}": {"key": self.key.public_id} for what in ("", "_rotate", "_revoke")},
            "provider:statement": self.recorded(),
            "provider:statement_attachment": {**self.recorded(), "sha2": hashlib.sha256(ATTACHED).hexdigest()},
            "provider:unit_play": {public_id: self.package.course.public_id, "unit_id": self.package.public_id},
            **{f"trainee:package{what}": {public_id: self.package.public_id} for what in ("", "_report", "_launch", "_again")},
            "provider:unit_file": {public_id: self.unit.course.public_id, "unit_id": self.unit.public_id, "name": "video"},
            "public:notice": {pid: self.notice.public_id},
            "public:notice_school": {pid: self.notice.public_id, "school": self.school.public_id},
            "bureau:notice_list": {pid: self.school.public_id},
            **{key: {public_id: self.lin.public_id} for key in ["school:object_for", "school:object_for_now"]},
            **{key: {pid: self.objection.public_id} for key in OBJECTION},
            **{key: {public_id: self.lin.public_id, "year": self.correction.training_year.year} for key in NEW_CORRECTION},
            **{key: {pid: self.correction.public_id} for key in ["bureau:correction", "bureau:correction_carry", "bureau:correction_drop"]},
            "tutor:submission": {pid: self.submission.public_id},
            **{key: {pid: self.workshop.public_id} for key in ["tutor:workshop", "tutor:add_activity", "tutor:confirm", "tutor:return"]},
            "tutor:attendance": {pid: self.activity.public_id},
        }
