"""OneRoster bundles: what is written is read as it was, what others write is understood, and what is wrong is said by file, line and column."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.oneroster import (
    FILES,
    HEADINGS,
    BadBundle,
    OrgRow,
    PersonRow,
    family_and_given,
    is_bundle,
    open_bundle,
    roster_table,
    whole_name,
    write_bundle,
)

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
ORGS = (OrgRow("c1", "青原区", "district", "360803", ""), OrgRow("s1", "青禾实验小学", "school", "36080301", "c1"))
LIN = PersonRow(
    "t1", "林知微", "female", "s1", False, True, "13800000000", "JX0001",
    {"name": "林知微", "number": "360803198503071247", "identity_kind": "居民身份证", "stage": "小学", "subject": "语文", "position": "班主任",
     "title": "一级教师", "honour": "骨干教师", "hired_on": "2007-09-01", "status": "在岗"},
)  # fmt: skip


def bundle_of(tmp_path, people=(LIN,), *, with_numbers=True):
    path = tmp_path / "bundle.zip"
    with path.open("wb") as file:
        count = write_bundle(file, orgs=ORGS, people=lambda: people, at=AT, with_numbers=with_numbers)
    assert count == len(people)
    return path


def foreign(tmp_path, **tables):
    """Somebody else's bundle: rows of cells by column, every other column empty; `manifest` replaces lines of the manifest."""
    path = tmp_path / "foreign.zip"
    manifest = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    manifest |= {f"file.{name}": "bulk" for name in tables if name != "manifest"} | tables.pop("manifest", {})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.csv", "\ufeff" + text_of(("propertyName", "value"), manifest.items()))
        for name, rows in tables.items():
            columns = FILES[name].columns
            archive.writestr(f"{name}.csv", text_of(columns, ([row.get(column, "") for column in columns] for row in rows)))
    return path


def text_of(columns, rows):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def read(path):
    with roster_table(path) as (headings, rows):
        assert headings == tuple(HEADINGS.values())
        return [dict(zip(HEADINGS, row, strict=True)) for _line, row in rows]


USER = {"sourcedId": "u1", "enabledUser": "true", "familyName": "周", "givenName": "衡", "userIds": "{LDAP:zh},{idcard:360803198503071239}"}
ROLE = {"sourcedId": "r1", "userSourcedId": "u1", "roleType": "primary", "role": "teacher", "orgSourcedId": "s1", "beginDate": "2010-09-01"}
SCHOOLS = (
    {"sourcedId": "s1", "name": "青禾实验小学", "type": "school", "parentSourcedId": "d1"},
    {"sourcedId": "d1", "name": "青原区", "type": "district"},
)


def test_what_was_written_is_read_as_it_was(tmp_path):
    (told,) = read(bundle_of(tmp_path))
    assert told == dict(LIN.beside) | {
        "gender": "女", "county": "青原区", "school": "青禾实验小学", "phone": "13800000000", "staff_number": "JX0001",
    }  # fmt: skip


def test_identity_numbers_leave_only_when_they_are_asked_for(tmp_path):
    path = bundle_of(tmp_path, with_numbers=False)
    with zipfile.ZipFile(path) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"360803198503071247" not in whole
    assert read(path)[0]["number"] == ""


def test_the_same_content_makes_the_same_bytes(tmp_path):
    first = bundle_of(tmp_path).read_bytes()
    assert bundle_of(tmp_path).read_bytes() == first


def test_somebody_elses_bundle_is_understood_by_its_classes(tmp_path):
    path = foreign(
        tmp_path,
        orgs=SCHOOLS,
        users=(USER,),
        roles=(ROLE,),
        courses=({"sourcedId": "k1", "title": "数学", "orgSourcedId": "s1", "subjects": "数学", "grades": "03,04"},),
        classes=({"sourcedId": "l1", "title": "三（2）班数学", "courseSourcedId": "k1", "schoolSourcedId": "s1"},),
        enrollments=({"sourcedId": "e1", "classSourcedId": "l1", "userSourcedId": "u1", "role": "teacher"},),
    )
    (told,) = read(path)
    assert (told["name"], told["number"], told["identity_kind"]) == ("周衡", "360803198503071239", "居民身份证")
    assert (told["gender"], told["stage"], told["subject"], told["school"], told["county"]) == (
        "男",
        "小学",
        "数学",
        "青禾实验小学",
        "青原区",
    )
    assert (told["hired_on"], told["position"], told["status"]) == ("2010-09-01", "教师", "")


