"""Our methods beside statsforecast's on the M3 competition's series and others: accuracy and speed, from one run.

    python3 scripts/compare.py FOLDER [FOLDER ...] [--series N] [--arima N] [--out FILE] [--venv FOLDER]

Makes a throw-away Python environment with statsforecast from PyPI, builds examples/m3.rs in release, runs both sides one after
the other on one core each, and writes Markdown tables to FILE (default compare.md), ready for docs/accuracy.md. `--series N`
takes the first N series of each frequency only; AutoARIMA runs on the first `--arima N` (default 25) of each frequency, for it is
slow. `--venv` keeps the environment in FOLDER for the next run.

A folder holds yearly-train.csv, yearly-test.csv and so on, with the columns series, period and value; what a name ends with, such
as "retail-monthly", says how many periods make a year, and without one there is no season. The M3 series are public: the International Institute of Forecasters offers M3C.xls at
https://forecasters.org/resources/time-series-data/m3-competition/, and the R package Mcomp has them too.
"""

import argparse
import csv
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = "statsforecast==2.1.1"
# One thread, so that CPU seconds are those of one core.
ONE_CORE = dict.fromkeys(["NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")
# Ours, the peers that it is measured against, whose seconds are added up.
RATIOS = [
    ("ets", ["AutoETS"]),
    ("theta", ["DynamicOptimizedTheta"]),
    ("theta", ["AutoTheta"]),
    ("arima", ["AutoARIMA"]),
    ("combine", ["AutoETS", "DynamicOptimizedTheta", "AutoCES"]),
]


def beginning(source: Path, target: Path, count: int) -> None:
    """Copies the first `count` series of each file."""
    for path in sorted(source.glob("*.csv")):
        rows = list(csv.reader(path.open()))
        keep = list(dict.fromkeys(row[0] for row in rows[1:]))[:count]
        with (target / path.name).open("w", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([rows[0]] + [row for row in rows[1:] if row[0] in set(keep)])


def run(command: list, **more) -> str:
    print("+", " ".join(map(str, command)), file=sys.stderr, flush=True)
    return subprocess.run(list(map(str, command)), check=True, text=True, stdout=subprocess.PIPE, **more).stdout


def seconds_of_peers(path: Path) -> dict:
    """CPU seconds for 1,000 series, by model and frequency."""
    return {
        (row["model"], row["frequency"]): 1000 * float(row["cpu_seconds"]) / int(row["series"])
        for row in csv.DictReader(path.open())
    }


def seconds_of_ours(text: str) -> dict:
    """The speed table that examples/m3.rs prints last."""
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[2].isdigit():
            found[cells[0], cells[1]] = float(cells[3])
    return found


def speed(ours: dict, peers: dict) -> str:
    names = list(dict.fromkeys(name for method, name in ours if not method.startswith("auto")))
    lines = [
        "| seconds for 1,000 series (ratio) | " + " | ".join(names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for method, others in RATIOS:
        if (method, names[0]) not in ours or any((other, names[0]) not in peers for other in others):
            continue
        cells = []
        for frequency in names:
            mine, theirs = ours[method, frequency], sum(peers[other, frequency] for other in others)
            cells.append(f"{mine:.3g} against {theirs:.3g} ({theirs / mine:.0f} times)")
        lines.append(f"| `{method}` against {' and '.join(others)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder", type=Path, nargs="+")
    arguments.add_argument("--series", type=int, help="only the first N series of each frequency")
    arguments.add_argument("--arima", type=int, default=25, help="series of each frequency for AutoARIMA; 0 leaves it out")
    arguments.add_argument("--out", type=Path, default=Path("compare.md"))
    arguments.add_argument("--venv", type=Path, help="keep the environment here")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        venv = given.venv or work / "venv"
        python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not python.exists():
            run([sys.executable, "-m", "venv", venv])
        run([python, "-m", "pip", "install", "--quiet", PEERS])
        run(["cargo", "build", "--release", "--no-default-features", "--example", "m3"], cwd=ROOT)
        folders = [folder.resolve() for folder in given.folder]
        if given.series:
            (work / "m3").mkdir()
            for folder in folders:
                beginning(folder, work / "m3", given.series)
            folders = [work / "m3"]
        target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
        m3 = target / "release/examples/m3"
        one_core = {**os.environ, **ONE_CORE}
        peers = work / "peers.csv"
        script = ROOT / "scripts/peers.py"
        models = ["AutoETS", "DynamicOptimizedTheta", "AutoTheta", "AutoCES"]
        run([python, script, ",".join(map(str, folders)), peers, *models], env=one_core)
        tables = run([m3, *folders, "--peers", peers])
        accuracy, ours = tables.rsplit("| method | frequency |", 1)
        theirs = seconds_of_peers(Path(f"{peers}.times"))
        parts = [accuracy.strip()]
        if given.arima:
            (work / "sample").mkdir()
            for folder in folders:
                beginning(folder, work / "sample", given.arima)
            sample = work / "arima.csv"
            run([python, script, work / "sample", sample, "AutoARIMA"], env=one_core)
            theirs |= seconds_of_peers(Path(f"{sample}.times"))
            scores = run([m3, work / "sample", "--peers", sample]).rsplit("| method | frequency |", 1)[0]
            parts.append(f"On the first {given.arima} series of each frequency, with AutoARIMA:\n\n{scores.strip()}")
        parts.append(speed(seconds_of_ours(ours), theirs))
        version = run([python, "--version"]).strip()
        rust = run(["rustc", "--version"]).strip()
        parts.append(
            f"{PEERS.replace('==', ' ')}, {version}; {rust}; {platform.system()} {platform.machine()}. One run, one side after the other, one "
            "core each. Both are CPU time; theirs starts after numba's compilation."
        )
        given.out.write_text("\n\n".join(parts) + "\n")
    print(given.out)


if __name__ == "__main__":
    main()
