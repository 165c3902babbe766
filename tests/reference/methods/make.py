"""Reference values for exponential smoothing, ARIMA and theta, from statsmodels and statsforecast.

    python make.py        # writes ets.json, arima.json, automatic.json, theta.json and curves.json beside itself

Needs statsmodels 0.15.0 (BSD licence), statsforecast 2.1.1 (Apache licence 2.0), numpy and scipy 1.17.1 (BSD licence). Nothing is fitted but in
automatic.json and curves.json: every other model is evaluated at the parameters that stand here. The series are made by formulas and are nobody's figures.
"""

import json
import pathlib

import numpy as np
import statsforecast
import scipy
import statsmodels
from scipy.optimize import curve_fit
from scipy.signal import lfilter
from statsforecast._lib import theta as compiled
from statsforecast.arima import auto_arima_f
from statsforecast.ets import pegelsfcast_C, pegelsresid_C
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.sarimax import SARIMAX

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
            # statsmodels updates a multiplicative season by the new level, the book and R by the level foreseen: see below.
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
    for trend in ("N", "A", "Ad"):
        first = [1.12, 0.94, 0.9, 1.04]
        damped = trend == "Ad"
        # By statsforecast, which has them as R has. The seasonal states go back in time: that of the first observation is the last.
        states = np.array([98.0] + ([1.2] if trend != "N" else []) + first[::-1])
        shape = ("M", trend[0], "M", damped)
        _, errors, path, minus = pegelsresid_C(y, 4, states, *shape, 0.35, 0.07, 0.15, 0.93 if damped else 1.0, 3)
        # From its last states by the book's formula: its own forecasts add φ, φ, φ² and so on for a damped trend, the book φ, φ², φ³.
        level, slope = path[-1, 0], path[-1, 1] if trend != "N" else 0.0
        steps = np.cumsum([(0.93 if damped else 1.0) ** (h + 1) for h in range(HORIZON)])
        ahead = (level + steps * slope) * np.resize(path[-1, -4:][::-1], HORIZON)
        own = pegelsfcast_C(HORIZON, {"states": path, "components": f"M{trend[0]}M{'D' if damped else 'N'}", "par": [0, 0, 0, 0.93], "m": 4})
        assert np.allclose(ahead[: 1 if damped else HORIZON], own[: 1 if damped else HORIZON], rtol=1e-12)
        n = len(y)
        cases.append({
            "error": "mul", "trend": {"N": "none", "A": "add", "Ad": "damped"}[trend], "season": "mul", "initial_season": first,
            "log_likelihood": float(-0.5 * (minus + n * (np.log(2 * np.pi / n) + 1))), "errors": errors.tolist(), "forecast": ahead.tolist(),
        })
    return {"statsmodels": statsmodels.__version__, "statsforecast": statsforecast.__version__, "y": y.tolist(), "period": 4,
            "parameters": {"alpha": 0.35, "beta": 0.07, "gamma": 0.15, "phi": 0.93, "level": 98.0, "slope": 1.2}, "cases": cases}


def arima():
    cases = []
    plans = [  # order, seasonal order, ar, ma, seasonal ar, seasonal ma, mean of the differenced values
        ((1, 0, 0), (0, 0, 0, 1), [0.6], [], [], [], 130.0),
        ((0, 0, 2), (0, 0, 0, 1), [], [0.5, -0.3], [], [], 130.0),
        ((2, 0, 1), (0, 0, 0, 1), [0.5, 0.2], [0.4], [], [], 130.0),
        ((1, 1, 1), (0, 0, 0, 1), [0.4], [-0.7], [], [], 1.5),
        ((0, 1, 0), (0, 0, 0, 1), [], [], [], [], 1.5),
        ((3, 1, 0), (0, 0, 0, 1), [0.3, -0.2, 0.1], [], [], [], 0.0),
        ((0, 2, 2), (0, 0, 0, 1), [], [-1.1, 0.3], [], [], 0.0),
        ((2, 1, 2), (0, 0, 0, 1), [1.2, -0.5], [-0.9, 0.4], [], [], 0.0),
        ((0, 1, 1), (0, 1, 1, 4), [], [-0.5], [], [-0.6], 0.0),
        ((1, 0, 1), (1, 1, 1, 4), [0.7], [-0.3], [0.3], [-0.8], 6.0),
        ((0, 1, 1), (0, 1, 1, 12), [], [-0.4], [], [-0.7], 0.0),
        ((2, 1, 2), (1, 1, 2, 12), [0.5, -0.3], [-0.4, 0.2], [0.4], [-0.6, 0.1], 0.0),
        ((1, 0, 0), (2, 0, 0, 12), [0.6], [], [0.4, 0.3], [], 120.0),
    ]
    for order, seasonal, ar, ma, sar, sma, mean in plans:
        m = seasonal[3]
        y = series(84 if m == 12 else 48, 12 if m == 12 else 4)
        w = y
        for _ in range(seasonal[1]):
            w = w[m:] - w[:-m]
        for _ in range(order[1]):
            w = np.diff(w)
        variance = 36.0
        trend = "c" if mean else "n"
        none = (0, 0, 0, 0)
        intercept = [mean * (1 - sum(ar)) * (1 - sum(sar))] if mean else []
        params = intercept + ar + ma + sar + sma + [variance]
        flat = (seasonal[0], 0, seasonal[2], m) if m > 1 else none
        of_w = SARIMAX(w, order=(order[0], 0, order[2]), seasonal_order=flat, trend=trend).smooth(params)
        # Forecasts of the series itself: the differences lie in the state, with an exact diffuse start.
        whole = SARIMAX(y, order=order, seasonal_order=seasonal if m > 1 else none, trend=trend, use_exact_diffuse=True)
        ahead = whole.smooth(params).get_forecast(HORIZON + 6)
        cases.append({
            "order": order, "seasonal_order": seasonal, "ar": ar, "ma": ma, "seasonal_ar": sar, "seasonal_ma": sma,
            "mean": mean, "variance": variance, "y": y.tolist(), "log_likelihood": float(of_w.llf),
            "errors": [float(v) for v in of_w.forecasts_error[0]],
            "forecast": [float(v) for v in ahead.predicted_mean], "forecast_variance": [float(v) for v in ahead.var_pred_mean],
        })
    return {"statsmodels": statsmodels.__version__, "cases": cases}


