"""Writes the illustrative months of data/: python3 scripts/samples.py

The businesses are invented: no company stands behind these figures. The seed is fixed, so that the files come out the same.
"""

import math
import random
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
MONTHS = [f"{2020 + (6 + k) // 12}-{(6 + k) % 12 + 1:02}" for k in range(60)]  # July 2020 to June 2025


def subscriptions(draw):
    """Monthly recurring revenue: customers join, upgrade and leave. Growth slows from 6% a month to 1.5%."""
    mrr = 41_800.0
    for k in range(60):
        yield round(mrr)
        gained = 0.020 + 0.052 * math.exp(-k / 20)
        lost = 0.011
        mrr *= 1 + gained - lost + draw.gauss(0, 0.006)


def shop(draw):
    """Revenue of a shop with a strong December and a weak February, which grows by 7% a year."""
    season = [0.84, 0.78, 0.90, 0.93, 0.98, 0.96, 0.89, 0.91, 0.97, 1.03, 1.24, 1.72]  # January to December
    level = 214_000.0
    for k in range(60):
        yield round(level * season[(6 + k) % 12] * math.exp(draw.gauss(0, 0.028)), -2)
        level *= 1.07 ** (1 / 12) * math.exp(draw.gauss(0, 0.008))


def write(name, series, column, amounts):
    rows = [f"{series},{month},{amount:.0f}" for month, amount in zip(MONTHS, amounts)]
    (DATA / name).write_text("\n".join([f"series,month,{column}", *rows]) + "\n")


if __name__ == "__main__":
    write("saas-months.csv", "Example subscriptions", "mrr", subscriptions(random.Random(2025)))
    write("shop-months.csv", "Example shop", "revenue", shop(random.Random(2026)))
