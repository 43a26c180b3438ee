"""Who reads what: a provider its own, a key its rights and projects, a launch its teacher and registration."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from tests import enrolling
from tests.crediting import NOW
from tests.lrs_calling import Client, basic, key_for
from tests.statement_samples import small, voiding
from xingtan.domains.statements import api as statements
from xingtan.domains.statements.models import Credential
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.scope.tree import add_children
from xingtan.rest.xapi.app import Xapi

pytestmark = pytest.mark.django_db(databases="__all__")

COURSE = "https://provider.example.cn/courses/1"


def of(teacher, **more):
    return small(actor=statements.site_agent(teacher.public_id), **more)


def give(actor, **rights):
    return statements.give_credential(
        actor=actor, provider_id=actor.organisation_id, title="平台", rights=statements.Rights(**rights), now=NOW
    )


@pytest.fixture
def other(cast):
    """Another provider's clerk."""
    (provider,) = add_children(cast.province, [{"kind": "provider", "name": "赣鄱师训网"}])
    return enrolling.actor_of(Role.PROVIDER_STAFF, provider)


def test_a_provider_never_reads_anothers(cast, other):
    own, strange = Client(key_for(cast.ming, now=NOW)), Client(key_for(other, now=NOW, may_read_projects=True))
    (sent,) = own.store(of(cast.lin_teacher, object={"id": COURSE, "definition": {"name": {"zh-CN": "甲"}}}))
    own.put("/agents/profile", {"agent": {"mbox": "mailto:wu@example.cn"}, "profileId": "x"}, b"own")
    assert strange.found() == []
    assert strange.get("/statements", {"statementId": sent}).status == 404
    assert strange.found(agent=statements.site_agent(cast.lin_teacher.public_id)) == []
    assert "definition" not in strange.get("/activities", {"activityId": COURSE}).json()
    assert strange.get("/agents/profile", {"agent": {"mbox": "mailto:wu@example.cn"}, "profileId": "x"}).status == 404
    assert strange.post("/statements", body=voiding(sent)).status == 403
    assert own.found() == [sent]


def test_one_key_reads_what_it_wrote_and_with_the_right_what_others_wrote_of_its_trainees(cast):
    (stranger,) = enrolling.teachers(cast.elsewhere, 1)
    writer, plain = Client(key_for(cast.ming, now=NOW)), Client(key_for(cast.ming, now=NOW))
    whole = Client(key_for(cast.ming, now=NOW, may_read=False, may_read_projects=True))
    bound = Client(key_for(cast.ming, now=NOW, may_read_projects=True, project_ids=(cast.project.pk,)))
    trainee, elsewhere, nobody = writer.store(of(cast.lin_teacher), of(stranger), small())
    (own,) = bound.store(small())
    assert writer.found() == [nobody, elsewhere, trainee]
    assert plain.found() == []
    assert whole.found() == [trainee]
    assert bound.found() == [own, trainee]
    assert [reader.get("/statements", {"statementId": elsewhere}).status for reader in (writer, plain, whole, bound)] == [
        200,
        404,
        404,
        404,
    ]


def test_a_page_that_hides_much_still_leads_on(cast, monkeypatch):
    (stranger,) = enrolling.teachers(cast.elsewhere, 1)
    writer = Client(key_for(cast.ming, now=NOW))
    reader = Client(key_for(cast.ming, now=NOW, may_read=False, may_read_projects=True))
    (first,) = writer.store(of(cast.lin_teacher))
    writer.store(*(of(stranger) for _ in range(7)))
    assert reader.found(limit=2) == [first]
    monkeypatch.setattr("xingtan.domains.statements.queries.MOST_PORTIONS", 1)
    page, ids = reader.get("/statements", {"limit": 2}).json(), []
    while page["more"]:
        page = reader.get(page["more"]).json()
        ids += [one["id"] for one in page["statements"]]
    assert ids == [first]


# ---------------------------------------------------------------- keys


def test_a_secret_is_shown_once_and_kept_as_a_digest(cast):
    given = give(cast.ming)
    kept = Credential.everywhere.get()
    assert given.secret not in {str(value) for value in vars(kept).values()}
    assert Client(basic(kept.public_id, given.secret)).get("/statements").status == 200
    assert Client(basic(kept.public_id, given.secret + "x")).get("/statements").status == 401
    kept.refresh_from_db()
    assert kept.last_used_at is not None
    assert AuditLine.objects.filter(act="statements.credential_given", subject_ids=[kept.pk]).exists()


def test_a_rotated_key_has_two_secrets_for_a_day(cast):
    given = give(cast.ming)
    key = given.credential.public_id
    clock = [NOW.timestamp()]
    from_old = Client(basic(key, given.secret), app=_app(clock))
    fresh = statements.rotate_credential(actor=cast.ming, key=key, now=NOW)
    from_new = Client(basic(key, fresh.secret), app=_app(clock))
    assert (from_old.get("/statements").status, from_new.get("/statements").status) == (200, 200)
    clock[0] += timedelta(hours=25).total_seconds()
    assert (from_old.get("/statements").status, from_new.get("/statements").status) == (401, 200)


def test_a_key_that_became_known_is_rotated_at_once(cast):
    given = give(cast.ming)
    statements.rotate_credential(actor=cast.ming, key=given.credential.public_id, at_once=True, now=NOW)
    assert Client(basic(given.credential.public_id, given.secret)).get("/statements").status == 401


