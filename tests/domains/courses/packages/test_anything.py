"""Whatever is uploaded: a package, or a refusal with its sentence; never an error of ours."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from xingtan.config.demo import packages as demo
from xingtan.domains.courses.packages.reading import read_package
from xingtan.domains.courses.packages.words import PACKAGE_REFUSALS
from xingtan.foundation.refusal import Refused

SOUND = [archive for _title, _english, archive in demo.demo_packages().values()]
MANIFESTS = {"imsmanifest.xml": [demo.SCORM12, demo.SCORM2004], "cmi5.xml": [demo.CMI5], "h5p.json": [str(demo.h5p_files()["h5p.json"])]}


def take(archive):
    """The package is read to its last byte, or refused: then the sentence that says why."""
    try:
        files = read_package(io.BytesIO(archive), len(archive), "x.zip")[1]
        for path in files.files:
            for _piece in files.pieces(path):
                pass
    except Refused as refused:
        return str(PACKAGE_REFUSALS[refused.code]) % refused.params
    return ""


@st.composite
def damaged(draw):
    """A sound archive with some of its bytes changed, cut off, or doubled."""
    archive = bytearray(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(archive) - 1))
        archive[at : at + draw(st.integers(0, 4))] = draw(st.binary(max_size=4))
    return bytes(archive[: draw(st.integers(1, len(archive)))]) if draw(st.booleans()) else bytes(archive)


@st.composite
def rewritten(draw):
    """A sound archive whose manifest has stretches of text replaced."""
    name = draw(st.sampled_from(sorted(MANIFESTS)))
    text = draw(st.sampled_from(MANIFESTS[name]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(st.text(max_size=8)) + text[start + draw(st.integers(0, 12)) :]
    return demo.zipped({name: text.encode("utf-8", "replace"), "lesson.html": b"x", "index.html": b"x"})


@settings(max_examples=300, deadline=None)
@given(damaged())
def test_damaged_archives(archive):
    take(archive)


@settings(max_examples=300, deadline=None)
@given(rewritten())
def test_rewritten_manifests(archive):
    take(archive)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind(archive):
    assert take(archive)
