/** A text with its mentions marked in place, and what the colours mean. */

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { keyOf } from "./reading.js";
import { certaintyOf } from "./words.js";

const LONG = 20_000; // characters of a paragraph from which it is cut, for browsers lay out very long ones slowly

/**
 * The text as it is: a block a paragraph, a `mark` a mention, the text untouched.
 * @param {Reading} reading
 * @param {Object} calls `labelOf(mention)` says what it names; `onChoose(mention)` and `onHover(mention, on)` hear
 */
export function markedText(reading, calls) {
  const { text, mentions } = reading;
  const blocks = [];
  let next = 0;
  for (const [start, end] of paragraphsOf(text, mentions)) {
    const block = el("div", { class: "paragraph", dir: "auto" });
    let at = start;
    for (; next < mentions.length && mentions[next].start < end; next += 1) {
      block.append(text.slice(at, mentions[next].start), markOf(mentions[next], text, calls));
      at = mentions[next].end;
    }
    block.append(text.slice(at, end));
    blocks.push(block);
  }
  return blocks;
}

/** What the colours in a text mean, those alone that are in it. */
export function keyToColours(kept) {
  const used = new Set(kept.map((mention) => certaintyIn(mention)));
  const shown = ["sure", "likely", "doubtful", "chosen"].filter((certainty) => used.has(certainty));
  const entries = shown.map((certainty) => [`is-${certainty}`, t(`certainty.${certainty}`)]);
  if (kept.some(({ relation }) => relation)) entries.push(["is-relative", t("read.relative")]);
  return el("ul", { class: "key", "aria-label": t("read.key") }, ...entries.map(([look, words]) =>
    el("li", {}, el("span", { class: `swatch ${look}`, "aria-hidden": "true" }), words)));
}

function markOf(mention, text, { labelOf, onChoose, onHover }) {
  const certainty = certaintyIn(mention);
  const reviewed = mention.state === "open" ? "" : `, ${t(`state.${mention.state}`)}`;
  const label = mention.dismissed ? t("read.dismissed") : `${labelOf(mention)}, ${t(`certainty.${certainty}`)}${reviewed}`;
  const hover = (on) => () => onHover(mention, on);
  const choose = () => onChoose(mention);
  return el("mark", {
    class: `mention is-${certainty}${mention.relation ? " is-relative" : ""}${mention.accepted ? " is-accepted" : ""}`,
    role: "button", tabindex: "0", "data-at": mention.at, "data-key": keyOf(mention),
    "data-start": mention.start, "data-end": mention.end, "data-place": mention.dismissed ? null : mention.place.id,
    title: label,
    onclick: choose, onmouseenter: hover(true), onmouseleave: hover(false), onfocus: hover(true), onblur: hover(false),
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    },
  }, text.slice(mention.start, mention.end));
}

const certaintyIn = ({ dismissed, chosen, confidence }) => (dismissed ? "dismissed" : chosen ? "chosen" : certaintyOf(confidence));

/** Where paragraphs begin and end, their line breaks with them; long ones cut between words, none within a mention. */
function* paragraphsOf(text, mentions) {
  let next = 0;
  for (let start = 0; start < text.length; ) {
    const line = text.indexOf("\n", start) + 1 || text.length;
    let end = line;
    if (line - start > LONG) end = text.indexOf(" ", start + LONG) + 1 || line;
    end = Math.min(end, line);
    while (next < mentions.length && mentions[next].end <= end) next += 1;
    if (next < mentions.length && mentions[next].start < end) end = mentions[next].end;
    yield [start, end];
    start = end;
  }
}
