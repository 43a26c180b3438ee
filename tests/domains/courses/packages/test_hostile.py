"""Broken and hostile packages: each gets one clear answer, and nothing is unpacked."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile

import pytest

from tests.domains.courses.packages.making import PAGE, SOUND, changed, in_gbk, read, refusal, replaced, with_entry, with_manifest
from xingtan.config.demo import packages as demo
from xingtan.domains.courses.packages import archive as limits
from xingtan.domains.courses.packages.facts import ItemKind
from xingtan.domains.courses.packages.words import PACKAGE_REFUSALS

LAUGHS = '<!DOCTYPE m [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE m [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
INDEX = {"index.html": PAGE}
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("archive", "code", "told"),
    [
        (b"not a zip at all", "package_not_a_zip", {}),
        (b"", "package_not_a_zip", {}),
        (changed()[:-30], "package_not_a_zip", {}),
        (changed(**{"imsmanifest.xml": None}), "package_no_manifest", {}),
        (with_entry("../../etc/cron.d/x"), "package_path_outside", {"place": "../../etc/cron.d/x"}),
        (with_entry("a/../../x.html"), "package_path_outside", {"place": "a/../../x.html"}),
        (with_entry("/etc/passwd"), "package_path_outside", {"place": "/etc/passwd"}),
        (with_entry("C:/Windows/x.html"), "package_path_outside", {"place": "C:/Windows/x.html"}),
        (with_entry("..\\..\\x.html"), "package_path_outside", {"place": "../../x.html"}),
        (with_entry("~/play"), "package_path_outside", {"place": "~/play"}),
        (with_entry("link.html", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "package_link", {"place": "link.html"}),
        (with_entry("locked.html", flags=0x1), "package_has_a_password", {"place": "locked.html"}),
        (with_entry("odd.html", method=zipfile.ZIP_LZMA), "package_method_unknown", {"place": "odd.html"}),
        (with_entry("big.bin", b"\0" * (3 << 20)), "package_bomb", {"place": "big.bin"}),
        (with_entry("./lesson.html"), "package_twice", {"place": "lesson.html"}),
        (with_manifest(demo.SCORM12, name="a/imsmanifest.xml", **{"b/imsmanifest.xml": "x"}), "package_two_roots", {}),
        (with_manifest("<manifest"), "package_xml_unreadable", {"place": "imsmanifest.xml", "line": 1}),
        (with_manifest(replaced(DECLARED, DECLARED + LAUGHS)), "package_xml_entities", {"place": "imsmanifest.xml"}),
        (with_manifest(replaced(DECLARED, DECLARED + OUTSIDE)), "package_xml_entities", {"place": "imsmanifest.xml"}),
        (with_manifest("<manifest>" + "<a>" * 99 + "</a>" * 99 + "</manifest>"), "package_xml_too_deep", {}),
        (with_manifest("<html></html>"), "package_manifest_other", {"place": "imsmanifest.xml"}),
        (with_manifest("<manifest><organizations/><resources/></manifest>"), "package_no_items", {}),
        (changed(**{"imsmanifest.xml": b"\xff\xff\xff\xff"}), "package_text_unreadable", {"place": "imsmanifest.xml"}),
        (changed(**{"lesson.html": None}), "package_file_missing", {"place": "lesson.html", "item": "第一课：好问题"}),
        (with_manifest(replaced('identifierref="r-two"', 'identifierref="r-ten"')), "package_item_without_resource", {"resource": "r-ten"}),
        (with_manifest(replaced("lesson.html?n=1", "https://elsewhere.invalid/x.html")), "package_address_elsewhere", {"item": "第一课：好问题"}),
        (with_manifest(replaced("lesson.html?n=1", "../../x.html")), "package_file_missing", {"place": "../../x.html"}),
        (with_manifest(replaced("lesson.html?n=1", "javascript:alert(1)")), "package_address_elsewhere", {}),
        (with_manifest(replaced("index.html", "https://elsewhere.invalid/", demo.CMI5), name="cmi5.xml"), "package_address_elsewhere", {}),
        (with_manifest(replaced('masteryScore="0.8"', 'masteryScore="80"', demo.CMI5), name="cmi5.xml", **INDEX), "package_mastery_unclear", {"said": "80"}),
        (with_manifest(replaced("CompletedAndPassed", "WhenDone", demo.CMI5), name="cmi5.xml", **INDEX), "package_move_on_unknown", {"said": "WhenDone"}),
        (demo.zipped({"h5p.json": "{}"}), "package_h5p_unreadable", {"place": "h5p.json"}),
        (demo.zipped({"h5p.json": "[" * 100_000}), "package_h5p_unreadable", {"place": "h5p.json"}),
    ],
)  # fmt: skip
def test_each_fault_has_one_answer_that_names_its_place(archive, code, told):
    found, params = refusal(archive)
    assert found == code
    assert told.items() <= params.items()
    assert str(PACKAGE_REFUSALS[code]) % params


def test_an_h5p_without_its_library_names_the_library():
    files = demo.h5p_files()
    del files[f"{demo.LIBRARY}-1.0/library.json"]
    assert refusal(demo.zipped(files)) == (
        "package_library_missing",
        {"name": "课件.zip", "place": "h5p.json", "library": "H5P.XingtanReflect-1.0"},
    )


def test_a_library_that_names_a_script_it_has_not_is_refused():
    files = demo.h5p_files()
    del files[f"{demo.LIBRARY}-1.0/reflect.js"]
    assert refusal(demo.zipped(files))[1]["place"] == "H5P.XingtanReflect-1.0/reflect.js"


def test_a_list_of_members_that_would_fill_the_memory_is_not_read():
    whole = bytearray(changed())
    at = whole.rfind(b"PK\x05\x06")
    struct.pack_into("<L", whole, at + 12, limits.MOST_DIRECTORY + 1)
    assert refusal(bytes(whole))[0] == "package_too_many_files"


def test_more_files_than_are_taken(monkeypatch):
    monkeypatch.setattr(limits, "MOST_FILES", 3)
    code, params = refusal(changed(**{"a.html": PAGE, "b.html": PAGE}))
    assert (code, params["count"], params["most"]) == ("package_too_many_files", 4, 3)


def test_more_bytes_than_are_taken(monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 1 << 20)
    assert refusal(with_entry("big.bin", random.Random(1).randbytes(2 << 20)))[0] == "package_unpacks_too_large"


def test_a_member_that_lied_about_its_size_is_cut_off():
    whole = with_entry("lie.bin", b"\1" * 5000)
    lied = whole.replace(struct.pack("<L", 5000), struct.pack("<L", 50))
    opened = limits.open_archive(io.BytesIO(lied), len(lied), "x.zip")
    with pytest.raises(limits.Refused) as refused:
        b"".join(opened.pieces("lie.bin"))
    assert refused.value.code in {"package_damaged", "package_unpacks_too_large"}


@pytest.mark.parametrize(
    ("encoding", "mark", "declared"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("gb18030", b"", "GB2312"),
        ("gb18030", b"", "gbk"),
        ("gb18030", b"", "UTF-8"),
    ],
)
def test_manifests_in_the_encodings_of_the_field(encoding, mark, declared):
    text = replaced('encoding="UTF-8"', f'encoding="{declared}"')
    facts = read(with_manifest(text, encoding=encoding, mark=mark))
    assert facts.title == "课堂提问两课"
    assert [item.title for item in facts.items] == ["第一课：好问题", "第二课：会追问"]


def test_names_in_gbk_are_found_under_their_true_name():
    files = {"imsmanifest.xml": replaced("lesson.html", "课件/第一课.html"), "课件/第一课.html": PAGE}
    assert read(in_gbk(files)).items[0].href == "%E8%AF%BE%E4%BB%B6/%E7%AC%AC%E4%B8%80%E8%AF%BE.html?n=1"


@pytest.mark.parametrize("href", ["%E8%AF%BE.html?n=1", "%BF%CE.html?n=1", "课.html?n=1", ".\\课.html?n=1", "./课.html?n=1", "课.HTML?n=1"])
def test_addresses_in_every_spelling(href):
    facts = read(demo.zipped({"imsmanifest.xml": replaced("lesson.html?n=1", href), "lesson.html": PAGE, "课.html": PAGE}))
    assert facts.items[0].href == "%E8%AF%BE.html?n=1"


def test_a_package_in_a_folder_is_seen_from_that_folder():
    inside = {f"course v1/{name}": content for name, content in SOUND.items()}
    facts = read(demo.zipped({**inside, "__MACOSX/._x": b"x", "readme.txt": b"x"}))
    assert [item.kind for item in facts.items] == [ItemKind.SCO, ItemKind.SCO]
