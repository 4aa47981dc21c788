// The last decision. A change of activity is said aloud, a change of confidence is not.

import { byId, clock, colorOf, setText, spoken } from "./elements.js";

const said = byId("spoken");

// Three hops without a decision: what is shown is past.
const staleSeconds = 4;

export function showNow({ now, nowAgeSeconds, timeline, isEnded }) {
  if (now === null) {
    return;
  }

  const name = spoken(now.name);
  const since = timeline.findLastIndex((decision) => decision.class !== now.class);
  const seconds = now.second - (since < 0 ? timeline[0] : timeline[since]).second;
  const isPast = isEnded || nowAgeSeconds >= staleSeconds;
  byId("now").classList.toggle("past", isPast);
  setText(byId("now-title"), isPast ? "Last activity" : "Activity now");
  byId("now-dot").setAttribute("class", colorOf(now.class));
  setText(byId("now-name"), name);
  setText(byId("now-since"), isEnded ? "all is read" : isPast ? `${clock(nowAgeSeconds)} ago; no decision since` : since < 0 && timeline.length > 1 ? `for more than ${clock(seconds)}` : `for ${clock(Math.max(seconds, 0))}`);
  byId("now-confidence").value = now.confidence;
  setText(byId("now-percent"), `${now.confidence} %`);
  setText(byId("now-window"), spoken(now.window));
  setText(byId("now-margin"), now.margin.toFixed(2));
  setText(byId("now-stage"), String(now.stage));
  setText(said, isPast ? "" : `Activity: ${name}`);
}
