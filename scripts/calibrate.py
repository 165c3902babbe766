"""Fits the calibration constants of the methods in src/project/methods/, and measures coverage on series that the constants never saw.

    cargo run --release --example m3 -- FOLDER [FOLDER ...] --dump DUMP.csv
    python scripts/calibrate.py DUMP.csv [method ...]

`steps`, `naive` and `df` come from the parts "back": forecasts from the beginnings of the series, scored by pinball loss. They stand
in SHAPE below; `python scripts/calibrate.py DUMP.csv --shape method ...` finds them. `base`, `short` and `season` are set for even
coverage over all sets of series, each set's coverage taken over four origins: the whole training part ("test"), its beginnings ("back"),
its first half ("half") and its last few years alone ("short"). One origin would not do: the series of one set have their good and bad
years in common. The parts "few", forecasts from the first ten figures of each series and fewer, set nothing: how often their intervals
held is printed beside. So that what is reported is out of sample, the series are split in two halves at random, stratified by set; the
three constants are set on one half and scored on the other, and the reverse, on five splits. The constants in the program are those of
all series. Needs numpy, pandas and scipy.
"""

import sys

import numpy as np
import pandas as pd
from scipy.optimize import minimize
from scipy.stats import t as student

PARTS = ("test", "back", "half", "short")
LEVELS = (80, 95)
SPLITS = 5
SHAPE = {  # steps, naive, df
    "combine": (0.01, 0.11, 4.0),
    "ets": (-0.02, 0.14, 4.0),
    "theta": (0.02, 0.16, 4.0),
    "arima": (0.0, 0.09, 4.0),
    "standard-theta": (0.01, 0.13, 4.0),
    "naive": (-0.1, 0.5, 4.0),
    "seasonal-naive": (0.02, -0.12, 5.0),
    "drift": (-0.07, 0.55, 3.0),
    "linear": (0.12, 0.53, 3.0),
    "exponential": (0.17, 0.37, 4.0),
    "logistic": (0.09, 0.41, 4.0),
    "gompertz": (0.09, 0.40, 4.0),
    "bass": (-0.15, 0.55, 5.0),
}
BASES = np.arange(-1.4, 1.21, 0.04)
SHORTS = np.arange(0.0, 1.61, 0.2)
SEASONS = np.arange(-0.6, 0.61, 0.04)
MOST_SPREAD = 2.5
ASINH_1 = np.arcsinh(1.0)


def bent(x: np.ndarray) -> np.ndarray:
    """The amount over its median at a Student t times its scale: Scale::Bent of src/project/distribution/mod.rs."""
    return np.exp(np.arcsinh(1 + 2**0.5 * x) - ASINH_1)


def unbent(ratio: np.ndarray) -> np.ndarray:
    """The reverse."""
    return (np.sinh(np.log(ratio) + ASINH_1) - 1) / 2**0.5


def shortness(rows: pd.DataFrame) -> pd.Series:
    """What `short` is multiplied by."""
    return 10 / rows.n.clip(lower=10)


def pinball(c: np.ndarray, rows: pd.DataFrame, weight: np.ndarray, df: float) -> float:
    """The pinball loss of |z| at both levels, for which only what lies outside and how wide it is counts."""
    factor = c[0] + c[1] * shortness(rows) + c[2] * np.log(rows.h) + c[3] * np.log(rows.naive / rows.own)
    s = np.minimum(rows.own * np.exp(factor), MOST_SPREAD).to_numpy()
    z = rows.z.to_numpy()
    total = 0.0
    for level in LEVELS:
        reach = s * student.ppf(0.5 + level / 200, df)
        total += (weight * (reach * (1 - level / 100) + np.maximum(z - reach, 0))).sum() / (1 - level / 100) ** 0.5
    return float(total) + 1e-4 * float((c**2).sum())


def shape(rows: pd.DataFrame) -> tuple:
    """steps, naive and df from the beginnings of the series; every frequency counts the same."""
    fit = rows[rows.part == "back"]
    counts, size = fit.groupby("frequency").size(), fit.z.groupby(fit.frequency).mean()
    weight = (1.0 / fit.frequency.map(counts) / fit.frequency.map(size)).to_numpy()
    found = []
    for df in (3.0, 4.0, 5.0):
        best = minimize(pinball, np.array([0.0, 0.3, 0.0, 0.2]), args=(fit, weight, df), method="Nelder-Mead",
                        options={"xatol": 5e-3, "fatol": 1e-5, "maxiter": 300})
        found.append((best.fun, round(best.x[2], 2), round(best.x[3], 2), df))
    return min(found)[1:]


def seasonal(sets: pd.Series) -> pd.Series:
    """Whether the series of a set have a season, which the end of its name says."""
    return sets.str.endswith(("quarterly", "monthly"))


