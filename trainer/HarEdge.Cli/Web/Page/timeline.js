// The timeline: follows the session, or stays where it was put; a cursor goes along with finger, mouse or keys; a window can be chosen.

import { byId, clock, element, moment, nameOf, sentenceOf, setText, swatch } from "./elements.js";
import { drawTimeline, firstAfter, forgetLook } from "./timeline-canvas.js";

const canvas = byId("timeline-canvas");
const plot = byId("timeline");
const readout = byId("timeline-readout");
const scrub = byId("scrub");
const hint = readout.textContent;
const lengths = [30, 60, 120, 180, 300, 600, 1800, 3600, 7200, 14400].map((seconds) => 1000 * seconds);

let session = { spans: [], state: null, nowMs: 0, isDead: false, notes: [] };
let length = null;
let start = null;
let cursor = null;
let selected = null;
let onSelect = () => {};

const endOf = () => Math.max(session.nowMs, session.spans.at(-1)?.to ?? 0);
const beginOf = () => session.spans[0]?.from ?? 0;

// Until somebody chooses, the scale grows with the session up to five minutes; a log that is read is shown whole.
function view() {
  const all = Math.max(endOf() - beginOf(), 1000);
  const long = length ?? (session.state?.isEnded ? all : lengths.slice(0, 5).find((one) => one >= all) ?? lengths[4]);
  return { start: start ?? Math.max(endOf() - long, beginOf() - Math.max(long - all, 0)), length: long };
}

// What is after the last window, once it is longer than windows take to come.
function openHole() {
  const { state, spans, nowMs, isDead } = session;
  const from = spans.at(-1)?.to;
  if (from === undefined || state === null || (state.isEnded && !isDead) || nowMs - from < 2500 * state.hopSeconds) {
    return null;
  }

  return { from, to: nowMs, why: isDead ? "the monitor has ended" : state.why ?? "no decision yet" };
}

const spoken = (span) =>
  `${moment(span.from, session.state)}: ${span.why !== undefined ? `${span.why}, for ${clock((span.to - span.from) / 1000)}`
    : `${sentenceOf(span.class, span.window, span.confidence, session.state)}${span.truth === -2 ? "" : `; in truth ${span.truth < 0 ? "something in between" : nameOf(span.truth, session.state)}`}`
      + (span.parity === 0 ? "; device and desktop differ" : "")}`;

let isDue = false;
function redraw() {
  if (isDue || session.state === null) {
    return;
  }

  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    const { spans, state, notes } = session;
    drawTimeline(canvas, {
      spans, view: view(), state, open: openHole(), hasTruth: spans.some((span) => span.truth >= -1), selected, cursor, notes,
    });
  });
}

function tell() {
  const { spans } = session;
  const at = cursor ?? spans.at(-1);
  plot.setAttribute("aria-valuemax", String(Math.max(spans.length - 1, 0)));
  if (at) {
    plot.setAttribute("aria-valuenow", String(spans.indexOf(at)));
    plot.setAttribute("aria-valuetext", spoken(at));
  }

  setText(readout, cursor ? spoken(cursor) : selected ? `chosen: ${spoken(selected)}` : hint);
  byId("timeline-now").hidden = start === null && length === null && selected === null;
}

function showScrub() {
  const { start: from, length: long } = view();
  scrub.min = String(Math.floor(beginOf() / 1000));
  scrub.max = String(Math.max(Math.ceil((endOf() - long) / 1000), Number(scrub.min)));
  scrub.value = String(from / 1000);
  scrub.setAttribute("aria-valuetext", `from ${moment(from, session.state)}`);
  scrub.disabled = endOf() - beginOf() <= long;
}

function moveTo(index) {
  cursor = index === null || session.spans.length === 0 ? null : session.spans[Math.min(Math.max(index, 0), session.spans.length - 1)];
  const { start: from, length: long } = view();
  if (cursor && (cursor.from < from || cursor.to > from + long)) {
    start = cursor.from - long / 2;
    showScrub();
  }

  tell();
  redraw();
}

