// A chart as it is drawn: of one series or several, as columns or over time.

const NARROW = 560;
const LABEL = 13;

/** What is drawn of some series as `state` says, which the controls set. */
class Picture {
  constructor(plot, series, state) {
    Object.assign(this, { plot, series, state });
  }

  /** The series that are shown, each with what is drawn of it. */
  shown() {
    const { view, chosen } = this.state;
    const all = this.series.filter((_, index) => chosen.has(index));
    const data = (one) => (view === "columns" ? one.columns : one.fans.find((fan) => fan.name === view));
    return all.map((one) => ({ one, data: data(one), colour: this.colourOf(one) })).filter(({ data: found }) => found);
  }

  /** Colours tell up to four series apart; of more, each has that of its place among those chosen. */
  colourOf(one) {
    const own = new Set(this.series.map((other) => other.colour)).size === this.series.length;
    if (own) return one.colour;
    const place = [...this.state.chosen].sort((a, b) => a - b).indexOf(this.series.indexOf(one));
    return (place % 4) + 1;
  }

  /** The intervals that are drawn, the widest first. */
  levels(one) {
    const all = one.levels.map((level, index) => ({ level, index })).filter(({ level }) => this.state.levels.has(level));
    return all.sort((a, b) => b.level - a.level);
  }

  /** Draws it anew, as wide as its place; whether there is anything to draw. */
  render() {
    const width = Math.floor(this.plot.clientWidth);
    const shown = this.shown();
    this.plot.replaceChildren();
    this.size = null;
    if (width === 0 || shown.length === 0) return false;
    const narrow = width < NARROW;
    this.size = { width, height: narrow ? 340 : Math.min(500, Math.round(width * 0.55)), narrow };
    this.svg = draw(this.plot, "svg", {
      width,
      height: this.size.height,
      viewBox: `0 0 ${width} ${this.size.height}`,
      "aria-hidden": "true",
    });
    this.layOut(shown);
    this.axes(shown);
    const inside = draw(this.svg, "g", { "clip-path": `url(#${this.clip()})` });
    for (const each of shown) {
      if (this.state.view === "columns") this.drawColumns(inside, each);
      else this.drawFan(inside, each);
    }
    this.labels(shown);
    this.cursor = draw(this.svg, "g", { class: "cursor" });
    return true;
  }

  /** The plot's box and its axes. */
  layOut(shown) {
    const { view, log } = this.state;
    const { width, height, narrow } = this.size;
    const isColumns = view === "columns";
    const amounts = [];
    const ends = [];
    for (const { one, data } of shown) {
      const levels = this.levels(one).map(({ index }) => index);
      if (isColumns) {
        for (const column of data.columns) {
          amounts.push(column.total, ...(column.target ? [column.target.amount] : []));
          ends.push(...levels.flatMap((level) => (column.projected ? [column.lo[level], column.hi[level]] : [])));
        }
      } else {
        amounts.push(...data.median.filter((_, index) => data.times[index] >= data.from));
        amounts.push(...data.marks.filter((mark) => mark.span[1] > data.from).map((mark) => mark.amount));
        ends.push(...levels.flatMap((level) => [...data.lo[level], ...data.hi[level]]));
      }
    }
    const money = moneyAxis(amounts, ends, log && !isColumns, narrow ? 5 : 6);
    const sign = shown[0].one.sign;
    const ticks = money.ticks.map((tick) => short(tick, sign));
    const left = Math.max(...ticks.map((text) => widthOf(text, LABEL, 400))) + 12;
    const right = isColumns ? 10 : Math.max(...this.endLabels(shown).map((label) => widthOf(label.text, LABEL, 600))) + 14;
    const box = { left, top: isColumns ? 20 : 14, right: width - right, bottom: height - 30 };
    const from = isColumns ? Math.min(...shown.map(({ data }) => data.columns[0].span[0])) : Math.min(...shown.map(({ data }) => data.from));
    const to = isColumns
      ? Math.max(...shown.map(({ data }) => data.columns.at(-1).span[1]))
      : Math.max(...shown.map(({ data }) => data.times.at(-1)));
    const x = (time) => box.left + ((time - from) / (to - from)) * (box.right - box.left);
    const y = (amount) => box.bottom - money.at(amount) * (box.bottom - box.top);
    Object.assign(this, { box, money, x, y, from, to, ticks });
    this.cut = ends.some((end) => end > money.hi);
  }

  clip() {
    return `clip-${this.state.name}`;
  }

