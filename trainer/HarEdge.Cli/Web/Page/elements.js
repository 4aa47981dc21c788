// The few things every part of the page does with the document. Text is only ever set as text, so a name from the wire cannot become markup.

const svgNamespace = "http://www.w3.org/2000/svg";

// Eight colors that three color deficiencies tell apart, plain, striped and dotted; and a letter each.
export const colors = 8;
export const textures = 3;

export const byId = (id) => document.getElementById(id);

export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }

  made.append(...children);
  return made;
}

export function svg(name, attributes, ...children) {
  const made = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }

  made.append(...children);
  return made;
}

// Class 0 is A, class 25 Z, class 26 AA; unknown is a question mark.
export const letterOf = (number) => (number < 0 ? "?" : (number < 26 ? "" : letterOf(Math.floor(number / 26) - 1)) + String.fromCharCode(65 + (number % 26)));
export const colorOf = (number) => number % colors;
export const textureOf = (number) => Math.floor(number / colors) % textures;

// The same number looks the same everywhere.
export const looksOf = (number) => (number < 0 ? "class-unknown" : `class-${colorOf(number)} texture-${textureOf(number)}`);

export function swatch(number) {
  const made = element("span", `swatch ${looksOf(number)}`, letterOf(number));
  made.setAttribute("aria-hidden", "true");
  return made;
}

// STAIRS_UP → stairs up
export const spoken = (name) => name.toLowerCase().replaceAll("_", " ");

// Name of a class in a session; its number as long as it has no other name.
export const nameOf = (number, state) => (number < 0 ? "unknown" : spoken(state?.classes[number] ?? `class ${number}`));

// "walking", or "unknown; the window looked like walking upstairs": a number of percent belongs to what the window looked like.
export const sentenceOf = (decision, window, confidence, state) =>
  decision === window
    ? `${nameOf(decision, state)}, ${confidence} %`
    : `${nameOf(decision, state)}; the window looked like ${nameOf(window, state)}, ${confidence} %`;

export function clock(seconds) {
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds <= -0.5 ? "−" : "";
  const two = (value) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return sign + (minutes < 60 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`);
}

// A moment of the session: by the calendar where it is known, else since the log or the device began.
export function moment(ms, state) {
  if (state?.beganMs == null) {
    return clock(ms / 1000);
  }

  const at = new Date(state.beganMs + ms);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((value) => String(value).padStart(2, "0")).join(":");
}

export const count = (value) => value.toLocaleString("en-US");

// Rows of a definition list: [term, text, "bad" | "warn" | ""].
export function showFacts(list, rows) {
  while (list.children.length > rows.length) {
    list.lastElementChild.remove();
  }

  rows.forEach(([term, text, tone], index) => {
    const row = list.children[index] ?? list.appendChild(element("div", "", element("dt"), element("dd")));
    setText(row.firstElementChild, term);
    setText(row.lastElementChild, text);
    row.lastElementChild.className = tone ?? "";
  });
}
