"""From a bare checkout to an environment that runs: `python3 tools/bootstrap.py run|dev|spark`. Needs the standard library only.

Afterwards `.venv` holds exactly what the lock files name (checked by hash), the package itself is installed from this folder,
and assets and catalogs are built. What has not changed since last time is not done again; then it answers in well under a second.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "xingtan-bootstrap.json"
OLDEST = (3, 11)
KINDS = {"run": ("run.lock",), "dev": ("run.lock", "dev.lock"), "spark": ("run.lock", "dev.lock", "spark.lock")}
# Spark comes as source, so what builds it has to be there already.
INSTALLS = {"run": ("run.lock",), "dev": ("dev.lock",), "spark": ("dev.lock", "spark.lock")}


def say(text: str) -> None:
    """One line of progress for the person who waits."""
    print(f"· {text}", flush=True)


def with_new_enough_python() -> None:
    """This script goes on under Python 3.11 or newer, or ends with a sentence that says what to install."""
    if sys.version_info >= OLDEST:
        return
    for name in ("python3.13", "python3.12", "python3.11", "python3.14"):
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 -- the same script under another interpreter
    sys.exit("Xingtan needs Python 3.11 or newer; install it, or name it: make run PYTHON=/path/to/python3.11")


def venv_python() -> Path:
    """The environment's interpreter, on every system."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(*names: str) -> str:
    """One digest over the named files of this checkout."""
    total = hashlib.sha256()
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def wanted(kind: str) -> dict[str, str]:
    """What the stamp must say for this kind of environment."""
    return {name: digest(f"requirements/{name}") for name in KINDS[kind]} | {"package": digest("pyproject.toml"), "place": str(ROOT)}


def stamped() -> dict[str, str]:
    """What was installed last time; nothing when there is no environment."""
    if not venv_python().exists() or not STAMP.exists():
        return {}
    return dict(json.loads(STAMP.read_text(encoding="utf-8")))


def make_venv() -> None:
    """`.venv` exists; on Debian, root gets the missing module from the system's own packages."""
    if venv_python().exists():
        return
    say("making .venv")
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False, capture_output=True, text=True)
    if made.returncode and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing python3-venv")
        subprocess.run(["apt-get", "install", "-y", "-q", "python3-venv"], check=True, stdout=subprocess.DEVNULL)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"Could not make .venv: {made.stdout}{made.stderr}\nOn Debian or Ubuntu: apt-get install python3-venv")


def pip(*arguments: str) -> None:
    """Pip has done this, or the script ends with pip's own words."""
    command = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "install", "-q", *arguments]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"pip could not install {' '.join(arguments)}")


def install(kind: str) -> None:
    """The environment holds what the lock names and this package; untouched when the stamp says so."""
    want, have = wanted(kind), stamped()
    if want.items() <= have.items():
        return
    if have.get("place", str(ROOT)) != str(ROOT):
        say("this folder was moved: making .venv anew, for its programs know their old place")
        shutil.rmtree(VENV)
        have = {}
    make_venv()
    for lock in INSTALLS[kind]:
        if want[lock] != have.get(lock):
            say(f"installing requirements/{lock} (checked by hash)")
            pip(*(["--no-build-isolation"] if lock == "spark.lock" else []), "--require-hashes", "-r", f"requirements/{lock}")
    say("installing xingtan from this folder")
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    # What a smaller lock brought stays true when the larger one holds it as well, and not the other way round.
    STAMP.write_text(json.dumps(want, indent=2), encoding="utf-8")


def build(kind: str) -> None:
    """Assets and catalogs are built; each tool knows for itself whether anything changed."""
    for command in (["tools/assets.py", kind], ["tools/catalogs.py", "build", "--if-changed"]):
        if subprocess.run([str(venv_python()), *command], cwd=ROOT, check=False).returncode:
            sys.exit(f"{command[0]} failed")


def main() -> None:
    """`run`: what a site needs. `dev`: also what tests and checks need; `spark`: also Spark. `--no-build` leaves assets and catalogs alone."""
    with_new_enough_python()
    began = time.monotonic()
    kind = next((word for word in sys.argv[1:] if word in KINDS), "run")
    install(kind)
    if "--no-build" not in sys.argv:
        build("dev" if kind == "spark" else kind)
    took = time.monotonic() - began
    if took > 5:
        say(f"ready in {took:.0f} s")


if __name__ == "__main__":
    main()
