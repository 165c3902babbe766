// Reading values off a chart: by pointer, by finger and by keys.

/** A chart with what it says of the place that is pointed at. */
class Reading {
  constructor(holder, series, state) {
    this.at = null;
    this.places = [];
    const names = listed(series.map((one) => one.name));
    if (series.length > 1) holder.classList.add("several");
    this.plot = put(holder, "div", {
      class: "plot",
      tabindex: "0",
      role: "application",
      "aria-roledescription": "interactive chart",
      "aria-label": `Chart of ${names}. The arrow keys move along the periods, Escape leaves.`,
    });
    this.readout = put(holder, "div", { class: "readout" });
    this.readout.hidden = true;
    this.said = put(holder, "p", { class: "unseen", "aria-live": "polite" });
    this.state = state;
    this.picture = new Picture(this.plot, series, state);
    for (const kind of ["pointermove", "pointerdown"]) this.plot.addEventListener(kind, (event) => this.point(event));
    // A finger that is lifted leaves what it pointed at.
    this.plot.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && this.show(null));
    this.plot.addEventListener("keydown", (event) => this.key(event));
    this.plot.addEventListener("blur", () => this.show(null));
    let width = 0;
    new ResizeObserver(() => {
      if (holder.clientWidth !== width) this.render();
      width = holder.clientWidth;
    }).observe(holder);
  }

  render() {
    const drawn = this.picture.render();
    this.places = drawn ? this.placesOf(this.picture.shown()) : [];
    this.show(null);
  }

  /** Every place that has values, from left to right: its time, its name, and a row for each series. */
  placesOf(shown) {
    if (this.state.view === "columns") {
      const [{ one, data, colour }] = shown;
      return data.columns.map((column) => ({
        time: (column.span[0] + column.span[1]) / 2,
        name: column.name,
        rows: [columnRow(one, column, colour, this.picture.levels(one))],
      }));
    }
    const { from, to } = this.picture;
    const isRate = this.state.view === "run-rate";
    const month = (time) => Math.ceil(time) - 1;
    const times = new Set();
    for (const { one, data } of shown) {
      const all = [...data.times, ...data.marks.map((mark) => (isRate ? mark.span[1] - 0.5 : mark.time))];
      if (isRate) all.push(...one.remarks.map((remark) => Math.floor(remark.time) + 0.5));
      for (const time of all) if (time >= from && time <= to) times.add(time);
    }
    return [...times].sort((a, b) => a - b).map((time) => ({
      time,
      name: isRate ? `Run-rate in ${monthName(month(time))}` : `Twelve months to ${monthName(month(time))}`,
      rows: shown.map((each) => fanRow(each, time, month(time), this.picture.levels(each.one))).filter((row) => row).sort((a, b) => b.amount - a.amount),
    })).filter((place) => place.rows.length > 0);
  }

  point(event) {
    if (this.places.length === 0) return;
    const across = event.clientX - this.plot.getBoundingClientRect().left;
    const away = (place) => Math.abs(this.picture.x(place.time) - across);
    this.show(this.places.reduce((best, place, index) => (away(place) < away(this.places[best]) ? index : best), 0));
  }

  key(event) {
    const last = this.places.length - 1;
    const ahead = this.places.findIndex((place) => place.rows.some((row) => row.isProjected));
    const moves = {
      ArrowLeft: this.at === null ? Math.max(ahead - 1, 0) : Math.max(this.at - 1, 0),
      ArrowRight: this.at === null ? Math.max(ahead, 0) : Math.min(this.at + 1, last),
      Home: 0,
      End: last,
      Escape: null,
    };
    if (!(event.key in moves) || last < 0) return;
    event.preventDefault();
    this.show(moves[event.key]);
    this.said.textContent = this.at === null ? "" : spoken(this.places[this.at]);
  }

  /** Shows the values of a place, or none. */
  show(at) {
    this.at = at;
    this.readout.hidden = at === null;
    this.picture.cursor?.replaceChildren();
    if (at === null) return;
    const place = this.places[at];
    const { box, x, y, cursor, size } = this.picture;
    const across = tenth(x(place.time));
    draw(cursor, "line", { x1: across, x2: across, y1: box.top - 6, y2: box.bottom });
    for (const row of place.rows) {
      if (row.amount === null || y(row.amount) < box.top - 8) continue;
      draw(cursor, "circle", { class: `colour-${row.colour}`, cx: across, cy: tenth(y(row.amount)), r: 5 });
    }
    write(this.readout, place);
    // Beside the line, on the side that has room; of several series, and on a narrow page, the style puts it below.
    const left = across < (box.left + box.right) / 2 ? across + 16 : across - this.readout.offsetWidth - 16;
    this.readout.style.left = `${Math.min(Math.max(left, 0), size.width - this.readout.offsetWidth)}px`;
  }
}

