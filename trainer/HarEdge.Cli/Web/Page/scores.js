// What the model says about the last window, worked out here from the raw samples, and whether the device says the same.

import { byId, count, setText } from "./elements.js";
import { showBars } from "./bars.js";

const parity = byId("scores-parity");

export function showScores({ scores }) {
  byId("scores-table").hidden = scores === null;
  byId("scores-none").hidden = scores !== null;
  parity.hidden = scores === null || scores.windows === 0;
  if (scores === null) {
    return;
  }

  showBars(byId("scores"), scores.classes.map((one) => ({
    ...one,
    text: one.behindBest === null ? "–" : one.behindBest.toFixed(2).replace("-", "−"),
  })));
  setText(parity, `${count(scores.windows)} windows compared with the device bit for bit: `
    + (scores.divergences === 0 ? "all are equal." : `${count(scores.divergences)} differ.`));
}
