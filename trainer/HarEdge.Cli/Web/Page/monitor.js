// Receives pictures and shows them. Each picture is complete, so a missed one is no loss.

import { showAlarms } from "./alarms.js";
import { showActivities } from "./activities.js";
import { byId, setText } from "./elements.js";
import { showDevice, showHeader } from "./device.js";
import { showScores } from "./scores.js";
import { showEvents } from "./events.js";
import { showLink } from "./link.js";
import { showNow } from "./now.js";
import { redrawSignals, showSignals } from "./signals.js";
import { showTimeline } from "./timeline.js";

const state = byId("state");
const pause = byId("pause");
let picture = null;
let isPaused = false;
let isConnected = false;

function showState() {
  const [name, text] = !isConnected ? ["trouble", "monitor has ended"]
    : isPaused ? ["paused", "paused"]
    : picture === null ? ["waiting", "connecting"]
    : picture.isEnded ? ["waiting", "all is read"]
    : picture.trouble !== null ? ["trouble", "no data"]
    : picture.now === null ? ["waiting", "waiting"]
    : ["live", "live"];
  state.dataset.state = name;
  setText(state, text);
}

function show() {
  showState();
  if (picture === null || isPaused) {
    return;
  }

  showHeader(picture);
  showAlarms(picture);
  showNow(picture);
  showTimeline(picture);
  showActivities(picture);
  showSignals(picture);
  showScores(picture);
  showDevice(picture);
  showLink(picture);
  showEvents(picture);
}

const pictures = new EventSource("pictures");
pictures.onopen = () => {
  isConnected = true;
  showState();
};
pictures.onerror = () => {
  isConnected = false;
  showState();
};
pictures.onmessage = (message) => {
  picture = JSON.parse(message.data);
  requestAnimationFrame(show);
};

pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  setText(pause, isPaused ? "Go on" : "Pause");
  show();
});

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawSignals);
