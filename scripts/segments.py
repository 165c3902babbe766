"""Scores projections of parts and wholes on families made of the M3 competition's monthly series.

    cargo build --release
    python scripts/segments.py M3_FOLDER target/release/topline [method ...]

Four series of about one length, scaled to one size, are the parts of a whole that is their sum. Each family is projected 18 months
ahead with `--segments off` and with them, and compared with what came: coverage of the 80% and 95% intervals and the mean absolute
percentage error. Beside those, what the whole's 80% intervals would have held had they been narrowed as least squares under
independent errors has it ("narrowed"), or been as wide as the sum of independent parts ("independent"). Standard library alone.
"""

import csv
import io
import subprocess
import sys
from collections import defaultdict

CENTRAL_80 = 2.563


def series(path):
    found = defaultdict(list)
    with open(path) as file:
        for row in csv.DictReader(file):
            found[row["series"]].append(float(row["value"]))
    return found


def families(folder):
    """The figures as CSV, the parts of each whole, and what came."""
    train, test = series(f"{folder}/monthly-train.csv"), series(f"{folder}/monthly-test.csv")
    names = sorted((n for n in train if min(train[n] + test[n]) > 0), key=lambda n: len(train[n]))
    text, parts, came = ["series,parent,period,value"], {}, {}
    for at in range(0, len(names) - 3, 4):
        members, whole = names[at : at + 4], f"F{at // 4}"
        parts[whole] = members
        known = min(len(train[n]) for n in members)
        ahead = min(len(test[n]) for n in members)
        total = [0.0] * (known + ahead)
        for name in [*members, whole]:
            past = train[name][-known:] if name != whole else []
            values = total if name == whole else [
                round(v * 1000 * known / sum(past), 4) for v in past + test[name][:ahead]
            ]
            for month, value in enumerate(values):
                period = f"{2000 + month // 12}-{month % 12 + 1:02d}"
                if name != whole:
                    total[month] += value
                if month < known:
                    text.append(f"{name},{'' if name == whole else whole},{period},{value:.4f}")
                else:
                    came[name, period] = value
    return "\n".join(text), parts, came


def projected(program, figures, method, segments):
    command = [program, "project", "-", "--method", method, "--segments", segments]
    command += ["--step", "month", "--horizon", "18m", "--format", "csv", "--quiet"]
    out = subprocess.run(command, input=figures, capture_output=True, text=True, check=True).stdout
    columns = ["median", "lo_80", "hi_80", "lo_95", "hi_95"]
    rows = (row for row in csv.DictReader(io.StringIO(out)) if row["measure"] == "revenue")
    return {(row["series"], row["period"]): [float(row[c]) for c in columns] for row in rows}


def main():
    figures, parts, came = families(sys.argv[1])
    for method in sys.argv[3:] or ["growth", "combine"]:
        apart, together = (projected(sys.argv[2], figures, method, how) for how in ["off", "auto"])
        for label, rows in [("by itself", apart), ("together", together)]:
            for kind in ["whole", "part"]:
                of = [(rows[key], y) for key, y in came.items() if (key[0] in parts) == (kind == "whole")]
                held = lambda lo, hi: 100 * sum(r[lo] <= y <= r[hi] for r, y in of) / len(of)
                error = 100 * sum(abs(r[0] - y) / y for r, y in of) / len(of)
                print(f"{method:10} {label:10} {kind:6} 80%: {held(1, 2):.1f}  95%: {held(3, 4):.1f}  error {error:.2f}%")
        variance = lambda key: ((apart[key][2] - apart[key][1]) / CENTRAL_80) ** 2
        held, count = {"narrowed": 0, "independent": 0}, 0
        for (name, period), y in came.items():
            if name in parts:
                count += 1
                own, below = variance((name, period)), sum(variance((part, period)) for part in parts[name])
                median, lo, hi = together[name, period][:3]
                for how, of in [("narrowed", own * below / (own + below)), ("independent", below)]:
                    width = (of / own) ** 0.5
                    held[how] += median - (median - lo) * width <= y <= median + (hi - median) * width
        print(f"{method:10} the whole's 80% " + ", ".join(f"{how}: {100 * n / count:.1f}" for how, n in held.items()))


main()
