// Rows of a table, each with a name, a text, a percentage and a bar of its length.

import { colorOf, element, setText, spoken, svg, swatch } from "./elements.js";

function addRow(body) {
  const name = element("th", "", "");
  name.scope = "row";
  const share = svg("svg", { class: "share", viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { height: 1 }));
  const bar = element("td", "bar", share);
  bar.colSpan = 3;
  body.append(element("tr", "", name, element("td", "number"), element("td", "number")), element("tr", "", bar));
}

// Rows: { name, class, text, percent }.
export function showBars(body, rows) {
  while (body.children.length > 2 * rows.length) {
    body.lastElementChild.remove();
  }

  rows.forEach((row, index) => {
    if (body.children.length === 2 * index) {
      addRow(body);
    }

    const [name, text, percent] = body.children[2 * index].children;
    const label = spoken(row.name);
    if (name.textContent !== label) {
      name.replaceChildren(swatch(row.class), label);
    }

    setText(text, row.text);
    setText(percent, `${row.percent.toFixed(0)} %`);
    const bar = body.children[2 * index + 1].querySelector("rect");
    bar.setAttribute("class", colorOf(row.class));
    bar.setAttribute("width", row.percent.toFixed(2));
  });
}
