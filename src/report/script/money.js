// Amounts and dates in words, as the tables of the page have them.

const UNITS = [[1, ""], [1e3, "K"], [1e6, "M"], [1e9, "B"], [1e12, "T"], [1e15, "Q"]];
const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
];

/** A number with so many decimals, of two that are as near the even one: as the tables are written. */
function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  const exact = value.toFixed(60);
  const rest = exact.slice(exact.indexOf(".") + 1 + decimals);
  const isTie = /^50*$/.test(rest) && Number(text.at(-1)) % 2 === 1;
  return isTie ? (Number(text) - 10 ** -decimals).toFixed(decimals) : text;
}

function threeFigures(value) {
  return fixed(value, value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
}

/** Without sign and currency: `10.5B`. */
function inUnits(value, written) {
  if (value === 0) return "0";
  if (!(value >= 0.01 && value < 1e18)) return value.toExponential(2).replace(".00e", "e").replace("e+", "e");
  let at = UNITS.findLastIndex(([size]) => value >= size);
  at = Math.max(at, 0);
  let text = written(value / UNITS[at][0]);
  // 999,999 rounds up into the next unit.
  if (text === "1000" && at + 1 < UNITS.length) {
    at += 1;
    text = written(1);
  }
  return text + UNITS[at][1];
}

/** A calculated amount, always with three figures: `$10.0B`. */
function projected(value, sign) {
  return (value < 0 ? "−" : "") + sign + inUnits(Math.abs(value), threeFigures);
}

/** A stated amount or a tick, without zeros at the end: `$10B`. */
function short(value, sign) {
  const written = (amount) => {
    const text = threeFigures(amount);
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  };
  return (value < 0 ? "−" : "") + sign + inUnits(Math.abs(value), written);
}

/** Growth with its sign: `+5.1%`. */
function change(growth) {
  const percent = Math.abs(growth * 100);
  const text = fixed(percent, percent >= 9.95 ? 0 : 1);
  if (Number(text) === 0) return "0.0%";
  return (growth < 0 ? "−" : "+") + text + "%";
}

/** `June 2027`, of a month by its number. */
function monthName(month) {
  return `${MONTHS[month % 12]} ${Math.floor(month / 12)}`;
}

/** `A, B and C`. */
function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