def constants(rows: pd.DataFrame, of: tuple) -> tuple:
    """base, short and season for the coverage that is nearest to nominal in the worst set."""
    steps, naive, df = of
    reach = np.log([student.ppf(0.5 + level / 200, df) for level in LEVELS])
    rest = np.log(np.maximum(rows.z, 1e-12)) - np.log(rows.own) - steps * np.log(rows.h) - naive * np.log(rows.naive / rows.own)
    places = {key: at.to_numpy() for key, at in rows.reset_index(drop=True).groupby(["frequency", "part"]).groups.items()}
    rest, shortnesses = rest.to_numpy(), shortness(rows).to_numpy()
    sets = sorted({name for name, _ in places})
    in_year = {name: bool(seasonal(pd.Series([name])).iloc[0]) for name in sets}
    best = None
    for short in SHORTS:
        worst = np.zeros((len(BASES), len(SEASONS)))
        total = np.zeros_like(worst)
        for name in sets:
            grid = BASES[:, None] + (SEASONS[None, :] if in_year[name] else 0 * SEASONS[None, :])
            covers = []
            for part in PARTS:
                if (name, part) in places:
                    at = places[name, part]
                    left = np.sort(rest[at] - short * shortnesses[at])
                    covers.append([100 * np.searchsorted(left, r + grid, side="right") / len(left) for r in reach])
            cover = np.mean(covers, axis=0)
            miss = np.maximum(abs(cover[0] - 80), 1.5 * abs(cover[1] - 95))
            worst, total = np.maximum(worst, miss), total + miss / len(sets)
        # Of equals the one that is even in all sets; the mean settles ties of the worst.
        worst = worst + 0.2 * total
        at = np.unravel_index(worst.argmin(), worst.shape)
        if best is None or worst[at] < best[0]:
            best = (worst[at], round(BASES[at[0]], 2), round(short, 2), round(SEASONS[at[1]], 2))
    return best[1:]


def scored(rows: pd.DataFrame, of: tuple, c: tuple) -> pd.DataFrame:
    """Whether each interval holds, and its interval score over the scale of MASE."""
    (steps, naive, df), (base, short, season) = of, c
    factor = base + season * seasonal(rows.frequency) + short * shortness(rows) + steps * np.log(rows.h) + naive * np.log(rows.naive / rows.own)
    s = np.minimum(rows.own * np.exp(factor), MOST_SPREAD)
    out = pd.DataFrame({"frequency": rows.frequency, "part": rows.part})
    for level in LEVELS:
        a = 1 - level / 100
        q = student.ppf(1 - a / 2, df)
        lo, hi = rows["median"] * bent(-q * s), rows["median"] * bent(q * s)
        out[f"in {level}"] = 100.0 * ((rows.y >= lo) & (rows.y <= hi))
        out[f"MSIS {level}"] = (hi - lo + 2 / a * (lo - rows.y).clip(lower=0) + 2 / a * (rows.y - hi).clip(lower=0)) / rows.scale
    return out


def main() -> None:
    table = pd.read_csv(sys.argv[1])
    wanted = sys.argv[2:]
    table["median"] = np.maximum(table["median"], 1e-3 * table.y)
    table["z"] = unbent(table.y / table["median"]).abs()
    find = "--shape" in wanted
    for method, every in table.groupby("method"):
        if [name for name in wanted if name != "--shape"] and method not in wanted:
            continue
        of = shape(every) if find else SHAPE[method]
        rows = every[every.part.isin(PARTS)]
        final = constants(rows, of)
        print(f"{method}: base {final[0]:.2f} short {final[1]:.2f} season {final[2]:.2f} steps {of[0]} naive {of[1]} df {of[2]}")
        few = every[every.part == "few"]
        found = scored(few, of, final).groupby([few.frequency, few.n])[["in 80", "in 95"]].mean()
        for name in ("yearly", "quarterly", "monthly"):
            if name in found.index:
                print(f"  {name:20} first figures", *(f"{n}: {m['in 80']:.0f}/{m['in 95']:.0f}" for n, m in found.loc[name].iterrows()))
        held = []
        series = rows[["frequency", "series"]].drop_duplicates()
        for split in range(SPLITS):
            shuffled = series.sample(frac=1, random_state=split)
            half = shuffled.groupby("frequency").cumcount() % 2
            keys = set(map(tuple, shuffled[half == 0].to_numpy()))
            first = np.array([pair in keys for pair in zip(rows.frequency, rows.series)])
            for seen, unseen in ((first, ~first), (~first, first)):
                held.append(scored(rows[unseen], of, constants(rows[seen], of)))
        by_part = pd.concat(held).groupby(["frequency", "part"]).mean()
        for name in sorted(set(rows.frequency)):
            m = by_part.loc[name].mean()
            parts = ", ".join(f"{part} {r['in 80']:.1f}/{r['in 95']:.1f}" for part, r in by_part.loc[name].iterrows())
            msis = by_part.loc[name].loc["test"]
            print(f"  {name:20} {m['in 80']:.1f}/{m['in 95']:.1f}  test {msis['MSIS 80']:.2f}/{msis['MSIS 95']:.2f}  ({parts})", flush=True)


if __name__ == "__main__":
    main()
