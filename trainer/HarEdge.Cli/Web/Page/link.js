// What the wire has carried and lost.

import { byId, count, element, setText, showFacts } from "./elements.js";

const notes = byId("notes");
let shown = "";

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

export function showLink(picture) {
  showFacts(byId("link"), [...always(picture.link), ...sometimes(picture.link)]);
  const now = picture.notes.join("\n");
  if (now !== shown) {
    shown = now;
    notes.replaceChildren(...picture.notes.map((note) => element("li", "", note)));
  }

  const pages = picture.readers === 1 ? "One page watches" : `${picture.readers} pages watch`;
  setText(byId("readers"), `${pages}; ${count(picture.droppedPictures)} pictures were skipped for slow ones.`);
}
