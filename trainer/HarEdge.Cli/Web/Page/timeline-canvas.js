// Draws the session on a canvas: lanes for truth, window and decision, the confidence, and a tick for each window on which device and
// desktop agree. Time runs from left to right; what is no window is hatched and named.

import { colorOf, colors, letterOf, moment, textureOf } from "./elements.js";

const lanes = { truth: 20, window: 20, decision: 40, confidence: 54, parity: 14 };
const gap = 5;
const axisHeight = 20;
const letterWidth = 14;
const tickSeconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

let look = null;

// Colors and patterns of the page's theme, made once.
function lookOf(canvas) {
  if (look !== null) {
    return look;
  }

  const style = getComputedStyle(canvas);
  const color = (name) => style.getPropertyValue(`--${name}`).trim();
  const pattern = (ink, ground, draw) => {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const context = tile.getContext("2d");
    if (ground) {
      context.fillStyle = ground;
      context.fillRect(0, 0, 8, 8);
    }

    context.strokeStyle = context.fillStyle = ink;
    context.lineWidth = 1.6;
    draw(context);
    return canvas.getContext("2d").createPattern(tile, "repeat");
  };
  const slant = (context) => {
    context.beginPath();
    for (const start of [-8, 0, 8]) {
      context.moveTo(start, 8);
      context.lineTo(start + 8, 0);
    }

    context.stroke();
  };
  const dots = (context) => context.fillRect(2, 2, 3, 3);
  const level = (context) => context.fillRect(0, 3, 8, 2);
  look = {
    font: style.fontFamily,
    text: color("text"),
    quiet: color("quiet"),
    edge: color("edge"),
    card: color("card"),
    good: color("good"),
    bad: color("bad"),
    letter: color("class-letter"),
    classes: Array.from({ length: colors }, (_, number) => color(`class-${number}`)),
    textures: [null, pattern(color("class-letter"), null, dots), pattern(color("class-letter"), null, level)],
    unknown: pattern(color("class-unknown"), color("card"), slant),
    hole: pattern(color("edge"), color("card"), level),
  };
  return look;
}

export const forgetLook = () => {
  look = null;
};

export const lanesOf = (hasTruth) => [...(hasTruth ? ["truth"] : []), "window", "decision", "confidence", "parity"];

export function heightOf(hasTruth) {
  return lanesOf(hasTruth).reduce((sum, lane) => sum + lanes[lane] + gap, 0) + axisHeight;
}

// Index of the first stretch that ends after a moment.
export function firstAfter(spans, ms) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].to > ms) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }

  return low;
}

