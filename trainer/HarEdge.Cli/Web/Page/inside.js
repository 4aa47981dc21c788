// Looks into a window, the one chosen on the timeline or the last: its scores, its posture, its samples, and why its best class was ahead.

import { byId, element, moment, nameOf, setText, spoken, svg } from "./elements.js";
import { showScores } from "./bars.js";
import { plot, smallestDps, smallestG } from "./signals.js";

const reasonsShown = 6;

// Less than so much of gravity in a plane tells no angle in it, g.
const leastInPlane = 0.4;
const reasons = byId("reasons");
let shown = null;
let inside = null;
let asked = null;

function showReasons(sections) {
  const known = inside?.reasons ?? [];
  byId("why-none").hidden = known.length > 0;
  byId("why-known").hidden = known.length === 0;
  if (known.length === 0) {
    return;
  }

  const best = nameOf(inside.window.windowClass, sections.state);
  const second = spoken(inside.second);
  const all = [...known.slice(0, reasonsShown), { words: "said of any window", amount: inside.always, features: [] }];
  const largest = Math.max(...all.map((one) => Math.abs(one.amount)));
  setText(byId("why-title"), `What put ${best} above ${second}`);
  reasons.replaceChildren(...all.map(({ words, amount, features }) => {
    const share = (50 * Math.abs(amount)) / largest;
    const bar = svg("svg", { class: "push", viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" },
      svg("rect", { class: amount < 0 ? "against" : "for", x: amount < 0 ? 50 - share : 50, width: Math.max(share, 0.4), height: 1 }),
      svg("line", { class: "grid-line", x1: 50, x2: 50, y1: 0, y2: 1 }));
    const number = element("td", "number", `${amount < 0 ? "−" : "+"}${Math.abs(amount).toFixed(2)}`);
    const name = element("th", "", words);
    name.scope = "row";
    if (features.length > 0) {
      const list = features.slice(0, 8).map((one) => element("li", "", `${one.name} = ${one.value} ${one.unit} (${one.amount < 0 ? "−" : "+"}${Math.abs(one.amount).toFixed(2)})`));
      name.replaceChildren(element("details", "", element("summary", "", words), element("ul", "features", ...list)));
    }

    return element("tr", "", name, number, element("td", "push", bar));
  }));
}

// The band seen along one axis: how it is turned from where it was on a standing wearer. Null: gravity points at the one who looks.
function view(title, turn) {
  if (turn === null) {
    return element("figure", "", svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" }, svg("circle", { class: "gravity", cx: 50, cy: 50, r: 9 }), svg("circle", { class: "gravity", cx: 50, cy: 50, r: 1.5 })),
      element("figcaption", "", `${title}: along gravity`));
  }

  const band = svg("g", { transform: `rotate(${turn.toFixed(1)} 50 50)` },
    svg("rect", { class: "band", x: 30, y: 22, width: 40, height: 56, rx: 9 }),
    svg("path", { class: "band-mark", d: "M42 36 L50 27 L58 36" }));
  const upright = svg("rect", { class: "upright", x: 30, y: 22, width: 40, height: 56, rx: 9 });
  const gravity = svg("path", { class: "gravity", d: "M50 40 V92 M43 83 L50 93 L57 83" });
  const picture = svg("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" }, upright, band, gravity);
  return element("figure", "", picture, element("figcaption", "", `${title}: ${Math.abs(turn).toFixed(0)}°`));
}

function showPosture(window) {
  const posture = window?.posture ?? null;
  const isKnown = posture !== null && posture.upright !== null;
  byId("posture").hidden = !isKnown;
  byId("posture-none").hidden = isKnown;
  if (!isKnown) {
    return;
  }

  const g = [posture.x, posture.y, posture.z];
  const up = [0, 1, 2].reduce((a, b) => (Math.abs(posture.upright[b]) > Math.abs(posture.upright[a]) ? b : a));
  const sign = Math.sign(posture.upright[up]);
  const turn = (axis) => {
    if (Math.hypot(g[axis], g[up]) < leastInPlane) {
      return null;
    }

    const angle = (v) => Math.atan2(v[axis], sign * v[up]);
    const degrees = ((angle(g) - angle(posture.upright)) * 180) / Math.PI;
    return ((degrees + 540) % 360) - 180;
  };
  const [first, second] = [0, 1, 2].filter((axis) => axis !== up);
  const names = ["x", "y", "z"];
  setText(byId("posture-text"), `${posture.fromUpright.toFixed(0)}° from where it points on a wearer who stands, as the model was taught.`);
  byId("posture-views").replaceChildren(view(`along ${names[second]}`, turn(first)), view(`along ${names[first]}`, turn(second)));
}

function showSamples() {
  const isKnown = inside?.accel != null;
  byId("inside-signals").hidden = !isKnown;
  if (isKnown) {
    plot(byId("inside-accel"), inside.accel, smallestG);
    plot(byId("inside-gyro"), inside.gyro, smallestDps);
  }
}

async function ask(index, sections) {
  asked = index;
  try {
    const answer = await fetch(`windows/${index}`);
    const found = answer.ok ? await answer.json() : null;
    if (asked === index) {
      inside = found;
      show(sections);
    }
  } catch {
    // The monitor has ended; the page says so.
  }
}

function show(sections) {
  const window = inside?.window ?? (shown?.isLast ? sections.window : null);
  setText(byId("inside-title"), window === null ? "Inside the last window"
    : `Inside the ${shown.isLast ? "last window" : `window of ${moment(shown.to, sections.state)}`}: ${nameOf(window.windowClass, sections.state)}, ${window.confidence} %`);
  showScores(window, sections);
  showPosture(window);
  showReasons(sections);
  showSamples();
}

// The window to look into: a stretch of the timeline that was chosen, or null for the last.
export function showInside(sections, selected) {
  const index = selected?.index ?? sections.window?.index ?? null;
  const isLast = selected === null;
  if (index === shown?.index && isLast === shown?.isLast) {
    return;
  }

  shown = { index, isLast, to: selected?.to };
  if (index === null) {
    inside = null;
    show(sections);
  } else if (!document.hidden) {
    // The old one stands until the new one is there, whole.
    ask(index, sections);
  } else {
    shown = null;
  }
}

export const redrawInside = showSamples;
new ResizeObserver(showSamples).observe(byId("inside-signals"));
