// Plots of three axes: of the last ten seconds, and of a window that is looked into. A hole in the line is a sample that is missing. The axes
// differ by their dashes, too.

import { byId, setText } from "./elements.js";

const seconds = 10;
const channels = 6;
const gridLines = 4;
const label = 11;
const dashes = [[], [7, 3], [2, 2.5]];

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

export function plot(canvas, values, smallest) {
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

  context.lineWidth = 1.6;
  context.lineJoin = "round";
  values.forEach((channel, axis) => {
    context.strokeStyle = style.getPropertyValue(["--axis-x", "--axis-y", "--axis-z"][axis]);
    context.setLineDash(dashes[axis]);
    trace(context, channel, width, height / 2, scale);
  });
}

export const smallestG = 1;
export const smallestDps = 50;

// Blocks [number, ax, ay, …] → six lists of the last ten seconds.
function lastSeconds(blocks, { last, rateHz }) {
  const length = seconds * rateHz;
  const values = Array.from({ length: channels }, () => new Array(length).fill(null));
  for (const [number, ...counts] of blocks) {
    for (let i = 0; i < counts.length / channels; i++) {
      const at = number + i - (last - length + 1);
      if (at >= 0 && at < length) {
        for (let channel = 0; channel < channels; channel++) {
          values[channel][at] = counts[i * channels + channel];
        }
      }
    }
  }

  return values;
}

let live = null;

export function redrawSignals() {
  if (live === null) {
    return;
  }

  const { signals, samples } = live;
  const values = lastSeconds(samples, signals);
  const scaled = (from, counts) => values.slice(from, from + 3).map((channel) => channel.map((value) => (value === null ? null : value / counts)));
  plot(byId("accel"), scaled(0, signals.countsPerG), smallestG);
  plot(byId("gyro"), scaled(3, signals.countsPerDps), smallestDps);
}

export function showSignals({ signals, state }, samples, isPast) {
  const isNew = signals !== null && signals.last !== live?.signals.last;
  live = signals === null ? null : { signals, samples };
  byId("signals").hidden = signals === null;
  byId("signals-none").hidden = signals !== null;
  byId("recording").hidden = !state.isRecording || isPast;
  setText(byId("signals-end"), state.isRecording && !isPast ? "now" : "the last that came");
  setText(byId("signals-begin"), `${seconds} s ${state.isRecording && !isPast ? "ago" : "before"}`);
  byId("signals-card").classList.toggle("past", isPast);
  if (isNew) {
    redrawSignals();
  }
}

new ResizeObserver(redrawSignals).observe(byId("signals"));