  axes(shown) {
    const { box, svg, x, y } = this;
    const corner = draw(draw(svg, "defs", {}), "clipPath", { id: this.clip() });
    draw(corner, "rect", { x: box.left, y: box.top - 8, width: box.right - box.left + 6, height: box.bottom - box.top + 9 });
    this.money.ticks.forEach((tick, index) => {
      draw(svg, "line", { class: tick === 0 ? "base" : "grid", x1: box.left, x2: box.right, y1: tenth(y(tick)), y2: tenth(y(tick)) });
      draw(svg, "text", { class: "tick", x: box.left - 8, y: tenth(y(tick)) + 4, "text-anchor": "end" }, this.ticks[index]);
    });
    const one = shown[0].one;
    const all = years(this.from, this.to, one);
    const room = widthOf(`${all.at(-1).name} `, LABEL, 400) + 6;
    const every = Math.max(1, Math.ceil(room / Math.max(1, x(12) - x(0))));
    for (const [index, { start, name }] of all.entries()) {
      if (start > this.from) draw(svg, "line", { class: "base", x1: tenth(x(start)), x2: tenth(x(start)), y1: box.bottom, y2: box.bottom + 5 });
      const middle = (Math.max(start, this.from) + Math.min(start + 12, this.to)) / 2;
      const wide = x(Math.min(start + 12, this.to)) - x(Math.max(start, this.from)) > room * 0.8;
      if ((wide || every > 1) && (all.length - 1 - index) % every === 0) {
        draw(svg, "text", { class: "tick", x: tenth(x(middle)), y: box.bottom + 20, "text-anchor": "middle" }, name);
      }
    }
    const origin = Math.max(...shown.map((each) => each.one.origin)) + 1;
    if (this.state.view !== "columns") {
      draw(svg, "line", { class: "origin", x1: tenth(x(origin)), x2: tenth(x(origin)), y1: box.top - 6, y2: box.bottom });
      draw(svg, "text", { class: "note", x: tenth(x(origin)) + 6, y: box.top + 4 }, "projected");
    }
    for (const remark of shown.flatMap((each) => each.one.remarks)) {
      if (remark.time > this.from && remark.time < this.to) drawMark(svg, "remark", x(remark.time), box.bottom - 5, 4, "");
    }
  }

  drawFan(parent, { one, data, colour }) {
    const { x, y } = this;
    const group = draw(parent, "g", { class: `colour-${colour}` });
    const ahead = data.times.slice(data.ahead);
    const levels = this.levels(one);
    for (const [place, { index }] of levels.entries()) {
      const upper = data.hi[index].map((amount, at) => [x(ahead[at]), y(amount)]);
      const lower = data.lo[index].map((amount, at) => [x(ahead[at]), y(amount)]);
      draw(group, "path", { class: `band band-${4 - levels.length + place}`, d: areaOf(upper, lower) });
    }
    const known = data.marks.filter((mark) => mark.shape !== "diamond");
    if (data.name === "twelve-months") {
      const line = known.flatMap((mark, at) => {
        const apart = at > 0 && mark.time - known[at - 1].time > 12;
        return apart ? [null, [x(mark.time), y(mark.amount)]] : [[x(mark.time), y(mark.amount)]];
      });
      draw(group, "path", { class: "history", d: pathOf(line) });
    } else {
      const fit = data.times.slice(0, data.ahead + 1).map((time, at) => [x(time), y(data.median[at])]);
      draw(group, "path", { class: "fit", d: pathOf(fit) });
    }
    const median = ahead.map((time, at) => [x(time), y(data.median[data.ahead + at])]);
    draw(group, "path", { class: "median", d: pathOf(median) });
    const size = known.length > 40 ? 2.6 : 4.6;
    for (const mark of data.marks) {
      if (mark.span[1] <= this.from) continue;
      if (mark.shape === "square") {
        const level = tenth(y(mark.amount));
        draw(group, "line", { class: "span", x1: tenth(x(mark.span[0])), x2: tenth(x(mark.span[1])), y1: level, y2: level });
      }
      drawMark(group, mark.shape, x(mark.time), y(mark.amount), size, mark.excluded ? "excluded" : "");
    }
  }

