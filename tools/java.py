"""A Java for Spark: the machine's, or the system package that root may install."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools import browser

OLDEST = 17
PACKAGE = "openjdk-17-jre-headless"
VERSION = re.compile(r'version "(\d+)')


def installed() -> str | None:
    """The path of a `java` that Spark would take and that is new enough, or None."""
    home = os.environ.get("JAVA_HOME")
    path = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    return path if path and version_of(path) >= OLDEST else None


def version_of(path: str) -> int:
    """The major version that this `java` says, 0 when it does not run."""
    try:
        said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = VERSION.search(said.stderr + said.stdout)
    return int(found[1]) if found and said.returncode == 0 else 0


def find() -> str | None:
    """The path of a Java, installed now if need be and allowed; None if there is none."""
    if installed() is None and browser.may_install():
        browser.install([PACKAGE])
    return installed()