def test_a_revoked_or_expired_key_opens_nothing(cast, django_capture_on_commit_callbacks):
    given, short = give(cast.ming), give(cast.ming, expires_at=NOW + timedelta(days=1))
    program = Client(basic(given.credential.public_id, given.secret))
    program.store(small())
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            statements.revoke_credential(actor=cast.ming, key=given.credential.public_id, now=NOW)
    assert program.get("/statements").status == 401
    assert AuditLine.objects.filter(act="statements.credential_revoked").count() == 1
    with pytest.raises(Refused, match="credential_revoked"):
        statements.rotate_credential(actor=cast.ming, key=given.credential.public_id, now=NOW)
    clock = [NOW.timestamp()]
    program = Client(basic(short.credential.public_id, short.secret), app=_app(clock))
    assert program.get("/statements").status == 200
    clock[0] += timedelta(days=2).total_seconds()
    assert program.get("/statements").status == 401


@pytest.mark.parametrize(
    ("rights", "why"),
    [
        ({"may_write": False, "may_read": False, "may_keep_documents": False}, "credential_without_rights"),
        ({"expires_at": NOW}, "credential_expired_already"),
        ({"origins": ("learn.example.cn",)}, "credential_origin_unclear"),
        ({"origins": ("https://learn.example.cn/",)}, "credential_origin_unclear"),
        ({"origins": ("https://u@learn.example.cn",)}, "credential_origin_unclear"),
        ({"origins": tuple(f"https://l{n}.cn" for n in range(21))}, "credential_origin_unclear"),
    ],
)
def test_rights_that_make_no_sense_are_refused(cast, rights, why):
    with pytest.raises(Refused, match=why):
        give(cast.ming, **rights)


def test_only_the_provider_and_offices_above_give_keys(cast, other):
    key = give(cast.ming).credential.public_id
    for stranger, error in ((other, NotInScope), (cast.chen, NotAllowed), (cast.supervisor, NotAllowed)):
        with pytest.raises(error):
            statements.rotate_credential(actor=stranger, key=key, now=NOW)
        with pytest.raises(error):
            statements.give_credential(actor=stranger, provider_id=cast.provider.pk, title="x", rights=statements.Rights(), now=NOW)
    assert statements.rotate_credential(actor=cast.mei, key=key, now=NOW).secret
    with pytest.raises(NotInScope):
        give(other, project_ids=(cast.project.pk,))


def _app(clock):
    statements.forget_senders()
    return Xapi(clock=lambda: clock[0])


# ---------------------------------------------------------------- launches


@pytest.fixture
def launch(cast):
    """Lin's launch of a registration: the program, the registration, and what its statements carry."""
    registration = uuid.uuid4()
    token = statements.launch_token(cast.lin_teacher, registration, COURSE, NOW + timedelta(days=3650))
    return Client(f"Bearer {token}"), registration, {"context": {"registration": str(registration)}}


def test_a_launch_speaks_of_its_teacher_in_its_registration_only(cast, launch):
    program, _registration, within = launch
    (stranger,) = enrolling.teachers(cast.elsewhere, 1)
    (own,) = program.store(of(cast.lin_teacher, **within))
    for wrong in (
        of(stranger, **within),
        of(cast.lin_teacher, context={"registration": str(uuid.uuid4())}),
        of(cast.lin_teacher),
        small(**within),
    ):
        assert program.post("/statements", body=wrong).status == 403
    assert program.post("/statements", body=voiding(own)).status == 403
    again = Client("Bearer " + statements.launch_token(cast.lin_teacher, uuid.uuid4(), COURSE, NOW + timedelta(days=3650)))
    assert (program.found(), again.found()) == ([own], [])


def test_a_launch_keeps_documents_of_its_own_teacher(cast, launch):
    program, registration, _within = launch
    own, other = statements.site_agent(cast.lin_teacher.public_id), {"mbox": "mailto:wu@example.cn"}
    state = {"activityId": COURSE, "stateId": "LMS.LaunchData", "registration": str(registration)}
    assert program.put("/activities/state", state | {"agent": own}, b"x").status == 204
    assert program.put("/activities/state", state | {"agent": other}, b"x").json()["path"] == "agent"
    assert program.get("/activities/state", state | {"agent": own, "registration": uuid.uuid4()}).json()["path"] == "registration"
    assert program.get("/agents/profile", {"agent": other, "profileId": "cmi5LearnerPreferences"}).status == 403
    assert program.get("/agents/profile", {"agent": own, "profileId": "cmi5LearnerPreferences"}).status == 404
    assert program.get("/activities/profile", {"activityId": COURSE}).json() == []
    assert program.put("/activities/profile", {"activityId": COURSE, "profileId": "x"}, b"x").status == 403


def test_a_launch_opens_as_cmi5_sends_it_and_not_after_its_time(cast):
    clock = [NOW.timestamp()]
    token = statements.launch_token(cast.lin_teacher, uuid.uuid4(), COURSE, NOW + timedelta(hours=1))
    for header in (f"Basic {statements.launch_password(token)}", f"Bearer {token}"):
        clock[0] = NOW.timestamp()
        program = Client(header, app=_app(clock))
        assert program.get("/statements").status == 200
        clock[0] += 4000
        assert program.get("/statements").status == 401
    assert Client(f"Bearer {token[:-2]}xx").get("/statements").status == 401
