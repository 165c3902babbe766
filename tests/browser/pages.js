// The pages that the tests look at, each with what projection.csv has of the same run.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FOLDER = resolve("pages");
/** Ends its script, if it is believed; quotes; a mark that turns the text around. */
const HOSTILE = `</script><script>document.title = "taken"</script>\u202e<img src=x onerror="document.title = 'taken'">'"&`;

const months = (count, amount) => Array.from({ length: count }, (_, at) => `${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")},${amount(at)}`);
const isWinter = (at) => at % 12 < 3 || at % 12 > 9;
const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

/** Rows whose every text is hostile, of two series with names that begin alike. */
function hostile() {
  const text = quoted(HOSTILE);
  const years = [2019, 2020, 2021, 2022, 2023, 2024].map((year) => `${text},revenue,${year},$${year - 2010}M,${text},${text}`);
  const others = [`${text},target,2026,$50M,,`, `${text},event,2024-02,,,${text}`, `${quoted(`${HOSTILE}2`)},run-rate,2024-06,$5M,javascript:alert(3),<!--`];
  return ["series,kind,period,value,source,note", ...years, ...others];
}

/** The pages by their names: a sample of the project or the lines of a file, and options. All figures that are no sample are illustrative. */
const PAGES = {
  article: { sample: "revenue.csv" },
  "sixty-months": { sample: "saas-months.csv", options: ["--until", "2027"] },
  "four-companies": { sample: "ai-and-cloud.csv", options: ["--until", "2027", ...["AWS", "Anthropic", "Google Cloud", "OpenAI"].flatMap((name) => ["--series", name])] },
  "five-companies": { sample: "ai-and-cloud.csv", options: ["--until", "2027"] },
  winter: { lines: ["period,value", ...months(60, (at) => (isWinter(at) ? 90000 + at * 500 : 0))], options: ["--currency", "EUR", "--until", "2026"] },
  hostile: { lines: hostile(), options: ["--title", HOSTILE] },
  "one-figure": { lines: ["series,kind,period,value", "Acme,run-rate,2025-06,$10M"] },
};

export const NAMES = Object.keys(PAGES);

const address = (name) => `file://${join(FOLDER, `${name}.html`)}`;

/** Makes all pages, and runs the projections of which they are. */
function make() {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, { sample, lines, options = [] }] of Object.entries(PAGES)) {
    const file = join(FOLDER, `${name}.csv`);
    writeFileSync(file, sample ? readFileSync(join(process.env.DATA, sample)) : `${lines.join("\n")}\n`);
    const run = (args) => execFileSync(process.env.TOPLINE, args, { stdio: ["ignore", "ignore", "pipe"] });
    run(["report", file, ...options, "-o", join(FOLDER, `${name}.html`)]);
    const plain = options.filter((option, at) => option !== "--title" && options[at - 1] !== "--title");
    for (const step of ["year", "month"]) run(["project", file, ...plain, "--step", step, "-o", join(FOLDER, name, step, "projection.csv")]);
  }
}

/** The fields of a line of a CSV file that has no line breaks within fields. */
function fields(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, inQuotes, bare]) => inQuotes?.replaceAll('""', '"') ?? bare);
}

/** A text as pages show it, where what would turn it around is visible. */
const visible = (text) => text.replaceAll("\u202e", "\\u{202e}");

/** The rows of the projections of a page, by year and by month. */
function projections(name) {
  return ["year", "month"].flatMap((step) => {
    const [head, ...lines] = readFileSync(join(FOLDER, name, step, "projection.csv"), "utf8").trimEnd().split(/\r?\n/);
    const names = fields(head);
    return lines.map((line) => Object.fromEntries(fields(line).map((field, at) => [names[at], visible(field)])));
  });
}

export { address, make, projections };