export function select(span) {
  selected = span && span.why === undefined ? span : null;
  onSelect(selected);
  tell();
  redraw();
}

function zoom(factor) {
  const { start: from, length: long } = view();
  const next = factor > 1 ? lengths.find((one) => one > long) ?? lengths.at(-1) : lengths.findLast((one) => one < long) ?? lengths[0];
  const middle = cursor ? (cursor.from + cursor.to) / 2 : selected ? (selected.from + selected.to) / 2 : from + long / 2;
  const isAtEnd = start === null && !cursor && !selected;
  length = next;
  start = isAtEnd ? null : middle - next / 2;
  showScrub();
  tell();
  redraw();
}

function follow() {
  start = length = cursor = null;
  select(null);
  showScrub();
}

function showLegend(classes, hasUnknown) {
  const key = JSON.stringify([classes, hasUnknown]);
  const legend = byId("legend");
  if (legend.dataset.shown !== key) {
    legend.dataset.shown = key;
    const numbers = [...classes.keys(), ...(hasUnknown ? [-1] : [])];
    legend.replaceChildren(...numbers.map((number) => element("li", "", swatch(number), nameOf(number, { classes }))));
  }
}

export function showTimeline(now) {
  session = now;
  showLegend(now.state.classes, now.spans.some((span) => span.class === -1));
  const hasTruth = now.spans.some((span) => span.truth >= -1);
  const lanes = [...(hasTruth ? ["truth"] : []), "window", "decision", "confidence", "device = desktop"];
  if (byId("lanes").children.length !== lanes.length) {
    byId("lanes").replaceChildren(...lanes.map((name) => element("li", "", name)));
  }

  const axis = { wall: "clock time of this computer", log: "time since the log began", device: "the device's own time" };
  setText(byId("timeline-axis"), axis[now.state.clock]);
  showScrub();
  tell();
  redraw();
}

export const currentView = () => ({ ...view(), canvas });

export function startTimeline(whenSelected) {
  onSelect = whenSelected;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    const { start: from, length: long } = view();
    const ms = from + ((event.clientX - box.left) / box.width) * long;
    const index = firstAfter(session.spans, ms);
    return index < session.spans.length && session.spans[index].from <= ms ? index : null;
  };
  plot.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 10, PageDown: -10, Home: -Infinity, End: Infinity };
    if (event.key === "Escape") {
      follow();
    } else if (event.key === "Enter" || event.key === " ") {
      select(cursor ?? session.spans.at(-1));
      event.preventDefault();
    } else if (event.key === "+" || event.key === "-") {
      zoom(event.key === "+" ? 0.5 : 2);
    } else if (event.key in steps) {
      moveTo((cursor ? session.spans.indexOf(cursor) : session.spans.length - 1) + steps[event.key]);
      event.preventDefault();
    }
  });

  // A finger does what the mouse does; lifting it leaves the cursor where it was.
  plot.addEventListener("pointermove", (event) => moveTo(at(event)));
  plot.addEventListener("pointerdown", (event) => moveTo(at(event)));
  plot.addEventListener("click", (event) => {
    const index = at(event);
    select(index === null ? null : session.spans[index]);
  });
  plot.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && moveTo(null));
  plot.addEventListener("blur", () => moveTo(null));
  scrub.addEventListener("input", () => {
    const { length: long } = view();
    start = 1000 * Number(scrub.value);
    length = long;
    tell();
    redraw();
  });
  byId("zoom-in").addEventListener("click", () => zoom(0.5));
  byId("zoom-out").addEventListener("click", () => zoom(2));
  byId("timeline-now").addEventListener("click", follow);
  new ResizeObserver(redraw).observe(plot);
}

export function redrawTimeline() {
  forgetLook();
  redraw();
}