function fillClass(context, number, x, y, width, height) {
  const { classes, textures, unknown, letter, font, text } = look;
  context.fillStyle = number < 0 ? unknown : classes[colorOf(number)];
  context.fillRect(x, y, width, height);
  const texture = number < 0 ? null : textures[textureOf(number)];
  if (texture !== null) {
    context.fillStyle = texture;
    context.globalAlpha = 0.55;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
  }

  if (width >= letterWidth) {
    const sign = letterOf(number);
    context.font = `600 12px ${font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    if (number < 0 || texture !== null) {
      // A plain ground for the letter.
      context.fillStyle = number < 0 ? look.card : classes[colorOf(number)];
      context.fillRect(x + width / 2 - 7, y + height / 2 - 8, 14, 16);
    }

    context.fillStyle = number < 0 ? text : letter;
    context.fillText(sign, x + width / 2, y + height / 2 + 0.5);
  }
}

function fillHole(context, why, x, y, width, height) {
  context.fillStyle = look.hole;
  context.fillRect(x, y, width, height);
  context.strokeStyle = look.quiet;
  context.setLineDash([3, 3]);
  context.strokeRect(x + 0.5, y + 0.5, Math.max(width - 1, 1), height - 1);
  context.setLineDash([]);
  context.font = `12px ${look.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const room = width - 12;
  // Whole, without what is in brackets, or the part before the colon.
  const words = [why, why.replace(/ \(.*/, ""), why.split(":")[0]].find((text) => context.measureText(text).width <= room) ?? "";
  if (words) {
    const wide = context.measureText(words).width + 8;
    context.fillStyle = look.card;
    context.fillRect(x + (width - wide) / 2, y + height / 2 - 9, wide, 18);
    context.fillStyle = look.text;
    context.fillText(words, x + width / 2, y + height / 2 + 0.5);
  }
}

// Stretches of the same class without a hole between them are one.
function drawRuns(context, spans, classOf, place, y, height) {
  for (let i = 0; i < spans.length;) {
    let end = i + 1;
    const number = classOf(spans[i]);
    while (end < spans.length && classOf(spans[end]) === number) {
      end++;
    }

    const x = place(spans[i].from);
    if (number !== undefined) {
      fillClass(context, number, x, y, Math.max(place(spans[end - 1].to) - x, 1), height);
    }

    i = end;
  }
}

function drawConfidence(context, spans, place, y, height, width) {
  const level = (percent) => y + (height - 2) * (1 - percent / 100) + 1;
  context.strokeStyle = look.edge;
  context.fillStyle = look.quiet;
  context.font = `11px ${look.font}`;
  context.textAlign = "left";
  for (const percent of [100, 50, 0]) {
    context.beginPath();
    context.moveTo(0, Math.round(level(percent)) + 0.5);
    context.lineTo(width, Math.round(level(percent)) + 0.5);
    context.stroke();
  }

  context.strokeStyle = look.text;
  context.lineWidth = 1.5;
  context.beginPath();
  let last = null;
  for (const span of spans) {
    if (span.why === undefined) {
      context[last !== null && last.to === span.from ? "lineTo" : "moveTo"](place(span.from), level(span.confidence));
      context.lineTo(place(span.to), level(span.confidence));
      last = span;
    }
  }

  context.stroke();
  context.lineWidth = 1;
}

function drawParity(context, spans, place, y, height) {
  for (const span of spans) {
    if (span.why !== undefined || span.parity < 0) {
      continue;
    }

    const x = Math.round(place(span.to)) - 1.5;
    context.strokeStyle = context.fillStyle = span.parity === 1 ? look.good : look.bad;
    if (span.parity === 1) {
      context.fillRect(x, y + 2, 1.5, height - 4);
    } else {
      context.lineWidth = 2.5;
      context.beginPath();
      context.moveTo(x - 4, y + 2);
      context.lineTo(x + 4, y + height - 2);
      context.moveTo(x + 4, y + 2);
      context.lineTo(x - 4, y + height - 2);
      context.stroke();
      context.lineWidth = 1;
    }
  }
}

function drawAxis(context, view, state, place, y, width) {
  const most = Math.max(2, Math.floor(width / 90));
  const step = 1000 * (tickSeconds.find((seconds) => view.length / 1000 / seconds <= most) ?? 14400);
  const offset = state.beganMs == null ? 0 : (state.beganMs - new Date(state.beganMs).getTimezoneOffset() * 60000) % step;
  context.fillStyle = look.quiet;
  context.strokeStyle = look.edge;
  context.font = `12px ${look.font}`;
  context.textBaseline = "top";
  for (let at = Math.ceil((view.start + offset) / step) * step - offset; at <= view.start + view.length; at += step) {
    const x = Math.round(place(at)) + 0.5;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, y + 3);
    context.stroke();
    context.textAlign = x < 30 ? "left" : x > width - 30 ? "right" : "center";
    context.fillText(moment(at, state), Math.min(Math.max(x, 0), width), y + 5);
  }
}

// view: { start, length } in milliseconds of the session. open: what is after the last stretch, { from, to, why }, or null.
export function drawTimeline(canvas, { spans, view, state, open, hasTruth, selected, cursor, notes }) {
  lookOf(canvas);
  const width = canvas.clientWidth;
  const height = heightOf(hasTruth);
  const ratio = window.devicePixelRatio;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = `${height}px`;
  }

  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = look.card;
  context.fillRect(0, 0, width, height);
  const place = (ms) => ((ms - view.start) / view.length) * width;
  const first = firstAfter(spans, view.start);
  const shown = spans.slice(first, firstAfter(spans, view.start + view.length) + 1);
  const top = {};
  let y = 0;
  for (const lane of lanesOf(hasTruth)) {
    top[lane] = y;
    y += lanes[lane] + gap;
  }

  drawAxis(context, view, state, place, y - gap, width);
  drawConfidence(context, shown, place, top.confidence, lanes.confidence, width);
  if (hasTruth) {
    drawRuns(context, shown, (span) => (span.truth === -2 ? undefined : span.truth), place, top.truth, lanes.truth);
  }

  drawRuns(context, shown, (span) => span.window, place, top.window, lanes.window);
  drawRuns(context, shown, (span) => span.class, place, top.decision, lanes.decision);
  drawParity(context, shown, place, top.parity, lanes.parity);
  for (const hole of [...shown, ...(open ? [open] : [])].filter((span) => span.why !== undefined)) {
    const x = place(hole.from);
    fillHole(context, hole.why, x, top.window, Math.max(place(hole.to) - x, 3), lanes.window + gap + lanes.decision);
  }

  for (const note of notes) {
    const x = place(note.ms);
    context.fillStyle = look.text;
    context.beginPath();
    context.moveTo(x - 6, 0);
    context.lineTo(x + 6, 0);
    context.lineTo(x, 9);
    context.fill();
  }

  for (const [span, thick] of [[selected, 3], [cursor, 2]]) {
    if (span) {
      const x = place(span.from);
      context.strokeStyle = look.text;
      context.lineWidth = thick;
      context.strokeRect(x, 1, Math.max(place(span.to) - x, 3), y - gap - 2);
      context.lineWidth = 1;
    }
  }
}
