// What a chart says of a place: by keys and by pointer, compared with projection.csv.

import assert from "node:assert/strict";
import { test } from "node:test";
import { charts, choicesOf, choose, visit } from "./browser.js";
import { NAMES, projections } from "./pages.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const UNITS = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** An amount as it is written, and half of its last digit. */
function amount(text) {
  const [, minus, digits, decimals = "", unit] = /^(−?)[^\d−]*(\d+)(?:\.(\d+))?([KMBT]?)$/.exec(text) ?? assert.fail(`no amount: ${text}`);
  const size = UNITS[unit];
  return { value: Number(`${digits}.${decimals}`) * size * (minus ? -1 : 1), half: (10 ** -decimals.length / 2) * size };
}

function assertSame(text, exact, what) {
  const { value, half } = amount(text);
  assert.ok(Math.abs(value - exact) <= half * (1 + 1e-6), `${what}: ${text} is not ${exact}`);
}

/** The row of the projection for what a chart says, if it has one: a year, its end, or a month. */
function rowFor(rows, series, place) {
  const [, month, year] = /^(?:Run-rate in|Twelve months to) (\w+) (\d+)$/.exec(place) ?? [];
  const end = month && `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}`;
  const measure = place.startsWith("Run-rate") ? "run-rate" : "revenue";
  const isYear = (row) => row.period_start.slice(5) === "01-01" && row.period_end.slice(5) === "12-31";
  const isFor = (row) => (measure === "run-rate" || !end ? true : isYear(row)) && (end ? row.period_end.startsWith(end) : row.period === place);
  return rows.find((row) => row.series === series && row.measure === measure && isFor(row));
}

/** What a chart says: now, or at every place to which the arrow keys go. It runs in the page, which is quick. */
function saidIn(figure, everywhere) {
  const said = () => {
    const readout = figure.querySelector(".readout");
    const interval = (line) => /^(\d+)% interval: (.+) to (.+)$/.exec(line.textContent)?.slice(1);
    const rows = [...readout.querySelectorAll(".row")].map((row) => ({
      name: row.querySelector(".name")?.textContent.trim(),
      value: row.querySelector("strong")?.textContent,
      isMedian: row.querySelector("p").textContent.endsWith(" median"),
      intervals: [...row.querySelectorAll("p")].map(interval).filter(Boolean),
    }));
    return { hidden: readout.hidden, place: readout.querySelector(".when")?.textContent, rows };
  };
  if (!everywhere) return said();
  const press = (key) => figure.querySelector(".plot").dispatchEvent(new KeyboardEvent("keydown", { key }));
  press("Home");
  const all = [said()];
  for (;;) {
    press("ArrowRight");
    const next = said();
    if (next.place === all.at(-1).place) return all;
    all.push(next);
  }
}

const told = (chart) => chart.evaluate(saidIn, false);
const allByKeys = (chart) => chart.evaluate(saidIn, true);

/** Compares what a chart tells with the rows of the projection; how many it found. */
function compare(all, rows, only) {
  let compared = 0;
  for (const { place, rows: lines } of all) {
    for (const { name, value, isMedian, intervals } of lines) {
      const row = isMedian && rowFor(rows, name ?? only, place);
      if (!row) continue;
      assertSame(value, Number(row.median), `${place}, median`);
      for (const [level, lo, hi] of intervals) {
        assertSame(lo, Number(row[`lo_${level}`]), `${place}, ${level}%`);
        assertSame(hi, Number(row[`hi_${level}`]), `${place}, ${level}%`);
      }
      compared += 1;
    }
  }
  return compared;
}

/** The name of the only series of a chart. */
const only = (chart, all) => chart.evaluate((figure, names) => names[Number(figure.dataset.series ?? 0)], all);

for (const name of NAMES) {
  test(`keys tell the values of projection.csv: ${name}`, () =>
    visit(name, async (page) => {
      const rows = projections(name);
      const names = [...new Set(rows.map((row) => row.series))];
      for (const chart of await charts(page)) {
        const views = await choicesOf(chart, "Show").allTextContents();
        for (const view of views.length > 0 ? views : [null]) {
          if (view) await choose(chart, "Show", view);
          const all = await allByKeys(chart);
          assert.ok(compare(all, rows, await only(chart, names)) >= 2, `${view}: nothing to compare`);
        }
      }
    }));
}

test("keys begin at the projection, go both ways and leave", () =>
  visit("article", async (page) => {
    const [, chart] = await charts(page);
    const plot = chart.locator(".plot");
    await plot.press("ArrowRight");
    const first = await told(chart);
    assert.equal(first.place, "Run-rate in July 2025");
    assert.equal(await chart.locator("[aria-live]").textContent().then((text) => text.startsWith("Run-rate in July 2025. $")), true);
    await plot.press("End");
    assert.equal((await told(chart)).place, "Run-rate in December 2027");
    await plot.press("ArrowLeft");
    assert.equal((await told(chart)).place, "Run-rate in November 2027");
    await plot.press("Escape");
    assert.equal((await told(chart)).hidden, true);
    await plot.press("ArrowLeft");
    assert.equal((await told(chart)).place, "Run-rate in June 2025");
  }));

for (const name of ["article", "sixty-months", "four-companies", "winter"]) {
  test(`the pointer tells the nearest place, as the keys do: ${name}`, () =>
    visit(name, async (page) => {
      for (const chart of await charts(page)) {
        const all = await allByKeys(chart);
        const plot = chart.locator(".plot");
        await plot.scrollIntoViewIfNeeded();
        const box = await plot.boundingBox();
        let before = -1;
        const seen = new Set();
        for (let across = 2; across < box.width; across += 23) {
          await page.mouse.move(box.x + across, box.y + box.height / 2);
          const now = await told(chart);
          const at = all.findIndex(({ place }) => place === now.place);
          assert.deepEqual(now, all[at], "another answer than by keys");
          assert.ok(at >= before, `${now.place} is left of ${all[before]?.place}`);
          seen.add(at);
          before = at;
        }
        assert.ok(seen.has(0) && seen.size >= Math.min(all.length - 1, 5), "the pointer reaches the first place and others");
        await page.mouse.move(box.x - 8, box.y + 40);
        assert.equal((await told(chart)).hidden, true);
      }
    }));
}

/** Ticks, and the dots of the cursor, as they are drawn. */
function drawn(chart) {
  return chart.locator(".plot").evaluate((plot) => ({
    ticks: [...plot.querySelectorAll('text.tick[text-anchor="end"]')].map((text) => ({ text: text.textContent, y: Number(text.getAttribute("y")) - 4 })),
    dots: [...plot.querySelectorAll(".cursor circle")].map((dot) => Number(dot.getAttribute("cy"))),
  }));
}

for (const scale of ["Linear", "Log"]) {
  test(`the chart is drawn where its axis says: ${scale}`, () =>
    visit("four-companies", async (page) => {
      const [chart] = await charts(page);
      await choose(chart, "Scale", scale);
      await chart.locator(".plot").press("End");
      const { ticks, dots } = await drawn(chart);
      const { rows } = await told(chart);
      assert.equal(dots.length, 4);
      const on = scale === "Log" ? Math.log10 : (value) => value;
      const [low, high] = [ticks[0], ticks.at(-1)];
      const [bottom, top] = [low, high].map(({ text }) => on(amount(text).value));
      rows.forEach(({ value }, at) => {
        const expected = low.y + ((on(amount(value).value) - bottom) / (top - bottom)) * (high.y - low.y);
        assert.ok(Math.abs(dots[at] - expected) < 1.5, `${value} is at ${dots[at]}, not ${expected}`);
      });
    }));
}
