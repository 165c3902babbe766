"""Reconciles what topline projects of every series by itself, by matrices.

    topline project figures.csv rest.csv --segments off --format csv | python mint.py > mint.json

figures.csv has Alphabet's revenue and that of two segments, as data/alphabet.csv does but in dollars; rest.csv has what the two
leave, worked out by hand. numpy 2.
"""

import csv
import json
import sys

import numpy as np

PARTS = ["Alphabet / other", "Google Cloud", "Google Services"]
CENTRAL_80 = 2.5631031310892007  # scipy.stats.norm.ppf(0.9) - norm.ppf(0.1)

rows = {(r["series"], r["measure"], r["period"]): r for r in csv.DictReader(sys.stdin)}
S = np.vstack([np.ones(len(PARTS)), np.eye(len(PARTS))])
answers = []
for measure in ["revenue", "run-rate"]:
    for period in ["2025", "2026", "2027"]:
        of = [rows[name, measure, period] for name in ["Alphabet", *PARTS]]
        y = np.array([float(r["median"]) for r in of])
        deviation = np.array([float(r["hi_80"]) - float(r["lo_80"]) for r in of]) / CENTRAL_80
        inverse = np.diag(1 / deviation**2)
        moved = S @ np.linalg.solve(S.T @ inverse @ S, S.T @ inverse @ y)
        series = dict(zip(["Alphabet", *PARTS], moved.tolist()))
        lo = {name: float(r["lo_80"]) * series[name] / float(r["median"]) for name, r in zip(["Alphabet", *PARTS], of)}
        answers.append({"measure": measure, "period": period, "median": series, "lo_80": lo})
json.dump(answers, sys.stdout, indent=1)
print()
