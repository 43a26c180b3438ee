"""Files of personal kinds: closed on disk, opened from any place, refused when altered; films lie as they came."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from xingtan.foundation.files import sealed
from xingtan.foundation.files.store import keep_file, open_file, path_of, readable
from xingtan.foundation.people.roles import OPERATOR

NUMBER = b"36082119880214202X"
PIECE = sealed.PIECE


@pytest.fixture
def home(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def kept(content, kind="learning_records"):
    return keep_file([content[:7], content[7:]], kind=kind, name="a.csv", media_type="text/csv", actor=OPERATOR, now=timezone.now())


@pytest.mark.django_db
def test_a_file_with_numbers_shows_none_on_disk_and_opens_whole(home):
    content = NUMBER * 9000
    file = kept(content)
    assert NUMBER not in path_of(file).read_bytes()
    assert "closed" in path_of(file).parts
    with open_file(file) as opened:
        assert opened.read() == content
    with readable(file) as path:
        assert path.read_bytes() == content
        assert path.stat().st_mode & 0o077 == 0
    assert not path.exists()
    assert (file.size, len(list((home / "files").rglob(".new-*")))) == (len(content), 0)


@pytest.mark.django_db
def test_a_film_lies_as_it_came(home):
    file = kept(NUMBER, kind="course")
    assert path_of(file).read_bytes() == NUMBER
    with readable(file) as path:
        assert path == path_of(file)


@given(st.integers(0, 3 * PIECE + 5), st.lists(st.tuples(st.integers(0, 3 * PIECE + 9), st.integers(0, PIECE + 3)), max_size=4))
@trials(max_examples=25)
def test_any_place_of_a_closed_file_reads_as_the_plain_one(tmp_path_factory, size, reads):
    content = bytes(at * 7 % 251 for at in range(size))
    path = tmp_path_factory.mktemp("closed") / "file"
    path.write_bytes(b"".join(sealed.close([content])))
    plain = io.BytesIO(content)
    with sealed.opened(path) as opened:
        for at, length in reads:
            assert (opened.seek(at), plain.seek(at)) == (at, at)
            assert opened.read(length) == plain.read(length)
        assert opened.seek(0, io.SEEK_END) == size


def altered(path: Path, how: str) -> None:
    raw = bytearray(path.read_bytes())
    whole = PIECE + sealed.TAG
    first, second = raw[sealed.HEAD : sealed.HEAD + whole], raw[sealed.HEAD + whole : sealed.HEAD + 2 * whole]
    rest = raw[sealed.HEAD + 2 * whole :]
    made = {
        "a byte": raw[:-40] + bytes([raw[-40] ^ 1]) + raw[-39:],
        "cut off": raw[: sealed.HEAD + 2 * whole],
        "exchanged": raw[: sealed.HEAD] + second + first + rest,
        "left out": raw[: sealed.HEAD] + second + rest,
    }[how]
    path.write_bytes(bytes(made))


@pytest.mark.parametrize("how", ["a byte", "cut off", "exchanged", "left out"])
def test_an_altered_file_does_not_open(tmp_path, how):
    path = tmp_path / "file"
    path.write_bytes(b"".join(sealed.close([bytes(3 * PIECE - 9)])))
    altered(path, how)
    with sealed.opened(path) as opened, pytest.raises(InvalidTag):
        opened.read()
