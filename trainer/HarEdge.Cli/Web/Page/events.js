// What has happened, newest first.

import { byId, clock, element } from "./elements.js";

const list = byId("events");
let shown = "";

export function showEvents({ events }) {
  byId("events-none").hidden = events.length > 0;
  const now = JSON.stringify(events);
  if (now === shown) {
    return;
  }

  shown = now;
  list.replaceChildren(...events.map((happened) => element("li", "", element("time", "", clock(happened.second)), element("span", "", happened.what))));
}
