// The last decisions as bars, colored by activity, and the confidence as a line. A cursor goes along with the mouse or the arrow keys.

import { byId, clock, colorOf, element, setText, spoken, svg, swatch } from "./elements.js";

const fewest = 60;
const most = 240;
const height = 100;
const plot = byId("timeline");
const bars = byId("timeline-bars");
const levels = byId("timeline-levels");
const readout = byId("timeline-readout");
const hint = readout.textContent;
let timeline = [];
let newest = -1;

// Places for decisions: the scale doubles when they are full.
let slots = fewest;

// How many decisions before the newest the cursor stands; null for no cursor.
let back = null;

// The newest decision is at the right end.
const left = (index) => slots - timeline.length + index;
const level = (confidence) => (height - 4) * (1 - confidence / 100) + 2;

function runs() {
  const found = [];
  timeline.forEach((decision, index) => {
    const last = found.at(-1);
    if (last && last.class === decision.class) {
      last.length++;
    } else {
      found.push({ class: decision.class, start: index, length: 1 });
    }
  });
  return found;
}

function cursor() {
  return back === null || timeline.length === 0 ? [] : [svg("rect", { class: "cursor", x: left(timeline.length - 1 - back), width: 1, y: 0, height })];
}

function draw() {
  const strip = runs().map((run) => svg("rect", { class: colorOf(run.class), x: left(run.start), width: run.length, y: 0, height }));
  const grid = [0, 50, 100].map((percent) => svg("line", { class: "grid-line", x1: 0, x2: slots, y1: level(percent), y2: level(percent) }));
  const points = timeline.map((decision, index) => `${left(index)},${level(decision.confidence)} ${left(index) + 1},${level(decision.confidence)}`);
  const line = svg("polyline", { class: "confidence-line", points: points.join(" ") });
  for (const [picture, shapes] of [[bars, strip], [levels, [...grid, line]]]) {
    picture.setAttribute("viewBox", `0 0 ${slots} ${height}`);
    picture.replaceChildren(...shapes, ...cursor());
  }
}

function tell() {
  const last = timeline.length - 1;
  plot.setAttribute("aria-valuemax", String(Math.max(last, 0)));
  if (last < 0) {
    return;
  }

  const decision = timeline[last - (back ?? 0)];
  const ago = Math.max(timeline[last].second - decision.second, 0);
  const text = `${ago === 0 ? "now" : `${clock(ago)} ago`}: ${spoken(decision.name)}, ${decision.confidence} % `
    + `(window alone: ${spoken(decision.window)})`;
  plot.setAttribute("aria-valuenow", String(last - (back ?? 0)));
  plot.setAttribute("aria-valuetext", text);
  setText(readout, back === null ? hint : text);
}

function moveTo(value) {
  back = value === null || timeline.length === 0 ? null : Math.min(Math.max(value, 0), timeline.length - 1);
  draw();
  tell();
}

function showLegend(picture) {
  const classes = new Map(picture.activities.map((activity) => [activity.class, activity.name]));
  byId("legend").replaceChildren(...[...classes].sort((a, b) => a[0] - b[0]).map(([number, name]) =>
    element("li", "", swatch(number), spoken(name))));
}

export function showTimeline(picture) {
  const now = picture.timeline.at(-1)?.second ?? -1;
  if (now === newest && picture.timeline.length === timeline.length) {
    return;
  }

  newest = now;
  timeline = picture.timeline;
  const hop = (picture.device?.hopSamples ?? 64) / (picture.device?.rateHz ?? 50);
  while (slots < timeline.length && slots < most) {
    slots *= 2;
  }

  setText(byId("timeline-oldest"), `${clock(slots * hop)} ago`);
  showLegend(picture);
  moveTo(back);
}

const steps = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1, PageUp: -10, PageDown: 10, Home: most, End: -most };
plot.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    moveTo(null);
  } else if (event.key in steps) {
    moveTo((back ?? 0) + steps[event.key]);
    event.preventDefault();
  }
});
plot.addEventListener("pointermove", (event) => {
  const box = bars.getBoundingClientRect();
  moveTo(slots - 1 - Math.floor(((event.clientX - box.left) / box.width) * slots));
});
plot.addEventListener("pointerleave", () => moveTo(null));
plot.addEventListener("blur", () => moveTo(null));
