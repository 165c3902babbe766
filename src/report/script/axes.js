// Axes: where ticks stand and how far the axes reach.

/** A linear axis that shows `lo` to `hi`, with about `most` ticks. */
function linearAxis(lo, hi, most) {
  const range = Math.max(hi - lo, Number.MIN_VALUE * 1e6);
  const decade = 10 ** Math.floor(Math.log10(range / most));
  const step = [1, 2, 2.5, 5, 10].map((digit) => digit * decade).find((size) => size >= (range / most) * (1 - 1e-9));
  const ticks = [];
  for (let at = Math.ceil(lo / step - 1e-9); at * step <= hi * (1 + 1e-9); at += 1) ticks.push(at * step);
  return { lo, hi, ticks, at: (value) => (value - lo) / (hi - lo) };
}

/** A logarithmic axis that shows `lo` to `hi`: decades, and what lies between where there are few. */
function logAxis(lo, hi) {
  const digits = hi / lo > 1000 ? [1] : hi / lo > 30 ? [1, 3] : [1, 2, 5];
  const ticks = [];
  for (let power = Math.floor(Math.log10(lo)); power <= Math.ceil(Math.log10(hi)); power += 1) {
    for (const digit of digits) {
      const tick = digit * 10 ** power;
      if (tick >= lo * (1 - 1e-9) && tick <= hi * (1 + 1e-9)) ticks.push(tick);
    }
  }
  // Within less than a decade round numbers at even distances say more.
  const told = ticks.length < 3 ? linearAxis(lo, hi, 5).ticks : ticks;
  const length = Math.log(hi / lo);
  return { lo, hi, ticks: told, at: (value) => Math.log(Math.max(value, lo * 1e-3) / lo) / length };
}

/** How far above the figures and medians intervals may reach before they leave the chart. */
const REACH = { linear: 3, log: 60 };

/** The money axis for amounts that must be seen and intervals that may leave the chart. */
function moneyAxis(amounts, intervals, log, most) {
  const usable = log ? (value) => value > 0 : () => true;
  const seen = amounts.filter(usable);
  const ends = intervals.filter(usable);
  const top = Math.max(...seen);
  const bottom = Math.min(...seen);
  const reach = log ? REACH.log : REACH.linear;
  const hi = Math.min(Math.max(top, ...ends), top * reach);
  if (log) {
    const lo = Math.max(Math.min(bottom, ...ends), bottom / reach);
    return logAxis(lo / 1.15, hi * 1.15);
  }
  return linearAxis(Math.min(0, bottom * 1.1), Math.max(hi * 1.06, Number.MIN_VALUE * 1e9), most);
}

/** The years between two times: the beginning of each, in months, and its name. */
function years(from, to, series) {
  const first = series.year_end % 12;
  const found = [];
  for (let start = Math.floor((from - first) / 12) * 12 + first; start < to; start += 12) {
    found.push({ start, name: series.year_prefix + Math.floor((start + 11) / 12) });
  }
  return found;
}
