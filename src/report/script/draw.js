// Marks, lines and texts of a chart, as elements of SVG.

const SVG = "http://www.w3.org/2000/svg";

/** An element of SVG in `parent`. */
function draw(parent, name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

/** An element of HTML in `parent`. */
function put(parent, name, attributes, text) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

const measuring = document.createElement("canvas").getContext("2d");

/** The width of a text in CSS pixels. */
function widthOf(text, size, weight) {
  measuring.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return measuring.measureText(text).width;
}

const tenth = (value) => Math.round(value * 10) / 10;

/** The path through points; where one is missing it begins anew. */
function pathOf(points) {
  let begun = false;
  let path = "";
  for (const point of points) {
    if (point === null) {
      begun = false;
      continue;
    }
    path += `${begun ? "L" : "M"}${tenth(point[0])} ${tenth(point[1])}`;
    begun = true;
  }
  return path;
}

/** The area between two lines of points. */
function areaOf(upper, lower) {
  return `${pathOf([...upper, ...lower.toReversed()])}Z`;
}

/** The corners of the marks that have some. */
const CORNERS = {
  square: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  diamond: [[0, -1.35], [1.35, 0], [0, 1.35], [-1.35, 0]],
  remark: [[0, -1], [1.1, 0.9], [-1.1, 0.9]],
};

/** A mark of its shape around a point. */
function drawMark(parent, shape, x, y, size, classes) {
  const at = { class: `mark ${shape} ${classes}` };
  if (shape === "ring" || shape === "dot") {
    return draw(parent, "circle", { ...at, cx: tenth(x), cy: tenth(y), r: shape === "ring" ? size : size * 0.75 });
  }
  const points = CORNERS[shape].map(([dx, dy]) => `${tenth(x + dx * size)},${tenth(y + dy * size)}`).join(" ");
  return draw(parent, "polygon", { ...at, points });
}

/** Moves labels apart that would stand on each other, within `top` and `bottom`; each has `y` and `height`. */
function spread(labels, top, bottom) {
  labels.sort((a, b) => a.y - b.y);
  let edge = top;
  for (const label of labels) {
    label.y = Math.max(label.y, edge + label.height / 2);
    edge = label.y + label.height / 2;
  }
  edge = bottom;
  for (const label of labels.toReversed()) {
    label.y = Math.min(label.y, edge - label.height / 2);
    edge = label.y - label.height / 2;
  }
  return labels;
}

/** Whether two boxes cover some of the same place. */
function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
