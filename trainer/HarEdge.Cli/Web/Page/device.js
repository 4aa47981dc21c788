// Who speaks, and how it is.

import { byId, clock, count, setText, showFacts } from "./elements.js";

const nominalHz = 50;
const tolerance = 0.03;

export function showHeader({ source, device }) {
  setText(byId("source"), source);
  setText(byId("board"), device?.board ?? "no banner yet");
  setText(byId("model"), device?.model ?? "–");
  setText(byId("firmware"), device?.firmware ?? "–");
}

function rate(health) {
  if (health.rateHz === 0) {
    return ["sample rate", "not measured yet"];
  }

  const isOff = Math.abs(health.rateHz / nominalHz - 1) > tolerance;
  return ["sample rate", `${health.rateHz.toFixed(2)} Hz`, isOff ? "bad" : ""];
}

function chipTime(timing) {
  return timing.decisions === 0
    ? ["decision on the chip", "not measured"]
    : ["decision on the chip", `${timing.meanMs.toFixed(1)} ms, worst ${timing.worstMs.toFixed(1)} ms`];
}

export function showDevice({ device, health, timing, selfTests, link }) {
  const rows = selfTests.map((test) => [
    `${test.test.toLowerCase()} test`,
    `${test.outcome.toLowerCase()}, ${test.checks} checked`,
    test.outcome === "FAIL" ? "bad" : "",
  ]);
  if (device !== null) {
    rows.push(["window, hop", `${device.windowSamples}, ${device.hopSamples} samples`]);
  }

  if (health === null) {
    rows.push(["gaps", count(link.gaps), link.gaps > 0 ? "warn" : ""], ["rate, memory", "come once a minute"]);
  } else {
    rows.push(
      rate(health),
      ["up", clock(health.upSeconds)],
      ["free memory", `${count(Math.round(health.freeBytes / 1024))} kB`],
      ["gaps", count(health.gaps), health.gaps > 0 ? "warn" : ""],
      ["bus retries", count(health.retries), health.retries > 0 ? "warn" : ""],
      ["sensor starts", count(health.bringUps), health.bringUps > 1 ? "warn" : ""],
      ...health.faults.map((fault) => [fault.meaning, `${count(fault.times)} ×`, "warn"]),
    );
  }

  if (timing !== null) {
    rows.push(chipTime(timing));
  }

  showFacts(byId("health"), rows);
}
