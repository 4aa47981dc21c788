// How long each activity was decided.

import { byId, clock } from "./elements.js";
import { showBars } from "./bars.js";

const body = byId("activities");

export function showActivities({ activities }) {
  byId("activities-none").hidden = activities.length > 0;
  const total = activities.reduce((sum, activity) => sum + activity.seconds, 0);
  showBars(body, activities.map((activity) => ({ ...activity, text: clock(activity.seconds), percent: (100 * activity.seconds) / total })));
}
