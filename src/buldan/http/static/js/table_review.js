/** The doubtful names of a table and what a reviewer decided about them, each name of the same units once. */

import { Decisions } from "./decisions.js";
import { csv } from "./exports.js";
import { pointPlace } from "./reading.js";

/** In the form that the desk reviews: see `Reading`, whose mentions these names stand for. */
export class TableReview {
  #entries;
  #decisions;
  #mentions = null;

  /**
   * @param {Array} entries the member `review` of the service's answer, the most doubtful first
   * @param {Array} decisions made before, as `entries` gave them; also of names that are doubtful no more
   */
  constructor(entries, decisions = []) {
    this.#entries = entries;
    this.#decisions = new Decisions(decisions);
  }

  /** The decisions as plain values. */
  get entries() {
    return this.#decisions.entries;
  }

  get mentions() {
    this.#mentions ??= this.#entries.map((entry, at) => ({ at, ...mentionOf(entry), ...decided(entry, this.#decisions.of(keyOf(entry))) }));
    return this.#mentions;
  }

  get progress() {
    return { all: this.mentions.length, reviewed: this.mentions.filter(({ state }) => state !== "open").length };
  }

  nextOpen(at) {
    const open = this.mentions.filter(({ state }) => state === "open");
    return (open.find((mention) => mention.at > at) ?? open[0])?.at ?? null;
  }

  /** A name stands for itself alone: the same name in other units may be another place. */
  alike(at) {
    return [this.mentions[at]];
  }

  decide(at, decision) {
    const key = keyOf(this.#entries[at]);
    const place = decision?.answer === "accepted" ? this.mentions[at].first : decision?.place; // later data may guess another
    this.#change([[key, decision ? { note: this.#decisions.of(key)?.note, ...decision, place } : undefined]]);
    return 1;
  }

  annotate(at, note) {
    const key = keyOf(this.#entries[at]);
    const before = this.#decisions.of(key);
    if ((before?.note ?? "") !== note) this.#change([[key, { ...(before ?? { answer: "open" }), note }]]);
  }

  get canUndo() {
    return this.#decisions.canUndo;
  }

  get canRedo() {
    return this.#decisions.canRedo;
  }

  undo() {
    return this.#at(this.#decisions.undo());
  }

  redo() {
    return this.#at(this.#decisions.redo());
  }

  /** The decisions as the file that `buldan geocode --decisions` reads, with the notes beside them. */
  toCsv() {
    const rows = this.#decisions.entries.map(([key, decision]) => ({ ...nameOf(key), decision: written(decision), note: decision.note }));
    return csv(["name", "within", "decision", "note"], rows.filter(({ decision }) => decision));
  }

  #change(entries) {
    this.#decisions.change(entries);
    this.#mentions = null;
  }

  #at(key) {
    this.#mentions = null;
    const at = key === null ? -1 : this.#entries.findIndex((entry) => keyOf(entry) === key);
    return at < 0 ? null : at;
  }
}

const keyOf = ({ name, within }) => JSON.stringify([name, within]);

function nameOf(key) {
  const [name, within] = JSON.parse(key);
  return { name, within };
}

/** An entry as the desk shows it: a guess first, where there is one, and what else the name may mean. */
function mentionOf({ name, within, rows, guess, status, reason, candidates }) {
  const places = candidates.map(({ score, ...place }) => ({ ...place, confidence: score ?? undefined }));
  const first = places.find(({ id }) => id === guess) ?? null;
  return { text: name, within, rows, status, reason, first, alternatives: places.filter((place) => place !== first) };
}

function decided(entry, decision) {
  const { first } = mentionOf(entry);
  const note = decision?.note ?? "";
  switch (decision?.answer) {
    case "none":
      return { note, state: "dismissed", dismissed: true, place: first };
    case "place":
      return { note, state: "changed", chosen: true, place: decision.place };
    case "point":
      return { note, state: "changed", chosen: true, place: pointPlace({ text: entry.name }, decision.point) };
    case "accepted":
      return { note, state: "accepted", accepted: true, place: decision.place };
    default:
      return { note, state: "open", place: first };
  }
}

/** A decision as a cell; empty where there is only a note. */
function written({ answer, place, point }) {
  if (answer === "none") return "none";
  if (answer === "point") return `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
  return place?.id ?? "";
}
