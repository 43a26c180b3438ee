"""All static checks: `python tools/check.py [NAME …]`. Every one runs; what failed is shown at the end with its own words."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = [name for name in ("src", "tools", "tests", "bench") if (ROOT / name).is_dir()]
CHECKS: dict[str, list[str]] = {
    "types": [str(BIN / "mypy")],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "--output-format=concise", *CODE],
    "format": [str(BIN / "ruff"), "format", "--check", "--output-format=concise", *CODE],
    "imports": [str(BIN / "lint-imports"), "--no-logo"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "templates": [sys.executable, "tools/templates.py"],
    "catalogs": [sys.executable, "tools/catalogs.py", "check"],
    "sizes": [sys.executable, "tools/sizes.py"],
    "words": [sys.executable, "tools/words.py"],
    "pii": [sys.executable, "tools/pii.py"],
    "access": [sys.executable, "tools/access.py", "check"],
    "states": [sys.executable, "tools/states.py", "check"],
    "packages": [sys.executable, "tools/packages.py"],
    "suppressions": [sys.executable, "tools/suppressions.py"],
}


@dataclass(frozen=True)
class Result:
    """How one check ended."""

    name: str
    is_clean: bool
    said: str
    seconds: float


def environment(home: str) -> dict[str, str]:
    """Settings of no particular site: a data folder that is gone afterwards, and no knob of the caller's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINGTAN_")}
    return kept | {
        "XINGTAN_HOME": home,
        "DJANGO_SETTINGS_MODULE": "xingtan.config.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
    }


def run(name: str, home: str) -> Result:
    """The check has run; one line says how it ended."""
    began = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False)
    result = Result(name, done.returncode == 0, (done.stdout + done.stderr).strip(), time.monotonic() - began)
    print(f"{'ok    ' if result.is_clean else 'FAILED'} {name:13} {result.seconds:5.1f} s", flush=True)
    return result


def show(results: list[Result]) -> None:
    """What the failed checks said, and what the tallying ones count."""
    for result in results:
        if not result.is_clean:
            print(f"\n——— {result.name} ———\n{result.said}")
        elif result.name in {"suppressions", "sizes"}:
            print(f"{result.name}: {result.said.splitlines()[-1] if result.said else ''}")
    failed = [result.name for result in results if not result.is_clean]
    print(f"\n{len(results) - len(failed)} checks clean" + (f", {len(failed)} failed: {', '.join(failed)}" if failed else ""))


def main(names: list[str]) -> int:
    """The named checks, or all of them, two at a time; 0 when all are clean."""
    chosen = names or list(CHECKS)
    if unknown := set(chosen) - set(CHECKS):
        sys.exit(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
    with tempfile.TemporaryDirectory(prefix="xingtan-check-") as home, ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(lambda name: run(name, home), chosen))
    show(results)
    return 0 if all(result.is_clean for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