/** What a series says of a month: the projection or the fit, and the figures that speak of it. */
function fanRow({ one, data, colour }, time, month, levels) {
  const index = data.times.indexOf(time);
  const isAhead = index >= data.ahead;
  const isOf = (mark) => (data.name === "run-rate" ? mark.span[0] <= month && month < mark.span[1] : mark.time === time);
  const figures = data.marks.filter(isOf);
  const remarks = one.remarks.filter((remark) => Math.floor(remark.time) === month);
  const isProjected = isAhead && month > one.origin;
  const amount = index >= 0 ? data.median[index] : figures.length > 0 ? figures[0].amount : null;
  if (amount === null && remarks.length === 0) return null;
  const intervals = isProjected ? levels.map(({ level, index: at }) => ({ level, lo: data.lo[at][index - data.ahead], hi: data.hi[at][index - data.ahead] })) : [];
  const isReported = data.name === "twelve-months" && figures.length > 0;
  const value = index >= 0 && !isReported ? projected(amount, one.sign) : "";
  const what = isProjected ? "median" : "model’s estimate";
  const notes = [...figures, ...remarks].map(({ figure, sum }) => (sum ? { ...one.figures[figure], text: sum, note: undefined } : one.figures[figure]));
  return { one, colour, amount, isProjected, value, what, intervals, notes };
}

/** What a column says. */
function columnRow(one, column, colour, levels) {
  const intervals = column.projected ? levels.map(({ level, index }) => ({ level, lo: column.lo[index], hi: column.hi[index] })) : [];
  const value = column.projected ? projected(column.total, one.sign) : short(column.total, one.sign);
  const grown = column.growth === undefined ? [] : [{ text: `${change(column.growth)} on the year before` }];
  const part = column.projected && column.reported > 0 ? [{ text: `${short(column.reported, one.sign)} of it reported` }] : [];
  const target = column.target ? [one.figures[column.target.figure]] : [];
  const named = new Set(column.figures.map((figure) => one.figures[figure].source).filter(Boolean));
  const sources = [...named].map((source) => ({ source }));
  const notes = [...grown, ...part, ...target, ...sources];
  return { one, colour, amount: column.total, isProjected: column.projected, value, what: column.projected ? "median" : "reported", intervals, notes };
}

/** A place in the words that are shown, line by line. */
function lines(place) {
  return place.rows.map((row) => ({
    name: row.one.name,
    colour: row.colour,
    value: row.value,
    what: row.what,
    intervals: row.intervals.map(({ level, lo, hi }) => `${level}% interval: ${projected(lo, row.one.sign)} to ${projected(hi, row.one.sign)}`),
    notes: row.notes.map(({ text, source, note }) => [text, note, source && `Source: ${source}`].filter(Boolean).join(". ")),
  }));
}

/** Writes what is said of a place. */
function write(readout, place) {
  readout.replaceChildren();
  put(readout, "p", { class: "when" }, place.name);
  for (const row of lines(place)) {
    const block = put(readout, "div", { class: `row colour-${row.colour}` });
    const line = put(block, "p", {});
    if (place.rows.length > 1) put(line, "span", { class: "name" }, `${row.name} `);
    if (row.value) {
      put(line, "strong", {}, row.value);
      line.append(` ${row.what}`);
    }
    for (const text of row.intervals) put(block, "p", {}, text);
    for (const text of row.notes) put(block, "p", { class: "figure" }, text);
  }
}

/** The same for readers who hear it. */
function spoken(place) {
  const rows = lines(place).map((row) => {
    const value = row.value ? [`${row.value} ${row.what}`] : [];
    return [place.rows.length > 1 ? `${row.name}: ` : "", [...value, ...row.intervals, ...row.notes].join(". ")].join("");
  });
  return `${place.name}. ${rows.join(". ")}`;
}
