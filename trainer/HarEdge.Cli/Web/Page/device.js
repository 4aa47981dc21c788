// Who speaks, how it is, and what the wire has carried and lost.

import { byId, clock, count, element, setText, showFacts } from "./elements.js";

const nominalHz = 50;
const tolerance = 0.03;
const notes = byId("notes");
let shown = "";

export function showHeader({ state, device }) {
  setText(byId("source"), state.source);
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

function chipTime({ decisions, meanMs, worstMs, estimate }) {
  if (decisions === 0) {
    return [["decision on the chip", "not measured"]];
  }

  const rows = [["decision on the chip", `${meanMs.toFixed(1)} ms, worst ${worstMs.toFixed(1)} ms`]];
  if (estimate !== null) {
    rows.push(["estimated", `${estimate.ms.toFixed(1)} ms (${estimate.lowMs.toFixed(1)} to ${estimate.highMs.toFixed(1)}), at most ${estimate.atMostMs.toFixed(1)} ms`]);
  }

  return rows;
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
    rows.push(...chipTime(timing));
  }

  showFacts(byId("health"), rows);
}

// Always shown, and shown only when there is something.
const always = (link) => [
  ["quality", link.quality === null ? "–" : `${link.quality.toFixed(1)} %`, link.quality === null ? "" : link.quality < 90 ? "bad" : link.quality < 99.5 ? "warn" : ""],
  ["lines", count(link.records)],
  ["bytes", count(link.bytes)],
  ["lost lines", count(link.lost), link.lost > 0 ? "warn" : ""],
  ["damaged lines", count(link.damaged), link.damaged > 1 ? "warn" : ""],
];
const sometimes = (link) => [
  ["unknown lines", link.unknown],
  ["doubled lines", link.duplicates],
  ["bytes of noise", link.noiseBytes],
  ["broken frames", link.brokenFrames],
  ["restarts of the board", link.restarts],
  ["port lost", link.disconnects],
].filter(([, value]) => value > 0).map(([term, value]) => [term, count(value), "warn"]);

export function showLink({ link, notes: sentences, state }) {
  showFacts(byId("link"), [...always(link), ...sometimes(link)]);
  const now = sentences.join("\n");
  if (now !== shown) {
    shown = now;
    notes.replaceChildren(...sentences.map((note) => element("li", "", note)));
  }

  setText(byId("readers"), state.readers > 1 ? `${state.readers} browsers watch.` : "");
}
