"""Course media that the demonstration makes itself: films of a blackboard, their captions, documents to read.

Everything is real: H.264 and AAC in an MP4 that begins to play before it is loaded, WebVTT, PDF with embedded Chinese fonts.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import cast

import av
import typst
from av.video.reformatter import Colorspace
from django.conf import settings

FONTS = Path(__file__).resolve().parents[2] / "fonts"
WIDTH, HEIGHT = 1280, 720
FRAMES_PER_S = 4
SAMPLES_PER_S = 16_000
BAR_TOP, BAR_BOTTOM = 700, 710
BAR_LUMA, TRACK_LUMA = 168, 60
MADE_BY = "5"  # goes up when a film of the same slides would look different


@dataclass(frozen=True, slots=True)
class Slide:
    """One picture of a film: a headline, who says it, lines on the board, the remark that is underlined, and what is spoken."""

    title: str
    by: str
    lines: tuple[str, ...]
    remark: str
    spoken: str
    spoken_en: str


BOARD = """
#set page(width: 1280pt, height: 720pt, margin: 0pt, fill: rgb("#d9cfbd"))
#set text(font: "Noto Serif SC", fill: rgb("#f4f1e6"), lang: "zh")
#let slides = json(bytes(sys.inputs.slides))
#for slide in slides {
  place(top + left, dx: 48pt, dy: 36pt, rect(width: 1184pt, height: 562pt, fill: rgb("#a9855a")))
  place(top + left, dx: 62pt, dy: 50pt, rect(width: 1156pt, height: 534pt, fill: rgb("#27443e")))
  place(top + left, dx: 62pt, dy: 50pt, polygon(fill: rgb("#2d4c45"), (0pt, 0pt), (1156pt, 0pt), (0pt, 420pt)))
  place(top + left, dx: 48pt, dy: 590pt, rect(width: 1184pt, height: 16pt, fill: rgb("#8f6e48")))
  place(top + left, dx: 912pt, dy: 579pt, rect(width: 64pt, height: 12pt, radius: 3pt, fill: rgb("#e8e3d8")))
  place(top + left, dx: 1000pt, dy: 583pt, rect(width: 30pt, height: 7pt, radius: 2pt, fill: rgb("#f3d9a4")))
  place(top + left, dx: 62pt, dy: 88pt, block(width: 1156pt, align(center)[
    #text(size: 76pt, weight: "bold", tracking: 10pt, slide.title) #h(20pt) #text(size: 30pt, slide.by)
  ]))
  place(top + left, dx: 190pt, dy: 236pt, block(width: 900pt, {
    set par(leading: 22pt)
    for line in slide.lines { text(size: 38pt, line); linebreak() }
    v(10pt)
    text(size: 38pt, weight: "bold", fill: rgb("#f3c98a"), slide.remark)
  }))
  for seat in (130, 420, 720, 1010) {
    place(top + left, dx: seat * 1pt, dy: 660pt, ellipse(width: 170pt, height: 130pt, fill: rgb("#56728a")))
    place(top + left, dx: (seat + 47) * 1pt, dy: 612pt, circle(radius: 38pt, fill: rgb("#3b332c")))
  }
  pagebreak(weak: true)
}
"""
DOCUMENT = """
#set page(paper: "a4", margin: (x: 26mm, y: 28mm), footer: context align(center, text(size: 9pt, counter(page).display("1 / 1", both: true))))
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")
#set par(justify: true, leading: 1.1em, spacing: 1.4em, first-line-indent: (amount: 2em, all: true))
#let told = json(bytes(sys.inputs.told))
#for (number, page) in told.pages.enumerate() {
  if number == 0 { align(center, text(font: "Noto Sans SC", size: 20pt, weight: "bold", told.title)); v(8mm) }
  block(text(font: "Noto Sans SC", size: 14pt, weight: "bold", fill: rgb("#1f5f7a"), page.heading))
  for words in page.paragraphs { par(words) }
  pagebreak(weak: true)
}
"""


def pictures(slides: Sequence[Slide]) -> list[bytes]:
    """A PNG of 1280 × 720 for each slide."""
    told = json.dumps([asdict(slide) for slide in slides], ensure_ascii=False)
    # One page comes as bytes, several as a list of them; the package's types know only the first.
    drawn: object = typst.compile(BOARD.encode(), format="png", ppi=72, font_paths=_fonts(), sys_inputs={"slides": told})
    return [bytes(page) for page in drawn] if isinstance(drawn, list) else [cast("bytes", drawn)]


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The program's own fonts and no others, so that every machine draws the same."""
    return typst.Fonts(font_paths=[str(FONTS)], include_system_fonts=False)


