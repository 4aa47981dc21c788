// How long each activity was decided.

import { byId, clock, colorOf, element, setText, spoken, svg, swatch } from "./elements.js";

const body = byId("activities");

function rows() {
  const name = element("th", "", "");
  name.scope = "row";
  const bar = element("td", "bar", svg("svg", { class: "share", viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { height: 1 })));
  bar.colSpan = 3;
  body.append(element("tr", "", name, element("td", "number"), element("td", "number")), element("tr", "", bar));
}

export function showActivities({ activities }) {
  byId("activities-none").hidden = activities.length > 0;
  while (body.children.length > 2 * activities.length) {
    body.lastElementChild.remove();
  }

  const total = activities.reduce((sum, activity) => sum + activity.seconds, 0);
  activities.forEach((activity, index) => {
    if (body.children.length === 2 * index) {
      rows();
    }

    const share = (100 * activity.seconds) / total;
    const [name, time, percent] = body.children[2 * index].children;
    const label = spoken(activity.name);
    if (name.textContent !== label) {
      name.replaceChildren(swatch(activity.class), label);
    }

    setText(time, clock(activity.seconds));
    setText(percent, `${share.toFixed(0)} %`);
    const bar = body.children[2 * index + 1].querySelector("rect");
    bar.setAttribute("class", colorOf(activity.class));
    bar.setAttribute("width", share.toFixed(2));
  });
}
