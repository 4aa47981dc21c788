// Alarms, what has happened, and the notes somebody has pinned to a moment. Each list is rebuilt only when it changes, so that a screen reader
// says an alarm once.

import { byId, clock, element, moment } from "./elements.js";

const place = byId("alarms");
const list = byId("events");
const shown = new Map();

function isNew(name, what) {
  const text = JSON.stringify(what);
  const changed = shown.get(name) !== text;
  shown.set(name, text);
  return changed;
}

export function showAlarms({ state, alarms }) {
  const all = state.trouble === null ? alarms : [{ what: state.trouble, remedy: "" }, ...alarms];
  if (isNew("alarms", all)) {
    place.replaceChildren(...all.map((alarm) => element("p", "alarm", element("strong", "", alarm.what), ` ${alarm.remedy}`)));
  }
}

export function showEvents({ events }) {
  byId("events-none").hidden = events.length > 0;
  if (isNew("events", events)) {
    list.replaceChildren(...events.map((happened) => element("li", "", element("time", "", clock(happened.second)), element("span", "", happened.what))));
  }
}

// Notes stay in this browser, under the session they belong to.
const keyOf = ({ source, beganMs }) => `haredge notes ${source} ${beganMs ?? "log"}`;
let notes = [];
let key = null;

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify(notes));
  } catch {
    // Storage is full or forbidden: the notes last as long as the page.
  }
}

export function notesOf(state) {
  if (key !== keyOf(state)) {
    key = keyOf(state);
    try {
      notes = JSON.parse(localStorage.getItem(key)) ?? [];
    } catch {
      notes = [];
    }
  }

  return notes;
}

export function showNotes(state, whenChanged) {
  if (!isNew("notes", notesOf(state))) {
    return;
  }

  byId("own-notes").replaceChildren(...notes.map((note) => {
    const remove = element("button", "plain", "remove");
    remove.type = "button";
    remove.setAttribute("aria-label", `Remove the note ${note.text}`);
    remove.addEventListener("click", () => {
      notes = notes.filter((one) => one !== note);
      keep();
      whenChanged();
    });
    return element("li", "", element("time", "", moment(note.ms, state)), element("span", "", note.text), remove);
  }));
}

export function addNote(text, ms) {
  notes = [...notes, { text, ms }].sort((a, b) => a.ms - b.ms);
  keep();
}
