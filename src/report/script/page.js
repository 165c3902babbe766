// The page: a chart in the place of each picture, with its controls, and the switch between light and dark.

const data = JSON.parse(document.getElementById("data").textContent);
const VIEWS = { "twelve-months": "Twelve months", "run-rate": "Run-rate", columns: "Columns" };

/** A group of controls of which one is chosen. */
function choice(parent, legend, name, options, chosen, changed) {
  const group = put(parent, "fieldset", {});
  put(group, "legend", {}, legend);
  return options.map(([value, words]) => {
    const label = put(group, "label", {});
    const input = put(label, "input", { type: "radio", name, value });
    input.checked = value === chosen;
    input.addEventListener("change", () => changed(value));
    put(label, "span", {}, words);
    return input;
  });
}

/** A group of controls of which any number is chosen. */
function choices(parent, legend, options, changed) {
  const group = put(parent, "fieldset", {});
  put(group, "legend", {}, legend);
  return options.map(({ value, words, classes, checked }) => {
    const label = put(group, "label", { class: classes ?? "" });
    const input = put(label, "input", { type: "checkbox", value });
    input.checked = checked;
    input.addEventListener("change", () => changed(value, input.checked));
    put(label, "span", {}, words);
    return input;
  });
}

function toggle(set, value, on) {
  if (on) set.add(value);
  else set.delete(value);
}

/** The charts that all of some series have. */
function viewsOf(series) {
  const ofFans = ["twelve-months", "run-rate"].filter((name) => series.every((one) => one.fans.some((fan) => fan.name === name)));
  return series.length === 1 && series[0].columns ? ["columns", ...ofFans] : ofFans;
}

/** What is seen, in a sentence; it changes with the controls. */
function caption(series, state) {
  const shown = series.filter((_, index) => state.chosen.has(index));
  if (shown.length === 0) return "No series is chosen.";
  const isColumns = state.view === "columns";
  const drawn = isColumns ? shown[0].columns.drawn : shown[0].fans.find((fan) => fan.name === state.view).drawn;
  const scale = state.log && !isColumns ? ", log scale" : "";
  const levels = [...state.levels].sort((a, b) => a - b);
  const told = isColumns ? levels.slice(-1) : shown.length > 1 ? nearest(levels) : levels;
  const intervals = told.length > 0 ? ` and ${listed(told.map((level) => `${level}%`))} prediction interval${told.length > 1 ? "s" : ""}` : "";
  return `${drawn[0].toUpperCase()}${drawn.slice(1)}${scale}: median${intervals}.`;
}

function nearest(levels) {
  return levels.toSorted((a, b) => Math.abs(a - 80) - Math.abs(b - 80)).slice(0, 1);
}

/** Makes the chart of a figure of the page. */
function bring(figure, series, name) {
  const live = figure.querySelector(".live");
  const views = viewsOf(series);
  const first = series.length === 1 ? series[0].first : series.every((one) => one.first !== "run-rate") && views.includes("twelve-months") ? "twelve-months" : "run-rate";
  const fan = series[0].fans.find((one) => one.name === first) ?? series[0].fans[0];
  const levels = [...new Set(series.flatMap((one) => one.levels))].sort((a, b) => a - b);
  const state = {
    name,
    view: first,
    log: series.length === 1 ? fan.log : needsLog(series, first),
    // The widest ones are off at first: they press all else together.
    levels: new Set(levels.filter((level, index) => index === 0 || level < 90)),
    chosen: new Set(series.map((_, index) => index).slice(0, 4)),
  };
  const controls = put(live, "div", { class: "controls" });
  const words = put(live, "p", { class: "caption" });
  const key = put(live, "ul", { class: "key" });
  const chart = put(live, "div", { class: "reading" });
  let scale = [];
  const update = () => {
    for (const input of scale) input.disabled = state.view === "columns";
    words.textContent = caption(series, state);
    reading.render();
    writeKey(key, reading.picture);
  };
  const set = (property) => (value) => {
    state[property] = value;
    update();
  };
  if (views.length > 1) choice(controls, "Show", `view-${name}`, views.map((view) => [view, VIEWS[view]]), first, set("view"));
  scale = choice(controls, "Scale", `scale-${name}`, [["linear", "Linear"], ["log", "Log"]], state.log ? "log" : "linear", (value) => set("log")(value === "log"));
  choices(controls, "Intervals", levels.map((level) => ({ value: level, words: `${level}%`, checked: state.levels.has(level) })), (level, on) => {
    toggle(state.levels, level, on);
    update();
  });
  if (series.length > 1) {
    choices(controls, "Series", series.map((one, index) => ({ value: index, words: one.name, checked: state.chosen.has(index), classes: "series" })), (index, on) => {
      toggle(state.chosen, index, on);
      update();
    });
  }
  const reading = new Reading(chart, series, state);
  update();
}

/** Whether the last medians of some series are too far apart for a linear axis. */
function needsLog(series, view) {
  const last = series.map((one) => one.fans.find((fan) => fan.name === view)?.median.at(-1) ?? 0);
  return Math.max(...last) > 8 * Math.min(...last) && Math.min(...last) > 0;
}

/** What the shapes of a chart mean. */
function writeKey(list, picture) {
  list.replaceChildren();
  const shown = picture.shown();
  const isColumns = picture.state.view === "columns";
  const shapes = new Set(isColumns ? [] : shown.flatMap(({ data: drawn }) => drawn.marks.map((mark) => mark.shape)));
  if (isColumns && shown[0]?.data.columns.some((column) => column.target)) shapes.add("diamond");
  const dot = picture.state.view === "run-rate" ? "Total of a period, as a yearly rate" : "Twelve months as reported";
  const names = { ring: "Run-rate", square: "Total of a year", dot, diamond: "Target" };
  for (const shape of ["square", "dot", "ring", "diamond"]) {
    if (!shapes.has(shape)) continue;
    const item = put(list, "li", {});
    const svg = draw(item, "svg", { width: 16, height: 14, "aria-hidden": "true" });
    drawMark(svg, shape, 8, 7, 4.6, "");
    put(item, "span", {}, names[shape]);
  }
  if (isColumns) put(list, "li", {}, "Full: reported; hatched: projected");
  if (shown.some(({ one }) => one.remarks.length > 0)) put(list, "li", {}, "▲ Contract or event");
  if (picture.cut) put(list, "li", {}, "Intervals reach above the chart");
}

/** The switch between light and dark. */
function addTheme() {
  const button = put(document.querySelector("header"), "button", { type: "button", class: "theme" });
  const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark";
  const name = () => {
    button.textContent = isDark() ? "Light" : "Dark";
  };
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    name();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  name();
}

document.documentElement.classList.add("live-charts");
addTheme();
for (const figure of document.querySelectorAll("figure[data-series]")) {
  bring(figure, [data.series[Number(figure.dataset.series)]], figure.dataset.series);
}
for (const figure of document.querySelectorAll("figure[data-together]")) {
  bring(figure, data.together.map((place) => data.series[place]), "together");
}
