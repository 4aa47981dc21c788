// Receives what is new, keeps the session, and says at any moment whether what is shown still holds.

import { showActivities } from "./bars.js";
import { connect } from "./connection.js";
import { byId, clock, element, nameOf, setText } from "./elements.js";
import { showDevice, showHeader, showLink } from "./device.js";
import { addNote, notesOf, showAlarms, showEvents, showNotes } from "./events.js";
import { saveCsv, savePng } from "./export.js";
import { apply, emptySession, mostSpans } from "./follow.js";
import { redrawInside, showInside } from "./inside.js";
import { showNow, showParity } from "./now.js";
import { redrawSignals, showSignals } from "./signals.js";
import { currentView, redrawTimeline, select, showTimeline, startTimeline } from "./timeline.js";

// Three hops without a decision, at least these: what is shown is past.
const staleSeconds = 4;

// The monitor says something four times a second as long as it reads.
const silentSeconds = 5;
const state = byId("state");
const pause = byId("pause");
const kept = emptySession();
const spans = [];
let selected = null;
let isPaused = false;
let isConnected = null;
let heardMs = 0;

const sinceHeard = () => (performance.now() - heardMs) / 1000;
const decoded = (span) => (span.length === 4
  ? { index: span[0], from: span[1], to: span[2], why: span[3] }
  : { index: span[0], from: span[1], to: span[2], class: span[3], window: span[4], confidence: span[5], parity: span[6], truth: span[7], sample: span[8] });

// What holds of the page as a whole: { name of the pill's look, its text, isPast, isDead, ageSeconds }.
function standing() {
  const now = kept.sections.state;
  const ageSeconds = now ? now.lateSeconds + sinceHeard() : 0;
  const isSilent = isConnected && now && !now.isEnded && sinceHeard() > silentSeconds;
  if (isConnected === false || isSilent) {
    return { look: "trouble", text: isSilent ? "no word from the monitor" : "monitor has ended", isPast: true, isDead: true, ageSeconds };
  }

  if (!now) {
    return { look: "waiting", text: "connecting", isPast: false, isDead: false, ageSeconds };
  }

  const isLate = !now.isEnded && kept.sections.window !== null && ageSeconds >= Math.max(staleSeconds, 3 * now.hopSeconds);
  const alarm = kept.sections.alarms[0]?.what.split(/[:.,] |\.$/)[0].toLowerCase();
  const [look, text] = isPaused ? ["paused", "paused"]
    : now.isEnded ? ["waiting", "all is read"]
    : now.trouble !== null ? ["trouble", "no data"]
    : alarm ? ["trouble", alarm]
    : kept.sections.window === null ? ["waiting", "waiting"]
    : isLate ? ["waiting", `no decision for ${clock(ageSeconds)}`]
    : ["live", "live"];
  return { look, text, isPast: now.isEnded || isLate, isDead: false, ageSeconds };
}

function showStanding(now) {
  state.dataset.state = now.look;
  setText(state, now.text);
  document.body.classList.toggle("dead", now.isDead);
  byId("dead").hidden = !now.isDead;
  if (now.isDead) {
    setText(byId("dead-age"), kept.sections.state ? `Everything below is ${clock(sinceHeard())} old.` : "");
  }

  const { window, state: session } = kept.sections;
  const activity = window ? nameOf(window.class, session) : "waiting";
  document.title = now.isDead || now.look === "trouble" ? `⚠ ${now.text} – HarEdge`
    : now.isPast ? `${now.text} – HarEdge` : `${activity} – HarEdge`;
}

const timelineOf = (now) => ({
  spans,
  state: kept.sections.state,
  nowMs: 1000 * kept.sections.state.nowSeconds + (kept.sections.state.isEnded ? 0 : 1000 * sinceHeard()),
  isDead: now.isDead,
  notes: notesOf(kept.sections.state),
});

function show() {
  const now = standing();
  showStanding(now);
  if (!kept.sections.state || isPaused) {
    return;
  }

  const { sections } = kept;
  showHeader(sections);
  showAlarms(sections);
  showNow(sections, spans, now);
  showParity(sections, spans);
  showTimeline(timelineOf(now));
  showActivities(sections);
  showSignals(sections, kept.samples, now.isPast);
  showInside(sections, selected);
  showDevice(sections);
  showLink(sections);
  showEvents(sections);
  showNotes(sections.state, show);
  showPlay(sections.play);
}

function showPlay(play) {
  byId("play").hidden = play === null;
  if (play === null) {
    return;
  }

  setText(byId("play-wearer"), play.wearer);
  const buttons = byId("play-actions");
  play.actions.forEach((action, index) => {
    let item = buttons.children[index];
    if (!item) {
      const button = element("button", "", action.text);
      button.type = "button";
      button.dataset.action = action.name;
      button.addEventListener("click", () => fetch(`actions/${action.name}`, { method: "POST" }));
      item = buttons.appendChild(element("li", "", button, element("span", "quiet")));
    }

    item.firstChild.setAttribute("aria-pressed", String(action.isOn));
    setText(item.lastChild, action.says);
  });
}

// While it is paused the page keeps what comes, and shows it afterwards.
function take(news) {
  if (news.isFirst) {
    spans.length = 0;
    select(null);
  }

  heardMs = performance.now();
  spans.push(...(news.add.spans ?? []).map(decoded));
  spans.splice(0, spans.length - mostSpans);
  apply(kept, news);
  requestAnimationFrame(show);
}

startTimeline((span) => {
  selected = span;
  if (kept.sections.state) {
    showInside(kept.sections, selected);
  }
});
const isShared = connect(take, (now) => {
  isConnected = now;
  show();
});

// Time passes without news, too.
setInterval(show, 1000);
setTimeout(() => {
  byId("crowded").hidden = isShared || isConnected !== null;
}, 8000);

pause.addEventListener("click", () => {
  isPaused = !isPaused;
  pause.setAttribute("aria-pressed", String(isPaused));
  setText(pause, isPaused ? "Go on" : "Pause");
  show();
});
byId("save-csv").addEventListener("click", () => saveCsv(timelineOf(standing())));
byId("save-png").addEventListener("click", () => savePng(currentView().canvas, kept.sections));
byId("note").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("note-text").value.trim();
  if (text && kept.sections.state) {
    addNote(text, selected ? selected.to : timelineOf(standing()).nowMs);
    byId("note-text").value = "";
    show();
  }
});

function redraw() {
  redrawTimeline();
  redrawSignals();
  redrawInside();
}

for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"]) {
  matchMedia(query).addEventListener("change", redraw);
}

document.addEventListener("visibilitychange", show);
addEventListener("beforeprint", () => setText(byId("printed"), `Printed ${new Date().toLocaleString("en-GB")}.`));