def make_pdf(path: Path, title: str, pages: Sequence[tuple[str, Sequence[str]]]) -> None:
    """A PDF with an A4 page for each heading and its paragraphs lies at the path."""
    told = {"title": title, "pages": [{"heading": heading, "paragraphs": list(words)} for heading, words in pages]}
    path.write_bytes(typst.compile(DOCUMENT.encode(), font_paths=_fonts(), sys_inputs={"told": json.dumps(told, ensure_ascii=False)}))


def make_video(path: Path, slides: Sequence[Slide], seconds: int) -> None:
    """A film of so many seconds lies at the path: the slides one after the other, a bar that grows, a quiet tone."""
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as film:
        picture = film.add_stream("libx264", rate=FRAMES_PER_S, options={"preset": "ultrafast", "tune": "stillimage", "crf": "27"})
        picture.width, picture.height, picture.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        picture.codec_context.gop_size = FRAMES_PER_S * 5
        sound = film.add_stream("aac", rate=SAMPLES_PER_S, layout="mono")
        sound.bit_rate = 32_000
        for frame in _frames(pictures(slides), seconds):
            film.mux(picture.encode(frame))
        film.mux(picture.encode(None))
        for tone in _tones(seconds):
            film.mux(sound.encode(tone))
        film.mux(sound.encode(None))


def _frames(drawn: Sequence[bytes], seconds: int) -> Iterator[av.VideoFrame]:
    """Every frame of the film, each with the bar as long as the time that passed."""
    total = seconds * FRAMES_PER_S
    planes: list[bytearray] = []
    shown = -1
    for number in range(total):
        wanted = number * len(drawn) // total
        if wanted != shown:
            planes, shown = _planes(drawn[wanted]), wanted
        _draw_bar(planes[0], number / max(total - 1, 1))
        frame = av.VideoFrame(WIDTH, HEIGHT, "yuv420p")
        for plane, content in zip(frame.planes, planes, strict=True):
            plane.update(bytes(content))
        frame.pts, frame.time_base = number, Fraction(1, FRAMES_PER_S)
        yield frame


def _planes(png: bytes) -> list[bytearray]:
    """The picture's luma and chroma as the encoder takes them."""
    with av.open(io.BytesIO(png), "r") as still:
        frame = next(still.decode(video=0)).reformat(width=WIDTH, height=HEIGHT, format="yuv420p", dst_colorspace=Colorspace.ITU709)
        return [bytearray(bytes(plane)) for plane in frame.planes]


def _draw_bar(luma: bytearray, part: float) -> None:
    done = int(WIDTH * part)
    row = bytes([BAR_LUMA]) * done + bytes([TRACK_LUMA]) * (WIDTH - done)
    for line in range(BAR_TOP, BAR_BOTTOM):
        luma[line * WIDTH : (line + 1) * WIDTH] = row


def _tones(seconds: int) -> Iterator[av.AudioFrame]:
    """A quiet tone that swells once a second, a frame a second."""
    step = 2 * math.pi / SAMPLES_PER_S
    wave = array("h", (int(500 * math.sin(220 * step * n) * math.sin(step * n / 2) ** 2) for n in range(SAMPLES_PER_S)))
    for second in range(seconds):
        frame = av.AudioFrame(format="s16", layout="mono", samples=SAMPLES_PER_S)
        frame.planes[0].update(wave.tobytes())
        frame.sample_rate, frame.pts, frame.time_base = SAMPLES_PER_S, second * SAMPLES_PER_S, Fraction(1, SAMPLES_PER_S)
        yield frame


def captions(slides: Sequence[Slide], seconds: int, *, english: bool = False) -> str:
    """WebVTT that says of each slide what is spoken while it is shown."""
    cues = ["WEBVTT", ""]
    for place, slide in enumerate(slides):
        begins, ends = (seconds * at / len(slides) for at in (place, place + 1))
        cues += [f"{_clock(begins)} --> {_clock(ends)}", slide.spoken_en if english else slide.spoken, ""]
    return "\n".join(cues)


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


def cached(name: str, ending: str, make: Callable[[Path], None]) -> Path:
    """The file that `make` writes, made once for this name and kept under the data folder's cache."""
    folder = Path(settings.HOME) / "cache" / "media"
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{hashlib.sha256((MADE_BY + name).encode()).hexdigest()[:24]}{ending}"
    if not place.exists():
        # Of this process alone: two that load at once may both make it, and either whole file is right.
        fresh = place.with_name(f"new-{os.getpid()}-{place.name}")
        make(fresh)
        fresh.replace(place)
    return place
