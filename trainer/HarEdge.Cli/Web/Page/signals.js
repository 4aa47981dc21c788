// Raw samples of the last ten seconds, three axes a plot. A hole in the line is a sample that is missing.

import { byId, setText } from "./elements.js";

const gridLines = 4;
const label = 11;
const plots = [
  { canvas: byId("accel"), smallest: 1, unit: "g" },
  { canvas: byId("gyro"), smallest: 50, unit: "degrees a second" },
];
let signals = null;

// The next of 1, 2, 3, 5, 10, 20, … that the signal fits into.
function range(values, smallest) {
  let largest = smallest;
  for (const channel of values) {
    for (const value of channel) {
      largest = Math.max(largest, Math.abs(value ?? 0));
    }
  }

  const power = 10 ** Math.floor(Math.log10(largest));
  return power * [1, 2, 3, 5, 10].find((step) => largest <= step * power * 1.0001);
}

function trace(context, values, width, middle, scale) {
  context.beginPath();
  let isDown = false;
  values.forEach((value, index) => {
    if (value === null) {
      isDown = false;
      return;
    }

    const x = (index / (values.length - 1)) * width;
    const y = middle - value * scale;
    if (isDown) {
      context.lineTo(x, y);
    } else {
      context.moveTo(x, y);
    }

    isDown = true;
  });
  context.stroke();
}

function draw({ canvas, smallest }, values) {
  const style = getComputedStyle(canvas);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const full = range(values, smallest);
  const scale = (height / 2 - 6) / full;
  context.font = `${label}px ${style.fontFamily}`;
  context.textBaseline = "bottom";
  context.fillStyle = style.getPropertyValue("--quiet");
  context.strokeStyle = style.getPropertyValue("--edge");
  for (let line = 0; line <= gridLines; line++) {
    const value = full - (2 * full * line) / gridLines;
    const y = Math.round(height / 2 - value * scale) + 0.5;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
    if (line % 2 === 0) {
      context.fillText(String(value).replace("-", "−"), 2, line === 0 ? y + label + 3 : y - 1);
    }
  }

  context.lineWidth = 1.5;
  context.lineJoin = "round";
  values.forEach((channel, axis) => {
    context.strokeStyle = style.getPropertyValue(["--axis-x", "--axis-y", "--axis-z"][axis]);
    trace(context, channel, width, height / 2, scale);
  });
}

export function redrawSignals() {
  if (signals === null) {
    return;
  }

  const scaled = (channels, counts) => channels.map((channel) => channel.map((value) => (value === null ? null : value / counts)));
  draw(plots[0], scaled(signals.accel, signals.countsPerG));
  draw(plots[1], scaled(signals.gyro, signals.countsPerDps));
}

export function showSignals(picture) {
  const isNew = picture.signals !== null && picture.signals.endSecond !== signals?.endSecond;
  signals = picture.signals;
  byId("signals").hidden = signals === null;
  byId("signals-none").hidden = signals !== null;
  byId("recording").hidden = !picture.isRecording;
  if (isNew) {
    setText(byId("signals-end"), picture.isRecording ? "now" : "end of the recording");
    redrawSignals();
  }
}

new ResizeObserver(redrawSignals).observe(byId("signals"));
