"""What is read of sound packages: standard, items in order, launch data, scores, lengths."""

from __future__ import annotations

import pytest

from tests.domains.courses.packages.making import PAGE, read, replaced, with_manifest
from xingtan.config.demo import packages as demo
from xingtan.domains.courses.packages.facts import ItemKind, Standard
from xingtan.domains.courses.packages.times import seconds_of

LOM = """<metadata><lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><educational><typicallearningtime>
<datetime>00:15:30</datetime></typicallearningtime></educational></lom></metadata></organization>"""


@pytest.mark.parametrize("name", list(demo.demo_packages()))
def test_the_demonstrations_packages_are_what_they_say(name):
    title, _english, archive = demo.demo_packages()[name]
    facts = read(archive, name)
    wanted = {"scorm12": "scorm12", "scorm2004": "scorm2004", "cmi5": "cmi5"}.get(name.partition(".")[0].rpartition("-")[2], "h5p")
    assert (facts.standard.value, facts.title) == (wanted, title)
    assert demo.zipped({"x": "y"}) == demo.zipped({"x": "y"})


def test_scorm_12_items_carry_what_their_run_time_is_told():
    text = replaced('<adlcp:masteryscore>80</adlcp:masteryscore></item>\n    <item identifier="two"', (
        "<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>level=2</adlcp:datafromlms>"
        "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction></item>\n"
        '    <item identifier="two" parameters="?mode=all" isvisible="false"'
    ))  # fmt: skip
    first, second = read(with_manifest(text)).items
    assert (first.mastery, first.launch_data, first.max_time, first.time_limit_action) == ("80", "level=2", "00:30:00", "exit,message")
    assert (second.href, second.is_visible) == ("lesson.html?n=2&mode=all", False)


def test_headings_assets_and_bases():
    text = replaced(
        '<item identifier="one" identifierref="r-one">',
        '<item identifier="part"><title>第一部分</title><item identifier="one" identifierref="r-one">',
    )
    text = replaced('<item identifier="two"', '</item><item identifier="two"', text)
    text = replaced('adlcp:scormtype="sco" href="lesson.html?n=2"', 'xml:base="more/" href="page.html"', text)
    items = read(with_manifest(text, **{"more/page.html": PAGE})).items
    assert [(item.kind, item.depth) for item in items] == [(ItemKind.HEADING, 0), (ItemKind.SCO, 1), (ItemKind.ASSET, 0)]
    assert items[2].href == "more/page.html"


def test_the_edition_is_told_by_namespaces_where_the_version_is_missing():
    text = replaced("<schemaversion>2004 4th Edition</schemaversion>", "", demo.SCORM2004)
    facts = read(with_manifest(text))
    assert (facts.standard, facts.items[0].mastery) == (Standard.SCORM2004, "0.8")
    assert facts.sequencing["activityTree"]["sequencingControls"] == {"choice": True, "flow": True}


def test_the_typical_learning_time_is_the_length():
    assert read(with_manifest(replaced("</organization>", LOM))).length_s == 930


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("PT1H30M", 5400), ("PT45S", 45), ("00:15:00", 900), ("0000:15:00.00", 900), ("P", 0), ("soon", 0), ("PT9999H", 0), ("P1D", 86_400)],
)
def test_durations(text, seconds):
    assert seconds_of(text) == seconds


def test_a_cmi5_unit_carries_its_launch():
    facts = read(demo.zipped(demo.cmi5_files()))
    (unit,) = facts.items
    assert (unit.kind, unit.move_on, unit.mastery, unit.title, unit.title_en) == (
        ItemKind.AU, "CompletedAndPassed", "0.8", "约定一个问题", "Agree on one question",
    )  # fmt: skip
    assert facts.identifier == "https://xingtan.invalid/courses/observing"


def test_the_shallowest_manifest_decides():
    files = {**demo.cmi5_files(), "old/imsmanifest.xml": demo.SCORM12, "old/lesson.html": PAGE}
    assert read(demo.zipped(files)).standard is Standard.CMI5
