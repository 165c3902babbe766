"""Forecasts of the peers on the series of one folder or several.

    python scripts/peers.py FOLDER[,FOLDER...] OUT.csv [model ...]

Needs statsforecast 2.1.1 from PyPI. One row a model, frequency, series and step:
model,frequency,series,step,point,lo_80,hi_80,lo_95,hi_95. With AutoETS, DynamicOptimizedTheta and AutoCES, their median is a
model too, as our `combine` is of ours. CPU seconds go to stderr, and as rows to OUT.csv.times.
"""

import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import statsforecast
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, AutoTheta, DynamicOptimizedTheta

warnings.filterwarnings("ignore")

SEASONS = {"monthly": 12, "quarterly": 4}
MEDIAN = ("AutoETS", "DynamicOptimizedTheta", "AutoCES")
MODELS = {
    "AutoETS": AutoETS,
    "DynamicOptimizedTheta": DynamicOptimizedTheta,
    "AutoTheta": AutoTheta,
    "AutoCES": AutoCES,
    "AutoARIMA": AutoARIMA,
}


def write(rows, name: str, frequency: str, keys: list, cells: np.ndarray) -> None:
    for key, of in zip(keys, cells):
        for step in range(of.shape[1]):
            rows.write(f"{name},{frequency},{key},{step + 1}," + ",".join(repr(float(cell)) for cell in of[:, step]) + "\n")


def sets(folders: str) -> list:
    """Name, training part, season and horizon of every set; what its name ends with says how many periods make a year."""
    found = []
    for folder in folders.split(","):
        for path in sorted(Path(folder).glob("*-train.csv")):
            name = path.name.removesuffix("-train.csv")
            test = pd.read_csv(path.with_name(f"{name}-test.csv"))
            horizon = int(test.groupby("series").size().iloc[0])
            found.append((name, path, SEASONS.get(name.split("-")[-1], 1), horizon))
    return found


def main() -> None:
    folders, out = sys.argv[1], sys.argv[2]
    models = sys.argv[3:] or ["AutoETS", "DynamicOptimizedTheta"]
    print(f"statsforecast {statsforecast.__version__}, numpy {np.__version__}", file=sys.stderr)
    with open(out, "w") as rows, open(out + ".times", "w") as times:
        rows.write("model,frequency,series,step,point,lo_80,hi_80,lo_95,hi_95\n")
        times.write("model,frequency,series,cpu_seconds\n")
        kept = {}
        for name in models:
            for frequency, path, season, horizon in sets(folders):
                train = pd.read_csv(path)
                groups = [(key, group["value"].to_numpy(float)) for key, group in train.groupby("series", sort=False)]
                model = MODELS[name](season_length=season)
                model.forecast(groups[0][1], horizon, level=[80, 95])  # compiled code is loaded before the clock starts
                start = time.process_time()
                forecasts = [model.forecast(values, horizon, level=[80, 95]) for _, values in groups]
                seconds = time.process_time() - start
                times.write(f"{name},{frequency},{len(groups)},{seconds:.3f}\n")
                times.flush()
                print(f"{name} {frequency}: {seconds:.1f} CPU s for {len(groups)} series", file=sys.stderr)
                keys = [key for key, _ in groups]
                cells = np.array([[f[of] for of in ("mean", "lo-80", "hi-80", "lo-95", "hi-95")] for f in forecasts])
                write(rows, name, frequency, keys, cells)
                kept[name, frequency] = cells
                parts = [kept.get((part, frequency)) for part in MEDIAN]
                if name in MEDIAN and all(part is not None for part in parts):
                    write(rows, f"median of {', '.join(MEDIAN)}", frequency, keys, np.median(parts, axis=0))


if __name__ == "__main__":
    main()
