/** A text with its mentions marked in place, and what the colours mean. */

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { keyOf } from "./reading.js";
import { certaintyOf } from "./words.js";

const PASSING = ["is-chosen-now", "is-hot"]; // what the desk and the pointer give a mark, whatever its look
const LONG = 8_000; // characters of a paragraph from which it is cut, for browsers lay out very long ones slowly

/** The text as it is, a block a paragraph, a `mark` a mention. Shown again, only what changed is drawn. */
export class MarkedText {
  #root;
  #labelOf;
  #blocks = new Map(); // by what is in them: their text and where their mentions stand
  #looks = new WeakMap(); // of marks

  /**
   * @param {HTMLElement} root
   * @param {Object} calls `labelOf(mention)` says what it names; `onChoose(at)` and `onHover(at, on)` hear of a mention
   */
  constructor(root, { labelOf, onChoose, onHover }) {
    this.#root = root;
    this.#labelOf = labelOf;
    const hear = (type, call) => root.addEventListener(type, (event) => {
      const mark = event.target.closest?.("mark");
      if (mark) call(Number(mark.dataset.at), event);
    });
    for (const type of ["mouseover", "focusin"]) hear(type, (at) => onHover(at, true));
    for (const type of ["mouseout", "focusout"]) hear(type, (at) => onHover(at, false));
    hear("click", (at) => onChoose(at));
    hear("keydown", (at, event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onChoose(at);
    });
  }

  /** Show a reading. */
  show({ text, mentions }) {
    const before = this.#blocks;
    this.#blocks = new Map();
    let next = 0;
    for (const [start, end] of paragraphsOf(text, mentions)) {
      const from = next;
      while (next < mentions.length && mentions[next].start < end) next += 1;
      const inside = mentions.slice(from, next);
      const key = [start, text.slice(start, end), ...inside.map((mention) => `${mention.start}-${mention.end}`)].join();
      const block = before.get(key) ?? blockOf(text, start, end, inside);
      this.#blocks.set(key, block);
      block.querySelectorAll("mark").forEach((mark, at) => this.#dress(mark, inside[at]));
    }
    const blocks = [...this.#blocks.values()];
    const same = blocks.length === this.#root.childElementCount && blocks.every((block, at) => block === this.#root.children[at]);
    if (!same) this.#root.replaceChildren(...blocks);
  }

  /** Give a mark the look of its mention. */
  #dress(mark, mention) {
    const certainty = certaintyIn(mention);
    const reviewed = mention.state === "open" ? "" : `, ${t(`state.${mention.state}`)}`;
    const look = {
      class: `mention is-${certainty}${mention.relation ? " is-relative" : ""}${mention.accepted ? " is-accepted" : ""}`,
      "data-at": mention.at,
      "data-key": keyOf(mention),
      "data-place": mention.dismissed ? "" : mention.place.id,
      title: mention.dismissed ? t("read.dismissed") : `${this.#labelOf(mention)}, ${t(`certainty.${certainty}`)}${reviewed}`,
    };
    const before = this.#looks.get(mark) ?? {};
    const passing = PASSING.filter((name) => mark.classList.contains(name));
    for (const [name, value] of Object.entries(look)) if (before[name] !== value) mark.setAttribute(name, value);
    mark.classList.add(...passing);
    this.#looks.set(mark, look);
  }
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

function blockOf(text, start, end, mentions) {
  const block = el("div", { class: "paragraph", dir: "auto" });
  let at = start;
  for (const mention of mentions) {
    const attributes = { role: "button", tabindex: "0", "data-start": mention.start, "data-end": mention.end };
    block.append(text.slice(at, mention.start), el("mark", attributes, text.slice(mention.start, mention.end)));
    at = mention.end;
  }
  block.append(text.slice(at, end));
  return block;
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