  drawColumns(parent, { one, data, colour }) {
    const { x, y, svg } = this;
    const hatch = `hatch-${this.state.name}`;
    const pattern = draw(svg.querySelector("defs"), "pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    draw(pattern, "rect", { class: `tint colour-${colour}`, width: 7, height: 7 });
    draw(pattern, "line", { class: `hatching colour-${colour}`, x1: 0, x2: 0, y1: 0, y2: 7 });
    const group = draw(parent, "g", { class: `colour-${colour}` });
    for (const column of data.columns) {
      const slot = x(column.span[1]) - x(column.span[0]);
      const box = { x: tenth(x(column.span[0]) + slot * 0.14), width: tenth(Math.max(slot * 0.72, 0.5)) };
      const between = (low, high) => ({ ...box, y: tenth(y(high)), height: tenth(Math.max(y(low) - y(high), 0)) });
      if (column.reported !== 0) draw(group, "rect", { class: "reported", ...between(0, column.reported) });
      if (!column.projected) continue;
      draw(group, "rect", { class: "ahead", fill: `url(#${hatch})`, ...between(column.reported, column.total) });
      const middle = tenth(x((column.span[0] + column.span[1]) / 2));
      const half = tenth(Math.min(slot * 0.14, 8));
      for (const [place, { index }] of this.levels(one).entries()) {
        const [lo, hi] = [tenth(y(column.lo[index])), tenth(y(column.hi[index]))];
        const ends = place === 0 ? `M${middle - half} ${lo}h${2 * half}M${middle - half} ${hi}h${2 * half}` : "";
        draw(group, "path", { class: `whisker whisker-${place}`, d: `M${middle} ${lo}V${hi}${ends}` });
      }
      if (column.target) drawMark(group, "diamond", middle, y(column.target.amount), 5, "");
    }
  }

  /** The texts at the right edge: medians, and of one series the ends of its intervals. */
  endLabels(shown) {
    if (shown.length > 1) {
      return shown.map(({ one, data, colour }) => {
        const name = this.size.narrow ? "" : `${one.name.length > 22 ? `${one.name.slice(0, 21)}…` : one.name} `;
        return { amount: data.median.at(-1), text: name + projected(data.median.at(-1), one.sign), classes: `end strong colour-${colour}` };
      });
    }
    const [{ one, data, colour }] = shown;
    const { narrow } = this.size;
    const levels = narrow ? this.levels(one).slice(0, 1) : this.levels(one);
    const label = (amount, words, classes) => {
      const text = projected(amount, one.sign);
      return { amount, text: narrow ? text : `${text} ${words}`, classes };
    };
    const ends = levels.flatMap(({ level, index }) => [data.hi, data.lo].map((end) => label(end[index].at(-1), `${level}%`, "end")));
    return [...ends, label(data.median.at(-1), "median", `end strong colour-${colour}`)];
  }

  labels(shown) {
    if (this.state.view === "columns") {
      this.columnLabels(shown);
      return;
    }
    const { box, y } = this;
    const placed = this.endLabels(shown).map((label) => ({ ...label, y: Math.max(y(label.amount), box.top), height: LABEL + 4 }));
    for (const label of spread(placed, box.top - 12, box.bottom)) {
      draw(this.svg, "text", { class: label.classes, x: box.right + 8, y: tenth(label.y) + 4 }, label.text);
    }
    if (shown.length === 1) this.markLabels(shown[0]);
  }

  /** What the last figure and the targets are, beside their marks, where there is room. */
  markLabels({ one, data }) {
    const inside = data.marks.filter((mark) => mark.time >= this.from && !mark.excluded);
    const last = inside.filter((mark) => mark.shape !== "diamond").at(-1);
    const targets = inside.filter((mark) => mark.shape === "diamond");
    const labels = [
      ...(last ? [this.beside(last, short(last.amount, one.sign), "left")] : []),
      ...targets.map((mark) => this.beside(mark, `${short(mark.amount, one.sign)} target`, "right")),
    ];
    const placed = [];
    for (const label of labels) {
      if (label.left < this.box.left || label.right > this.box.right || placed.some((other) => meet(label, other))) continue;
      placed.push(label);
      draw(this.svg, "text", { class: "end strong over", x: tenth(label.left), y: tenth(label.bottom) - 3 }, label.text);
    }
  }

  /** A label above a mark on its left, or below it on its right. */
  beside(mark, text, side) {
    const [x, y] = [this.x(mark.time), this.y(mark.amount)];
    const width = widthOf(text, 12, 650);
    const left = side === "left" ? x - 6 - width : x + 6;
    const bottom = side === "left" ? y - 5 : y + 22;
    return { text, left, right: left + width, top: bottom - 15, bottom };
  }

  /** The amount above each column, where there is room. */
  columnLabels([{ one, data }]) {
    const [widest] = this.levels(one);
    for (const column of data.columns) {
      const text = column.projected ? projected(column.total, one.sign) : short(column.total, one.sign);
      if (widthOf(text, 12, 600) > (this.x(column.span[1]) - this.x(column.span[0])) * 0.98) continue;
      const highest = column.projected && widest ? Math.max(column.hi[widest.index], column.total) : column.total;
      const place = { x: tenth(this.x((column.span[0] + column.span[1]) / 2)), y: tenth(Math.max(this.y(highest), this.box.top)) - 6 };
      draw(this.svg, "text", { class: "end strong over", ...place, "text-anchor": "middle" }, text);
    }
  }
}
