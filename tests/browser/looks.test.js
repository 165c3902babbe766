// What readers see: on a phone, in the dark, on paper, without scripts, and with a screen reader.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import { charts, choicesOf, choose, visit } from "./browser.js";
import { NAMES } from "./pages.js";

/** The pages that axe looks at, which has to take its time: between them they have every part of a page. */
const AXED = ["article", "one-figure", "hostile"];
const PHONE = { viewport: { width: 360, height: 740 } };

/** How bright a colour is, from 0 to 255. */
const brightness = (page, property) => page.evaluate((name) => {
  const [red, green, blue] = getComputedStyle(document.body)[name].match(/[\d.]+/g).map(Number);
  return (red + green + blue) / 3;
}, property);

/** What reaches over the right edge of the page and cannot be moved within a frame of its own. */
const tooWide = (page) => page.evaluate(() => {
  const edge = document.documentElement.clientWidth;
  const reaches = (element) => element.getBoundingClientRect().right > edge + 1;
  const moves = (element) => element.closest(".scroll, .unseen, .skip, thead") !== null;
  const found = [...document.body.querySelectorAll("*")].filter((element) => reaches(element) && !moves(element));
  const sideways = document.documentElement.scrollWidth > edge ? ["the page moves sideways"] : [];
  return [...sideways, ...found.map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`)];
});

/** Texts of a chart that leave it, and pairs that stand on each other. */
const badTexts = (chart) => chart.locator(".plot svg").evaluate((svg) => {
  const frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll("text")].map((text) => ({ words: text.textContent, box: text.getBoundingClientRect() }));
  const outside = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
  const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;
  const pairs = texts.flatMap((one, at) => texts.slice(at + 1).filter((other) => meet(one.box, other.box)).map((other) => `${one.words} on ${other.words}`));
  return [...outside.map(({ words }) => `${words} outside`), ...pairs];
});

for (const name of NAMES) {
  for (const [where, options] of Object.entries({ desk: {}, phone: PHONE })) {
    test(`nothing is too wide, and no text stands on another: ${name}, ${where}`, () =>
      visit(
        name,
        async (page) => {
          for (const chart of await charts(page)) {
            for (const view of await choicesOf(chart, "Show").allTextContents()) {
              await choose(chart, "Show", view);
              assert.deepEqual(await badTexts(chart), [], view);
            }
            await chart.locator(".plot").press("End");
            assert.deepEqual(await tooWide(page), []);
          }
        },
        options,
      ));
  }

  for (const [where, options] of Object.entries(AXED.includes(name) ? { light: {}, dark: { colorScheme: "dark" }, phone: PHONE } : {})) {
    test(`axe finds no violation: ${name}, ${where}`, () =>
      visit(
        name,
        async (page) => {
          for (const details of await page.locator("summary").all()) await details.click();
          await page.locator(".plot").last().press("End");
          const { violations } = await new AxeBuilder({ page }).analyze();
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        },
        options,
      ));
  }

  test(`without scripts the pictures and the tables are there: ${name}`, () =>
    visit(
      name,
      async (page) => {
        assert.equal(await page.locator(".plot, .controls, .theme").count(), 0);
        const pictures = await page.locator("figure.chart svg").all();
        assert.notEqual(pictures.length, 0);
        for (const picture of pictures) assert.ok((await picture.boundingBox()).height > 200);
        assert.ok(await page.getByRole("heading", { name: "Projection", exact: true }).first().isVisible());
        assert.ok((await page.locator("td.number:visible").count()) > 2);
      },
      { javaScriptEnabled: false },
    ));
}

test("on a phone the values stand below the chart, and names tell the colours", () =>
  visit(
    "four-companies",
    async (page) => {
      const [chart] = await charts(page);
      await chart.locator(".plot").tap();
      const [plot, readout] = await Promise.all([".plot", ".readout"].map((part) => chart.locator(part).boundingBox()));
      assert.ok(readout.y >= plot.y + plot.height);
      assert.deepEqual((await chart.locator(".key .name").allTextContents()).sort(), ["AWS", "Anthropic", "Google Cloud", "OpenAI"]);
    },
    { ...PHONE, hasTouch: true },
  ));

test("in the dark the page is dark", () =>
  visit(
    "article",
    async (page) => {
      assert.ok((await brightness(page, "backgroundColor")) < 60);
      assert.ok((await brightness(page, "color")) > 180);
    },
    { colorScheme: "dark" },
  ));

for (const colorScheme of ["light", "dark"]) {
  test(`on paper the page is light and has charts and tables but no controls, from ${colorScheme}`, () =>
    visit(
      "four-companies",
      async (page) => {
        await page.emulateMedia({ media: "print", colorScheme });
        assert.ok((await brightness(page, "backgroundColor")) > 230);
        assert.ok((await brightness(page, "color")) < 80);
        assert.equal(await page.locator(":is(.controls, .theme, nav, .readout, .skip):visible").count(), 0);
        assert.equal(await page.locator(".plot svg:visible").count(), 5);
        assert.ok((await page.locator("table:visible").count()) >= 9);
        const sheet = { width: "210mm", height: "297mm" };
        assert.ok((await page.pdf(sheet)).length > 10000);
      },
      { colorScheme },
    ));
}
