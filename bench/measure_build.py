"""Seconds and peak memory of a build, and the lines of code of every package.

python bench/measure_build.py [SOURCE]...
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAY = "2026-03-18"


def measure(sources: list[str]) -> None:
    """Build an issue in a child process and print what it took."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "digest", "build", *sources, "-q", "-o", out, "--date", DAY]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        sizes = {
            path.name: path.stat().st_size for path in sorted((Path(out) / DAY).iterdir()) if path.is_file()
        }
    # of the largest single process: the program itself or one of its workers; kilobytes, on macOS bytes
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (
        1024 if sys.platform != "darwin" else 1024**2
    )
    print(f"{' '.join(sources)}: {seconds:.1f} s, peak {peak:.0f} MB of the largest process")
    for name, size in sizes.items():
        print(f"  {name}: {size / 1024:.0f} KB")


def count_lines() -> None:
    """Print the lines of Python of every package and module below digest/."""
    lines: Counter[str] = Counter()
    for path in sorted((ROOT / "digest").rglob("*.py")):
        lines[path.relative_to(ROOT / "digest").parts[0]] += len(
            path.read_text(encoding="utf-8").splitlines()
        )
    for name, count in sorted(lines.items(), key=lambda pair: -pair[1]):
        print(f"{count:6d}  {name}")
    print(f"{lines.total():6d}  in all")


if __name__ == "__main__":
    measure(sys.argv[1:] or [str(ROOT / "samples")])
    count_lines()