def test_pupils_and_guardians_are_no_teachers(tmp_path):
    path = foreign(tmp_path, orgs=SCHOOLS, users=(USER,), roles=({**ROLE, "role": "guardian"},))
    assert read(path) == []


def test_the_primary_post_is_the_post(tmp_path):
    other = {**ROLE, "sourcedId": "r0", "roleType": "secondary", "orgSourcedId": "d1", "role": "principal"}
    (told,) = read(foreign(tmp_path, orgs=SCHOOLS, users=(USER,), roles=(other, ROLE)))
    assert (told["school"], told["position"]) == ("青禾实验小学", "教师")


def test_who_is_to_be_forgotten_has_left(tmp_path):
    gone = {**USER, "status": "tobedeleted", "dateLastModified": "2026-11-01T00:00:00Z"}
    (told,) = read(foreign(tmp_path, orgs=SCHOOLS, users=(gone,), roles=(ROLE,), manifest={"file.users": "delta"}))
    assert told["status"] == "离职"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"manifest": {"oneroster.version": "1.1"}}, "manifest.csv oneroster.version: version (1.1)"),
        ({"manifest": {"file.users": "some"}}, "manifest.csv file.users: unknown_value (some)"),
        ({"manifest": {"file.demographics": "bulk"}}, "demographics.csv: missing"),
        ({"users": ({**USER, "enabledUser": "yes"},)}, "users.csv:2 enabledUser: unknown_value (yes)"),
        ({"users": ({**USER, "givenName": " "},)}, "users.csv:2 givenName: empty"),
        ({"roles": ({**ROLE, "role": "chief"},)}, "roles.csv:2 role: unknown_value (chief)"),
        ({"roles": ({**ROLE, "orgSourcedId": "s9"},)}, "roles.csv:2 orgSourcedId: unknown_reference (s9)"),
    ],
)
def test_what_is_wrong_is_named_by_file_line_and_column(tmp_path, wrong, said):
    tables = {"orgs": SCHOOLS, "users": (USER,), "roles": (ROLE,)} | wrong
    with pytest.raises(BadBundle) as refused:
        read(foreign(tmp_path, **tables))
    assert [str(one) for one in refused.value.problems] == [said]


def test_a_missing_heading_and_broken_text_are_named(tmp_path):
    path = tmp_path / "bad.zip"
    for content, said in ((b"sourcedId,status\r\n", "heading_missing"), (b"\xff\xfe", "unreadable")):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("manifest.csv", "propertyName,value\noneroster.version,1.2\nfile.users,bulk\n")
            archive.writestr("users.csv", content)
        with open_bundle(path) as bundle, pytest.raises(BadBundle) as refused:
            list(bundle.rows("users"))
        assert {one.code for one in refused.value.problems} == {said}


def test_only_an_archive_with_a_manifest_is_a_bundle(tmp_path):
    path = tmp_path / "file.zip"
    path.write_bytes(b"no archive")
    assert not is_bundle(path)
    with pytest.raises(BadBundle, match="no_archive"), open_bundle(path):
        pass
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "a workbook")
    assert not is_bundle(path)
    assert is_bundle(bundle_of(tmp_path))


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=4)
LATIN = st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True)
NAMES = st.one_of(HAN, st.builds("{}·{}".format, HAN, HAN), st.builds("{} {}".format, LATIN, LATIN), LATIN)


@given(NAMES)
def test_a_name_in_two_parts_is_the_name_again(name):
    family, given_name = family_and_given(name)
    assert family
    assert given_name
    assert whole_name(family, given_name) == name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("林知微", ("林", "知微")),
        ("欧阳知微", ("欧阳", "知微")),
        ("欧阳", ("欧", "阳")),
        ("买买提·阿卜杜拉", ("-", "买买提·阿卜杜拉")),
        ("John Smith", ("Smith", "John")),
    ],
)
def test_family_names(name, parts):
    assert family_and_given(name) == parts
