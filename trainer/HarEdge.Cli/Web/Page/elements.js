// The few things every part of the page does with the document. Text is only ever set as text, so a name from the wire cannot become markup.

const svgNamespace = "http://www.w3.org/2000/svg";
const colors = 8;

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

// The color of a class: the same number has the same color everywhere.
export const colorOf = (number) => (number < 0 ? "class-unknown" : `class-${number % colors}`);

export const swatch = (number) =>
  svg("svg", { class: "swatch", viewBox: "0 0 1 1", "aria-hidden": "true" }, svg("rect", { width: 1, height: 1, rx: 0.25, class: colorOf(number) }));

// STAIRS_UP → stairs up
export const spoken = (name) => name.toLowerCase().replaceAll("_", " ");

export function clock(seconds) {
  const whole = Math.round(seconds);
  const two = (value) => String(value).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
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
