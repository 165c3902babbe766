// Every control changes what it says that it changes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { charts, choicesOf, control, choose, visit } from "./browser.js";
import { NAMES } from "./pages.js";

const caption = (chart) => chart.locator(".caption").textContent();
const picture = (chart) => chart.locator(".plot svg").innerHTML();
const ticks = (chart) => chart.locator('.plot text.tick[text-anchor="end"]').evaluateAll((all) => all.map((text) => text.textContent));
const words = (chart, heading) => choicesOf(chart, heading).allTextContents();

/** What the caption says of each view. */
const SAYS = { Columns: /^Revenue by (year|quarter)/, "Twelve months": /^Revenue of the last twelve months/, "Run-rate": /^Annualised revenue/ };

for (const name of NAMES) {
  test(`columns, twelve months and run-rate: ${name}`, () =>
    visit(name, async (page) => {
      for (const chart of await charts(page)) {
        const seen = new Set();
        const views = await words(chart, "Show");
        for (const view of views) {
          await choose(chart, "Show", view);
          assert.match(await caption(chart), SAYS[view]);
          const isColumns = (await chart.locator(".plot rect.ahead").count()) > 0;
          assert.equal(isColumns, view === "Columns");
          assert.equal(await choicesOf(chart, "Scale").locator("input").first().isDisabled(), isColumns);
          seen.add(await picture(chart));
        }
        assert.equal(seen.size, views.length);
      }
    }));

  test(`linear and log: ${name}`, () =>
    visit(name, async (page) => {
      for (const chart of await charts(page)) {
        const views = await words(chart, "Show");
        if (views.length > 0) await choose(chart, "Show", views.at(-1));
        await choose(chart, "Scale", "Linear");
        assert.doesNotMatch(await caption(chart), /log/);
        assert.match((await ticks(chart))[0], /^[^\d]*0$/);
        await choose(chart, "Scale", "Log");
        assert.match(await caption(chart), /log scale/);
        assert.doesNotMatch((await ticks(chart))[0], /^[^\d]*0$/);
      }
    }));

  test(`intervals: ${name}`, () =>
    visit(name, async (page) => {
      for (const chart of await charts(page)) {
        const views = await words(chart, "Show");
        if (views.length > 0) await choose(chart, "Show", views.at(-1));
        const isChecked = (level) => control(chart, "Interval", level).locator("input").isChecked();
        const several = await chart.locator(".plot path.median").count();
        for (const level of await words(chart, "Interval")) {
          await choose(chart, "Interval", level);
          const levels = await words(chart, "Interval");
          const on = (await Promise.all(levels.map(isChecked))).filter(Boolean).length;
          const isNone = level === "None";
          assert.equal(await chart.locator(".plot path.band").count(), isNone ? 0 : on * several, level);
          assert.equal((await caption(chart)).includes(level), (await isChecked(level)) && !isNone, level);
          await chart.locator(".plot").press("End");
          const told = await chart.locator(".readout").textContent();
          assert.equal(told.includes(`${level} interval: `), (await isChecked(level)) && !isNone, level);
        }
      }
    }));
}

test("series: those that are chosen are shown, and at most four", () =>
  visit("five-companies", async (page) => {
    const [chart] = await charts(page);
    const shown = () => chart.locator(".plot path.median").count();
    const left = chart.locator("fieldset input:disabled");
    assert.equal(await shown(), 4);
    assert.equal(await left.count(), 1);
    await choose(chart, "Series", "AWS");
    assert.equal(await shown(), 3);
    assert.equal(await left.count(), 0);
    await choose(chart, "Series", "CoreWeave");
    await chart.locator(".plot").press("End");
    const names = await chart.locator(".readout .name").allTextContents();
    assert.deepEqual(names.map((name) => name.trim()).sort(), ["Anthropic", "CoreWeave", "Google Cloud", "OpenAI"]);
    for (const name of names) await choose(chart, "Series", name.trim());
    assert.equal(await caption(chart), "No series is chosen.");
  }));

for (const colorScheme of ["light", "dark"]) {
  test(`dark and light, beginning ${colorScheme}`, () =>
    visit(
      "article",
      async (page) => {
        const colours = () => page.evaluate(() => [document.body, document.querySelector(".plot .median"), document.querySelector("td")].map((one) => {
          const { backgroundColor, stroke, color } = getComputedStyle(one);
          return [backgroundColor, stroke, color].join(" ");
        }));
        const first = await colours();
        const button = page.locator(".theme");
        assert.equal(await button.textContent(), colorScheme === "light" ? "Dark" : "Light");
        await button.click();
        assert.equal(await button.textContent(), colorScheme === "light" ? "Light" : "Dark");
        const second = await colours();
        for (const [at, colour] of first.entries()) assert.notEqual(colour, second[at]);
        await button.click();
        assert.deepEqual(await colours(), first);
      },
      { colorScheme },
    ));
}
