// A page loads nothing and obeys nothing that stands in the figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./browser.js";
import { NAMES } from "./pages.js";

for (const name of NAMES) {
  test(`the page is whole by itself: ${name}`, () =>
    visit(name, async (page) => {
      await page.waitForLoadState("networkidle");
      const outside = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
      assert.deepEqual(outside, []);
    }));
}

test("names are text", () =>
  visit("hostile", async (page) => {
    assert.notEqual(await page.title(), "taken");
    assert.equal(await page.locator("img, iframe, object").count(), 0);
    assert.equal(await page.locator("script").count(), 2);
    assert.equal(await page.locator("a[href^='javascript']").count(), 0);
    const [heading] = await page.locator("section > h2").allTextContents();
    assert.ok((await page.locator("h1").textContent()).includes("</script><script>"), heading);
    assert.equal(await page.evaluate(() => document.body.textContent.includes("\u202e")), false);
  }));

test("the policy stops scripts, styles, pictures and requests that are not the page's", () =>
  visit("hostile", async (page, wrong) => {
    const stopped = await page.evaluate(async () => {
      const told = [];
      document.addEventListener("securitypolicyviolation", (event) => told.push(event.effectiveDirective));
      const add = (name, attributes, text = "") => document.body.append(Object.assign(document.createElement(name), attributes, { textContent: text }));
      add("script", {}, "document.title = 'taken'");
      add("style", {}, "body { display: none }");
      add("img", { src: "https://example.com/a.png" });
      await fetch("https://example.com/").catch(() => {});
      await new Promise((done) => setTimeout(done, 100));
      return told.sort();
    });
    assert.deepEqual(stopped, ["connect-src", "img-src", "script-src-elem", "style-src-elem"]);
    assert.notEqual(await page.title(), "taken");
    // The browser reports each in its console, and names the picture that it stopped; nothing else was wrong.
    assert.deepEqual(wrong.filter((line) => !/Content Security Policy|^request: .*a\.png$/.test(line)), []);
    wrong.length = 0;
  }));
