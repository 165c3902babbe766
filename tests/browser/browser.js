// A browser without network, and what its pages did that they must not do.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { chromium } from "playwright-core";
import { address } from "./pages.js";

const OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: OPTIONS });
});
after(() => browser.close());

/** Opens a page, does something with it, and sees that it made no error and no request. */
export async function visit(name, does, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, offline: true, ...options });
  context.setDefaultTimeout(2000);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("request", (request) => request.url() !== address(name) && wrong.push(`request: ${request.url()}`));
  try {
    await page.goto(address(name));
    await does(page, wrong);
    assert.deepEqual(wrong, [], name);
  } finally {
    await context.close();
  }
}

/** The charts of a page that answer to pointer and keys. */
export async function charts(page) {
  const found = await page.locator("figure:has(.plot)").all();
  assert.notEqual(found.length, 0, "the page has no chart");
  return found;
}

/** The controls of a chart under a heading: their words. */
export function choicesOf(chart, heading) {
  return chart.locator("fieldset", { has: chart.page().locator("legend", { hasText: new RegExp(`^${heading}`) }) }).locator("label");
}

/** The control that says these words. */
export function control(chart, heading, words) {
  return choicesOf(chart, heading).filter({ has: chart.page().getByText(words, { exact: true }) });
}

/** Chooses what a control says. */
export async function choose(chart, heading, words) {
  await control(chart, heading, words).click();
}
