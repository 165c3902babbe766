"""Fits the calibration constants of src/project/standard.rs to forecasts of the beginnings of the M3 series.

    cargo run --release --example m3 -- M3_FOLDER --dump DUMP.csv
    python scripts/calibrate.py DUMP.csv

Only rows whose part begins with "back" are fitted: their origins lie one horizon and one and a half horizons before the end of
the training part, so the competition's test values are never seen. The rows of part "test" are then scored. Every frequency
counts the same. Needs numpy, pandas and scipy.
"""

import sys

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.stats import t as student

LEVELS = (80, 95)


def scale(rows: pd.DataFrame, c: np.ndarray) -> np.ndarray:
    factor = c[0] + c[1] * 10 / rows.n + c[2] * np.log(rows.h) + c[3] * np.log(rows.naive / rows.own)
    return np.minimum(rows.own * np.exp(factor), 2.5)


def loss(c: np.ndarray, rows: pd.DataFrame, weight: np.ndarray, df: float) -> float:
    """The pinball loss of |z| at both levels, for which only what lies outside and how wide it is counts."""
    s = scale(rows, c).to_numpy()
    z = rows.z.abs().to_numpy()
    total = 0.0
    for level in LEVELS:
        reach = s * student.ppf(0.5 + level / 200, df)
        total += (weight * (reach * (1 - level / 100) + np.maximum(z - reach, 0))).sum() / (1 - level / 100) ** 0.5
    return float(total) + 1e-4 * float((c**2).sum())


def main() -> None:
    table = pd.read_csv(sys.argv[1])
    table["z"] = np.log(table.y) - np.log(np.maximum(table["median"], 1e-3 * table.y))
    for method, rows in table.groupby("method"):
        fit = rows[rows.part != "test"]
        counts = fit.groupby("frequency").size()
        size = fit.z.abs().groupby(fit.frequency).mean()
        weight = (1.0 / fit.frequency.map(counts) / fit.frequency.map(size)).to_numpy()
        best = None
        for df in (3.0, 4.0, 6.0, 10.0):
            found = minimize(loss, np.array([0.0, 0.3, 0.0, 0.2]), args=(fit, weight, df), method="Nelder-Mead",
                             options={"xatol": 1e-3, "fatol": 1e-6, "maxiter": 600})
            if best is None or found.fun < best[0]:
                best = (found.fun, df, found.x)
        _, df, c = best
        print(f"{method}: base {c[0]:.3f} short {c[1]:.3f} steps {c[2]:.3f} naive {c[3]:.3f} df {df}")
        for part in ("back", "test"):
            for frequency in ("yearly", "quarterly", "monthly", "other"):
                r = rows[(rows.frequency == frequency) & (rows.part.str.startswith(part))]
                s = scale(r, c)
                line = f"  {part:5} {frequency:10}"
                for level in LEVELS:
                    a = 1 - level / 100
                    q = student.ppf(1 - a / 2, df)
                    lo, hi = r["median"] * np.exp(-q * s), r["median"] * np.exp(q * s)
                    inside = ((r.y >= lo) & (r.y <= hi)).mean()
                    width = (hi - lo) + 2 / a * (lo - r.y).clip(lower=0) + 2 / a * (r.y - hi).clip(lower=0)
                    line += f"  {level}: {100 * inside:5.1f} MSIS {(width / r.scale).mean():6.2f}"
                print(line)


if __name__ == "__main__":
    main()
