"""A Chromium for the browser tests and screenshots: the machine's, or the system package that root may install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
HAN_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")


def installed() -> str | None:
    """The path of a browser on this machine, `CHROMIUM` first, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), None) or next((path for path in APPLICATIONS if Path(path).exists()), None)


def may_install() -> bool:
    """True for root on a Debian system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """The system's packages are installed, if they can be had."""
    print(f"· installing {' '.join(packages)}", flush=True)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        subprocess.run(["apt-get", "update", "-q"], stdout=subprocess.DEVNULL, check=False)
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


def find() -> str | None:
    """The path of a browser, installed now if need be and allowed, with Chinese fonts beside it; None if there is none."""
    missing = [name for name, is_there in (("chromium", installed() is not None), ("fonts-noto-cjk", HAN_FONT.exists())) if not is_there]
    if missing and may_install():
        install(missing)
    return installed()


def launch_arguments() -> list[str]:
    """Flags that every launch needs: root has no sandbox, and nothing may call home."""
    flags = [
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--autoplay-policy=no-user-gesture-required",
    ]
    return [*flags, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else flags
