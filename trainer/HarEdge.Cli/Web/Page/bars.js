// Tables of classes with a bar each: how long each activity was decided, and the scores of the window shown.

import { byId, clock, element, looksOf, setText, spoken, svg, swatch } from "./elements.js";

function addRow(body) {
  const name = element("th", "", "");
  name.scope = "row";
  const share = svg("svg", { class: "share", viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { height: 1 }));
  const bar = element("td", "bar", share);
  bar.colSpan = 3;
  body.append(element("tr", "", name, element("td", "number"), element("td", "number")), element("tr", "", bar));
}

// Rows: { name, class, text, percent }.
function showBars(body, rows) {
  while (body.children.length > 2 * rows.length) {
    body.lastElementChild.remove();
  }

  rows.forEach((row, index) => {
    if (body.children.length === 2 * index) {
      addRow(body);
    }

    const [name, text, percent] = body.children[2 * index].children;
    const key = `${row.class} ${row.name}`;
    if (name.dataset.shown !== key) {
      name.dataset.shown = key;
      name.replaceChildren(swatch(row.class), spoken(row.name));
    }

    setText(text, row.text);
    setText(percent, `${row.percent.toFixed(0)} %`);
    const bar = body.children[2 * index + 1].querySelector("rect");
    bar.setAttribute("class", looksOf(row.class));
    bar.setAttribute("width", row.percent.toFixed(2));
  });
}

export function showActivities({ activities }) {
  byId("activities-none").hidden = activities.length > 0;
  const total = activities.reduce((sum, activity) => sum + activity.seconds, 0);
  showBars(byId("activities"), activities.map((activity) => ({ ...activity, text: clock(activity.seconds), percent: (100 * activity.seconds) / total })));
}

// Scores of a window, or why there are none: the window is the one whose name and confidence stand beside them.
export function showScores(window, { state, parity }) {
  const scores = window?.scores ?? null;
  byId("scores-table").hidden = scores === null;
  byId("scores-none").hidden = scores !== null;
  if (scores === null) {
    setText(byId("scores-none"), !state.isRecording && !window?.scores ? "Worked out from the raw signals in recording mode: hold the board's BOOT button for two seconds."
      : parity.model ? "The samples of this window did not all come, so its scores are not known."
      : "Not known: the device carries a model this monitor does not have, or has not said which.");
    return;
  }

  showBars(byId("scores"), scores.map((one) => ({
    ...one,
    text: one.behindBest === null ? "–" : one.behindBest.toFixed(2).replace("-", "−"),
  })));
}
