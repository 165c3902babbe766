"""The mean of paths tilted to a total, by another way than `src/question/phasing/tilt.rs`.

The weights that differ least from equal ones under a given mean are those of the convex dual: the tilt minimises
log sum exp(tilt * (total - aim)), here by Newton's method in plain Python. The numbers that it prints stand in the
test `agrees_with_the_dual` beside the function.

    python3 tests/reference/phasing/tilt.py
"""

import math

COUNT, CUT = 2001, 10
AIMS = [3.1, 3.6, 4.0]


def path(draw):
    """Three periods: growth, a season, and a movement of its own."""
    z = -2.5 + 5.0 * draw / (COUNT - 1)
    return [math.exp(0.1 * z), 0.5 * math.exp(0.2 * z), 1.5 * math.exp(0.3 * z + 0.05 * math.sin(7.0 * z))]


def tilted(aim):
    kept = sorted((path(draw) for draw in range(COUNT)), key=sum)[CUT : COUNT - CUT]
    totals = [sum(one) for one in kept]
    tilt = 0.0
    for _ in range(100):
        weights = [math.exp(tilt * (total - aim)) for total in totals]
        all_of_them = sum(weights)
        mean = sum(w * (t - aim) for w, t in zip(weights, totals)) / all_of_them
        square = sum(w * (t - aim) ** 2 for w, t in zip(weights, totals)) / all_of_them
        tilt -= mean / (square - mean * mean)
    return [sum(w * one[period] for w, one in zip(weights, kept)) / all_of_them for period in range(3)]


for aim in AIMS:
    print(aim, [round(mean, 9) for mean in tilted(aim)])
