"""Reference values for exponential smoothing and theta at fixed parameters, from statsmodels and statsforecast.

    python make.py        # writes ets.json and theta.json beside itself

Needs statsmodels 0.15.0 (BSD licence), statsforecast 2.1.1 (Apache licence 2.0) and numpy (BSD licence). Nothing is fitted: every model is evaluated at the parameters that stand
here. The series are made by formulas and are nobody's figures.
"""

import json
import pathlib

import numpy as np
import statsforecast
import statsmodels
from statsforecast._lib import theta as compiled
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

HERE = pathlib.Path(__file__).parent
HORIZON = 10


def series(n, m):
    t = np.arange(n)
    season = 1 + 0.2 * np.sin(2 * np.pi * t / m) + 0.1 * np.cos(4 * np.pi * t / m)
    return np.round((100 + 1.5 * t) * season + 6 * np.sin(1.7 * t * t) + 3 * np.cos(0.37 * t * t * t), 3)


def ets():
    cases = []
    y = series(44, 4)
    for error in ("add", "mul"):
        for trend, damped in ((None, False), ("add", False), ("add", True)):
            # A multiplicative season is left out: statsmodels updates it by the new level, the book and R by the level foreseen.
            for season in (None, "add"):
                model = ETSModel(y, error=error, trend=trend, damped_trend=damped, seasonal=season,
                                 seasonal_periods=4 if season else None, initialization_method="estimated")
                p = {"smoothing_level": 0.35, "initial_level": 98.0}
                if trend:
                    p |= {"smoothing_trend": 0.07, "initial_trend": 1.2}
                if damped:
                    p |= {"damping_trend": 0.93}
                first = [12.0, -7.0, -9.0, 4.0] if season else []
                if season:
                    p |= {"smoothing_seasonal": 0.15}
                    # statsmodels names the states by how long ago they were: the first observation's is the last.
                    p |= {f"initial_seasonal.{k}": value for k, value in enumerate(first)}
                found = None
                for order in (first, first[::-1]):
                    p |= {f"initial_seasonal.{k}": value for k, value in enumerate(order)}
                    fit = model.smooth([p[name] for name in model.param_names])
                    level = 98.0 + (p.get("damping_trend", 1.0) * 1.2 if trend else 0.0)
                    ahead = level + (first or [0])[0]
                    if abs(float(fit.fittedvalues[0]) - ahead) < 1e-9:
                        found = fit
                        break
                assert found is not None
                cases.append({
                    "error": error, "trend": {None: "none"}.get(trend, "damped" if damped else "add"), "season": season or "none",
                    "initial_season": first, "log_likelihood": float(found.llf), "errors": [float(v) for v in found.resid],
                    "forecast": [float(v) for v in found.forecast(HORIZON)],
                })
    return {"statsmodels": statsmodels.__version__, "y": y.tolist(), "period": 4,
            "parameters": {"alpha": 0.35, "beta": 0.07, "gamma": 0.15, "phi": 0.93, "level": 98.0, "slope": 1.2}, "cases": cases}


def theta():
    cases = []
    for n, m in ((9, 4), (30, 4), (70, 12)):
        y = series(n, m)
        models = compiled.ModelType
        for name, alpha, value, level in (("DOTM", 0.1, 1.0, 90.0), ("DSTM", 0.4, 2.0, 105.0), ("DOTM", 0.85, 5.5, 60.0), ("STM", 0.4, 2.0, 105.0),
                                          ("STM", 0.9, 2.0, 70.0)):
            model = getattr(models, name)
            _, errors, states, _ = compiled.pegels_resid(y, model, level, alpha, value, 3)
            ahead = np.zeros(HORIZON)
            compiled.forecast(np.ascontiguousarray(states), n, model, ahead, alpha, value)
            # The first error is of no forecast.
            cases.append({"model": name, "y": y.tolist(), "alpha": alpha, "theta": value, "level": level, "errors": errors[1:].tolist(),
                          "forecast": ahead.tolist()})
    return {"statsforecast": statsforecast.__version__, "cases": cases}


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent=None, separators=(",", ":")) + "\n")


write("ets.json", ets())
write("theta.json", theta())
