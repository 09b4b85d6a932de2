/** What is under review and what was decided about it: the base of a text's reading and of a table's names. */

import { Decisions } from "./decisions.js";

/**
 * A subclass gives `readMentions(decisions)`, the mentions in their order, and `findAt(key)`, the number of the mention
 * that a decision's key stands for, or null.
 */
export class Review {
  #decisions;
  #mentions = null;

  /** @param {Array} decisions made before, as `entries` gave them */
  constructor(decisions = []) {
    this.#decisions = new Decisions(decisions);
  }

  /** The decisions as plain values. */
  get entries() {
    return this.#decisions.entries;
  }

  /** Every mention as it stands after the decisions; `at` is its number. */
  get mentions() {
    this.#mentions ??= this.readMentions(this.#decisions).map((mention, at) => ({ at, ...mention }));
    return this.#mentions;
  }

  /** How many mentions there are, and how many a reviewer has decided. */
  get progress() {
    return { all: this.mentions.length, reviewed: this.mentions.filter(({ state }) => state !== "open").length };
  }

  /** The mention to look at next: the next open one behind `at`, else the first open one; null where all are done. */
  nextOpen(at) {
    const open = this.mentions.filter(({ state }) => state === "open");
    return (open.find((mention) => mention.at > at) ?? open[0])?.at ?? null;
  }

  get canUndo() {
    return this.#decisions.canUndo;
  }

  get canRedo() {
    return this.#decisions.canRedo;
  }

  /** Take the last decision back; the number of its mention, or null. */
  undo() {
    return this.#moved(this.#decisions.undo());
  }

  redo() {
    return this.#moved(this.#decisions.redo());
  }

  /** What was decided under a key, or undefined. */
  decisionOf(key) {
    return this.#decisions.of(key);
  }

  /** Put `[key, decision]` in one step. */
  change(entries) {
    this.#decisions.change(entries);
    this.#mentions = null;
  }

  /** Write a note beside what was decided under a key, else beside `answer`; an empty note is none. */
  noteAt(key, note, answer) {
    const before = this.#decisions.of(key);
    if ((before?.note ?? "") !== note) this.change([[key, { ...(before ?? { answer }), note }]]);
  }

  #moved(key) {
    this.#mentions = null;
    return key === null ? null : this.findAt(key);
  }
}

/**
 * A decision as members of a mention: its state, note and place.
 * @param {Object} mention with the machine's own answer, `first`, null where it has none
 * @param {Object} decision or undefined
 */
export function outcomeOf({ text, first }, decision) {
  const note = decision?.note ?? "";
  const state = first === null && decision?.added ? "added" : "changed";
  switch (decision?.answer) {
    case "none":
      return { note, place: first, state: "dismissed", dismissed: true };
    case "place":
      if (decision.place.id === first?.id && !first.relation) return { note, place: first, state: "accepted", accepted: true };
      return { note, place: decision.place, state, chosen: true };
    case "point":
      return { note, place: pointPlace({ text }, decision.point), state, chosen: true, point: decision.point };
    case "accepted":
      return { note, place: decision.place ?? first, state: "accepted", accepted: true };
    default:
      return { note, place: first, state: "open" };
  }
}

/** A point that a reviewer set, in the form of a place that no gazetteer holds. */
export const pointPlace = ({ text }, { lon, lat }) => ({
  id: `point:${lat.toFixed(5)},${lon.toFixed(5)}`, name_ar: text, name_en: text, kind: "point", lon, lat, admin: [], admin_pcode: "", byHand: true,
});
