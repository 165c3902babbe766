// The page: a chart in the place of each picture, with its controls, and the switch between light and dark.

const data = JSON.parse(document.getElementById("data").textContent);
/** The most series that one chart shows: there are as many colours. */
const MOST = 4;
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
  return options.map(({ value, words, checked }) => {
    const label = put(group, "label", {});
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
  const named = listed(levels.map((level) => `${level}%`));
  const intervals = levels.length > 0 ? ` and ${named} prediction interval${levels.length > 1 ? "s" : ""}` : "";
  return `${drawn[0].toUpperCase()}${drawn.slice(1)}${scale}: median${intervals}.`;
}

/** What a chart shows at first. */
function initial(series, name) {
  const views = viewsOf(series);
  const ofMonths = series.every((one) => one.first !== "run-rate") && views.includes("twelve-months");
  const view = series.length === 1 ? series[0].first : ofMonths ? "twelve-months" : "run-rate";
  const fan = series[0].fans.find((one) => one.name === view) ?? series[0].fans[0];
  const levels = [...new Set(series.flatMap((one) => one.levels))].sort((a, b) => a - b);
  const nearest = levels.toSorted((a, b) => Math.abs(a - 80) - Math.abs(b - 80))[0];
  const last = (index) => series[index].fans[0].median.at(-1);
  const largest = series.map((_, index) => index).sort((a, b) => last(b) - last(a));
  return {
    name,
    view,
    views,
    log: series.length === 1 ? fan.log : needsLog(series, view),
    all: levels,
    // Of several series one interval each; of one the widest are off at first, which press all else together.
    levels: new Set(series.length > 1 ? [nearest] : levels.filter((level, index) => index === 0 || level < 90)),
    chosen: new Set(largest.slice(0, MOST)),
  };
}

/** Makes the chart of a figure of the page. */
function bring(figure, series, name) {
  const state = initial(series, name);
  const live = figure.querySelector(".live");
  const controls = put(live, "div", { class: "controls" });
  const words = put(live, "p", { class: "caption" });
  const key = put(live, "ul", { class: "key" });
  const reading = new Reading(put(live, "div", { class: "reading" }), series, state);
  const inputs = addControls(controls, series, state, () => update());
  const update = () => {
    for (const input of inputs.scale) input.disabled = state.view === "columns";
    for (const input of inputs.series) input.disabled = !input.checked && state.chosen.size >= MOST;
    words.textContent = caption(series, state);
    reading.render();
    writeKey(key, reading.picture);
  };
  update();
}

/** The controls of a chart, which set its state. */
function addControls(parent, series, state, update) {
  const { name, views, all } = state;
  const set = (property, read) => (value) => {
    state[property] = read(value);
    update();
  };
  const flip = (property) => (value, on) => {
    toggle(state[property], value, on);
    update();
  };
  if (views.length > 1) choice(parent, "Show", `view-${name}`, views.map((view) => [view, VIEWS[view]]), state.view, set("view", (view) => view));
  const scales = [["linear", "Linear"], ["log", "Log"]];
  const scale = choice(parent, "Scale", `scale-${name}`, scales, state.log ? "log" : "linear", set("log", (value) => value === "log"));
  if (series.length === 1) {
    choices(parent, "Intervals", all.map((level) => ({ value: level, words: `${level}%`, checked: state.levels.has(level) })), flip("levels"));
    return { scale, series: [] };
  }
  const levels = [...all.map((level) => [level, `${level}%`]), [0, "None"]];
  choice(parent, "Interval", `interval-${name}`, levels, [...state.levels][0], set("levels", (level) => new Set(level > 0 ? [level] : [])));
  const options = series.map((one, index) => ({ value: index, words: one.name, checked: state.chosen.has(index) }));
  const legend = series.length > MOST ? `Series, up to ${MOST}` : "Series";
  return { scale, series: choices(parent, legend, options, flip("chosen")) };
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
  if (shown.length > 1) {
    // Where the chart has no room for names, the key tells the colours apart.
    for (const { one, colour } of shown) put(put(list, "li", { class: `line colour-${colour}` }), "span", { class: "name" }, one.name);
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