def automatic():
    """What AutoARIMA chooses for series that known models made."""
    random = np.random.default_rng(20)
    cases = []
    made = [  # periods in a season, length, and how the series comes from errors e
        ("white noise", 1, 60, lambda e: e),
        ("autoregression of 0.7", 1, 80, lambda e: lfilter([1], [1, -0.7], e)),
        ("moving average of 0.6", 1, 80, lambda e: lfilter([1, 0.6], [1], e)),
        ("walk", 1, 50, np.cumsum),
        ("walk with drift", 1, 40, lambda e: np.cumsum(e + 1.5)),
        ("smoothed walk", 1, 60, lambda e: lfilter([1, -0.6], [1, -1], e)),
        ("slope that walks", 1, 40, lambda e: np.cumsum(np.cumsum(e))),
        ("second autoregression", 1, 100, lambda e: lfilter([1], [1, -1.1, 0.5], e)),
        ("season that walks", 4, 60, lambda e: lfilter([1], [1, 0, 0, 0, -1], e)),
        ("airline of quarters", 4, 80, lambda e: lfilter(np.convolve([1, -0.4], [1, 0, 0, 0, -0.5]), np.convolve([1, -1], [1, 0, 0, 0, -1]), e)),
        ("seasonal autoregression", 4, 80, lambda e: lfilter([1], [1, 0, 0, 0, -0.6], e)),
        ("airline of months", 12, 120, lambda e: lfilter(np.convolve([1, -0.5], [1] + [0] * 11 + [-0.4]), np.convolve([1, -1], [1] + [0] * 11 + [-1]), e)),
    ]
    for name, m, n, of in made:
        # The first values start from nothing and are left out.
        y = np.round(1000 + 10 * of(random.standard_normal(n + 40))[40:], 2)
        found = auto_arima_f(y, period=m, approximation=False)
        p, q, sp, sq, _, d, sd = found["arma"]
        constant = any(term in found["coef"] for term in ("intercept", "drift"))
        cases.append({"name": name, "period": m, "y": y.tolist(), "order": [int(v) for v in (p, d, q)],
                      "seasonal_order": [int(v) for v in (sp, sd, sq)], "constant": constant, "aicc": float(found["aicc"])})
    return {"statsforecast": statsforecast.__version__, "cases": cases}


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


def curves():
    """Growth curves by least squares of amounts and of logarithms: ln K, ln c and t0, or for bass ln K, ln p and ln q."""
    def adopted(t, p, q):
        return (1 - np.exp(-(p + q) * t)) / (1 + q / p * np.exp(-(p + q) * t))

    shapes = {
        "logistic": (lambda t, k, a, b: np.exp(k) / (1 + np.exp(-np.exp(a) * (t - b))), (6.0, np.log(0.35), 11.0)),
        "gompertz": (lambda t, k, a, b: np.exp(k) * np.exp(-np.exp(-np.exp(a) * (t - b))), (6.0, np.log(0.2), 8.0)),
        "bass": (lambda t, k, a, b: np.exp(k) * (adopted(t + 1, np.exp(a), np.exp(b)) - adopted(t, np.exp(a), np.exp(b))),
                 (8.0, np.log(0.02), np.log(0.4))),
    }
    t = np.arange(24.0)
    noise = 0.05 * np.sin(1.7 * t * t) + 0.02 * np.cos(0.37 * t * t * t)
    cases = []
    for name, (curve, true) in shapes.items():
        y = np.round(curve(t, *true) * np.exp(noise), 4)
        for log in (False, True):
            def of(t, *p):
                return np.log(curve(t, *p)) if log else curve(t, *p)

            values = np.log(y) if log else y
            found, covariance = curve_fit(of, t, values, true, ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=100000)
            squares = float(((values - of(t, *found)) ** 2).sum())
            cases.append({"curve": name, "log": log, "y": y.tolist(), "parameters": found.tolist(), "squares": squares,
                          "errors": np.sqrt(np.diag(covariance)).tolist()})
    return {"scipy": scipy.__version__, "cases": cases}


def write(name, content):
    (HERE / name).write_text(json.dumps(content, indent=None, separators=(",", ":")) + "\n")


write("ets.json", ets())
write("arima.json", arima())
write("automatic.json", automatic())
write("theta.json", theta())
write("curves.json", curves())
