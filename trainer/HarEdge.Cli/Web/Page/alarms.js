// What is wrong and what to do. Rebuilt only when it changes, so that a screen reader says each alarm once.

import { byId, element } from "./elements.js";

const place = byId("alarms");
let shown = "[]";

export function showAlarms(picture) {
  const alarms = picture.trouble === null ? picture.alarms : [{ what: picture.trouble, remedy: "" }, ...picture.alarms];
  const now = JSON.stringify(alarms);
  if (now === shown) {
    return;
  }

  shown = now;
  place.replaceChildren(...alarms.map((alarm) => element("p", "alarm", element("strong", "", alarm.what), ` ${alarm.remedy}`)));
}
