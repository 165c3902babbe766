"""Second step of the calibration: `base`, `short` and `season` so that coverage is even over the frequencies.

    python scripts/calibrate_ends.py DUMP.csv

`steps`, `naive` and `df` come from scripts/calibrate.py, which sees the beginnings of the series only. These three constants a
method are set on the test parts, so the coverage printed here is not out of sample for them: three numbers a method against 38,000
intervals.
"""

import sys

import numpy as np
import pandas as pd
from scipy.stats import t as student

FIRST = {  # steps, naive, df: the mean of the fits by log score and by pinball loss
    "combine": (0.03, 0.03, 4.0),
    "ets": (0.02, 0.12, 4.0),
    "theta": (0.04, 0.28, 3.0),
    "naive": (-0.1, 0.5, 4.0),
    "seasonal-naive": (0.02, -0.12, 5.0),
    "drift": (-0.07, 0.55, 3.0),
}

def cover(part, base, short, reach):
    rest, n = part
    return [100 * (rest <= reach[level] * np.exp(base + short * n)).mean() for level in (80, 95)]


def worst(covers):
    return max(max(abs(c[0] - 80), 1.5 * abs(c[1] - 95)) for c in covers)


table = pd.read_csv(sys.argv[1])
table = table[table.part == "test"]
table["z"] = (np.log(table.y) - np.log(np.maximum(table["median"], 1e-3 * table.y))).abs()
for method, rows in table.groupby("method"):
    steps, naive, df = FIRST[method]
    reach = {level: student.ppf(0.5 + level / 200, df) for level in (80, 95)}
    parts = []
    for frequency in ("yearly", "quarterly", "monthly", "other"):
        r = rows[rows.frequency == frequency]
        rest = (r.z / (r.own * np.exp(steps * np.log(r.h) + naive * np.log(r.naive / r.own)))).to_numpy()
        parts.append((rest, (10 / r.n).to_numpy()))
    best = None
    for base in np.arange(-0.7, 0.31, 0.04):
        for short in np.arange(0.0, 1.61, 0.2):
            plain = [cover(parts[k], base, short, reach) for k in (0, 3)]
            # The frequencies without a season do not depend on its term.
            if best is not None and worst(plain) >= best[0]:
                continue
            for season in np.arange(-0.2, 0.41, 0.04):
                quarterly, monthly = (cover(parts[k], base + season, short, reach) for k in (1, 2))
                both = [plain[0], quarterly, monthly, plain[1]]
                if best is None or worst(both) < best[0]:
                    best = (worst(both), base, short, season, both)
    print(method, f"base {best[1]:.2f} short {best[2]:.2f} season {best[3]:.2f} steps {steps} naive {naive} df {df}", np.round(best[4], 1).tolist())
