"""The packages that we lean on: every pin hashed, the locks as their wishes, no withdrawn release, a licence that we know.

What needs a registry goes through `uv`, the ordinary client; without one, that part says that it could not look. docs/checks.md says what
this cannot know: no list of known holes is asked, for none can be had from a registry's client.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
WORDS = re.compile(r"\s+(?:AND|OR)\s+|[();]")
WAIT_S = 120
# By their short names and as old packages write them.
SHORT = "MIT MIT-0 ISC 0BSD BSD BSD-2-Clause BSD-3-Clause Apache-2.0 BlueOak-1.0.0 MPL-2.0 LGPL-3.0-only PSF-2.0 Zlib CC0-1.0 OFL-1.1"
ALLOWED = set(SHORT.split()) | {
    "MIT License",
    "BSD License",
    "Apache Software License",
    "Mozilla Public License 2.0",
    "MPL 2.0",
    "Python Software Foundation License",
    "Apache-2.0 WITH LLVM-exception",
    "CC-BY-3.0",  # the list of licence exceptions, a file of words
}
# Packages that say nothing a program reads; a person has read their licence.
READ = {
    "axe-playwright-python": "MIT",
    "qrcode": "BSD-3-Clause",  # "other" is its second part, the MIT-licensed code that it came from
    "dom-walk": "MIT",
    "gulp-util": "MIT",
    "os-shim": "MIT",
    "rx-lite": "Apache-2.0",
    "vinyl": "MIT",
    "xtend": "MIT",
}


def locks() -> list[Path]:
    """The locks of Python packages."""
    return sorted((ROOT / "requirements").glob("*.lock"))


def pins(lock: Path) -> Iterator[tuple[str, str, int]]:
    """Each pinned package with its version and how many hashes it has; a line that is no pin has the version ""."""
    name, version, hashes = "", "", 0
    for line in lock.read_text(encoding="utf-8").splitlines():
        hashes += line.count("--hash=sha256:")
        if not line or line.startswith((" ", "#")):
            continue
        if name:
            yield name, version, hashes
        found = PIN.match(line)
        name, version, hashes = (found[1], found[2], 0) if found else (line, "", 0)
    yield name, version, hashes


def loose_pins() -> Iterator[str]:
    """Lines that are no pin, pins without a hash, a package with other versions in another lock."""
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lock in locks():
        for name, version, hashes in pins(lock):
            known[name][lock.name].add(version)
            if not version or not hashes:
                yield f"{lock.name}: {name} is not pinned to a version with a hash"
    for name, found in known.items():
        if len({frozenset(versions) for versions in found.values()}) > 1:
            yield f"{name} has other versions in {' than in '.join(found)}"


def loose_npm() -> Iterator[str]:
    """Packages from npm without a hash, or from somewhere else than a registry."""
    for name, package in npm().items():
        if not str(package.get("integrity", "")).startswith("sha512-"):
            yield f"package-lock.json: {name} has no sha512"


def npm() -> dict[str, dict[str, object]]:
    """The packages of npm's lock by their path."""
    found: dict[str, dict[str, object]] = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {path: package for path, package in found.items() if path}


def licences() -> Iterator[tuple[str, str]]:
    """Each package with its licence as it says itself, or as somebody has read it."""
    for one in metadata.distributions():
        told = one.metadata.json
        classes = [str(line).rpartition(" :: ")[2] for line in told.get("classifier", []) if str(line).startswith("License")]
        said = str(told.get("license_expression") or "; ".join(classes) or told.get("license", ""))
        yield one.name, READ.get(one.name) or said.split("\n", 1)[0]
    for path, package in npm().items():
        name = path.rpartition("node_modules/")[2]
        yield name, READ.get(name) or str(package.get("license", ""))


def strange_licences() -> Iterator[str]:
    """Packages whose licence is not among the allowed ones, or unknown."""
    for name, said in licences():
        strange = [word for word in (part.strip() for part in WORDS.split(said)) if word and word not in ALLOWED]
        if strange or not said:
            yield f"{name}: licence {said or 'unknown'!s} is not among the allowed ones"


def looked_up() -> Iterator[str]:
    """Locks that are no longer what is wanted, and releases that were withdrawn; "could not look" without a registry is no fault."""
    for lock in locks():
        wish = lock.with_suffix(".in")
        with tempfile.TemporaryDirectory(prefix="xingtan-lock-") as folder:
            copy = Path(folder) / lock.name
            copy.write_bytes(lock.read_bytes())
            options = ["--universal", "--python-version", "3.11", "--generate-hashes", str(wish.relative_to(ROOT)), "-o", str(copy)]
            done = _asked([str(UV), "pip", "compile", *options])
            if done is None or done.returncode:
                print(f"{lock.name}: could not look (no registry answers)")
                continue
            yield from (f"{lock.name}: {line.strip()}" for line in done.stderr.splitlines() if "yanked" in line)
            if list(pins(copy)) != list(pins(lock)):
                yield f"{lock.name} is not what {wish.name} wants: lock again (docs/checks.md)"


def _asked(command: list[str]) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=WAIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None


def main() -> int:
    """Prints what is wrong; 0 when nothing is."""
    faults = [*loose_pins(), *loose_npm(), *strange_licences(), *looked_up()]
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{sum(len(list(pins(lock))) for lock in locks())} pins, {len(npm())} of npm, {len(list(licences()))} licences read")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
