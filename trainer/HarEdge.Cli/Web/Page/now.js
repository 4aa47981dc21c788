// The last decision and whether it still holds, and the count of windows on which device and desktop agree.

import { byId, clock, count, element, letterOf, looksOf, nameOf, setText, spoken } from "./elements.js";

const said = byId("spoken");

// Of the last stretches of time, those of the same activity.
function secondsOf(spans, now) {
  let from = spans.length - 1;
  while (from >= 0 && spans[from].class === now.class && spans[from].why === undefined) {
    from--;
  }

  const first = spans[from + 1];
  return first ? { seconds: (spans.at(-1).to - first.from) / 1000, isAll: from < 0 && first.index > 0 } : { seconds: 0, isAll: false };
}

// What is shown: { isPast, ageSeconds } of the whole page.
export function showNow({ state, window }, spans, { isPast, ageSeconds }) {
  byId("now").classList.toggle("past", isPast);
  setText(byId("now-title"), isPast ? "Last activity" : "Activity now");
  if (!window) {
    return;
  }

  const name = nameOf(window.class, state);
  const held = secondsOf(spans, window);
  const isUnknown = window.class !== window.windowClass;
  byId("now-dot").className = `swatch large ${looksOf(window.class)}`;
  setText(byId("now-dot"), letterOf(window.class));
  setText(byId("now-name"), window.class < 0 ? name : spoken(window.name));
  setText(byId("now-since"), state.isEnded ? "the last of this log" : isPast ? `${clock(ageSeconds)} ago; no decision since` : `for ${held.isAll ? "more than " : ""}${clock(Math.max(held.seconds, 0))}`);
  byId("now-confidence").value = window.confidence;
  setText(byId("now-percent"), `${window.confidence} %`);
  setText(byId("now-window-label"), isUnknown ? "but this window looked like" : "this window looked like");
  setText(byId("now-window"), spoken(window.window));
  setText(byId("now-margin"), window.margin.toFixed(2));
  setText(byId("now-stage"), window.stage);
  byId("now-truth-row").hidden = window.truth === null;
  setText(byId("now-truth"), window.truth === null ? "" : window.truth < 0 ? "something in between" : nameOf(window.truth, state));
  setText(said, isPast ? "" : `Activity: ${name}`);
}

const beats = 48;
const heartbeat = byId("heartbeat");

// A tick a window: whether the device computed the very numbers that the desktop did.
export function showParity({ parity }, spans) {
  const last = spans.filter((span) => span.why === undefined).slice(-beats);
  const key = last.map((span) => `${span.index}${span.parity}`).join();
  if (heartbeat.dataset.shown !== key) {
    heartbeat.dataset.shown = key;
    heartbeat.replaceChildren(...last.map((span) => element("i", ["differs", "same"][span.parity] ?? "open", span.parity === 0 ? "✕" : "")));
  }

  const text = parity.windows === 0 ? "No window compared yet: that takes recording mode and a model this monitor knows."
    : parity.divergences === 0 ? `${count(parity.windows)} windows compared with the device bit for bit: all are equal.`
    : `${count(parity.divergences)} of ${count(parity.windows)} windows differ.`;
  setText(byId("parity-text"), text);
  setText(byId("parity-first"), parity.first ?? "");
  byId("parity").dataset.state = parity.windows === 0 ? "open" : parity.divergences === 0 ? "same" : "differs";
}
