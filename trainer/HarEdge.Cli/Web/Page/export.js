// The session as files: a row a stretch of time as CSV, and the timeline as it is shown as PNG.

import { letterOf, moment, nameOf } from "./elements.js";

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const fileName = (state, ending) => `haredge-${state.source.replace(/.*[\\/]/, "").replace(/[^\w.-]+/g, "-")}.${ending}`;

// A spreadsheet takes what begins like a formula for one.
const quoted = (text) => `"${(/^[=+@-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export function toCsv({ spans, state, notes }) {
  const rows = ["fromSeconds,toSeconds,at,decision,window,confidencePercent,sameOnDesktop,truth,why"];
  const seconds = (ms) => (ms / 1000).toFixed(2);
  const name = (number) => quoted(number < 0 ? "UNKNOWN" : state.classes[number] ?? `class ${number}`);
  for (const span of spans) {
    const at = `${seconds(span.from)},${seconds(span.to)},${moment(span.to, state)}`;
    rows.push(span.why !== undefined ? `${at},,,,,,${quoted(span.why)}`
      : `${at},${name(span.class)},${name(span.window)},${span.confidence},${["no", "yes"][span.parity] ?? ""},${span.truth === -2 ? "" : span.truth < 0 ? "" : name(span.truth)},`);
  }

  for (const note of notes) {
    rows.push(`${seconds(note.ms)},${seconds(note.ms)},${moment(note.ms, state)},,,,,,${quoted(`note: ${note.text}`)}`);
  }

  return `${rows.join("\n")}\n`;
}

export const saveCsv = (session) => save(fileName(session.state, "csv"), new Blob([toCsv(session)], { type: "text/csv" }));

export function savePng(timeline, { state }) {
  const margin = 16;
  const line = 22;
  const ratio = timeline.width / timeline.clientWidth;
  const key = state.classes.map((_, number) => `${letterOf(number)} ${nameOf(number, state)}`).join("   ");
  const sheet = document.createElement("canvas");
  sheet.width = timeline.width + 2 * margin * ratio;
  sheet.height = timeline.height + (2 * margin + 2 * line) * ratio;
  const style = getComputedStyle(document.body);
  const context = sheet.getContext("2d");
  context.scale(ratio, ratio);
  context.fillStyle = style.getPropertyValue("--card");
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.fillStyle = style.getPropertyValue("--text");
  context.font = `600 14px ${style.fontFamily}`;
  context.fillText(`HarEdge, ${state.source}`, margin, margin + 12);
  context.font = `12px ${style.fontFamily}`;
  context.fillText(key, margin, sheet.height / ratio - margin, timeline.clientWidth);
  context.drawImage(timeline, margin, margin + line, timeline.clientWidth, timeline.clientHeight);
  sheet.toBlob((blob) => save(fileName(state, "png"), blob), "image/png");
}
