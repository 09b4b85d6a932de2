/** A text with its mentions and what a reviewer decided about them. Values only; nothing is drawn here. */

import { outcomeOf, Review } from "./review.js";

/**
 * One reading of a text. Offsets are UTF-16, as the browser counts.
 *
 * A decision belongs to a stretch of this text and to nothing else:
 * `{ answer: "accepted" | "place" | "point" | "none", place?, point?, note?, added? }`, where `place` has a place's
 * properties, `point` is `{ lon, lat }`, and `added` says that the machine had found nothing there.
 */
export class Reading extends Review {
  #features;

  /**
   * @param {string} text
   * @param {Object} collection the answer of the service
   * @param {Object} known `id` and `title` of the document, `decisions` made before, as `toWork` wrote them
   */
  constructor(text, collection, { id = crypto.randomUUID?.() ?? String(Math.random()), title = "", decisions = [] } = {}) {
    super(decisions);
    this.id = id;
    this.title = title || titleOf(text);
    this.text = text;
    this.head = collection;
    this.#features = collection.features.filter(({ properties }) => properties.id);
  }

  /** All that is needed to go on later: plain values, for a file or the browser's store. */
  toWork() {
    return { id: this.id, title: this.title, text: this.text, collection: this.head, decisions: this.entries };
  }

  static fromWork({ text, collection, ...known }) {
    return new Reading(text, collection, known);
  }

  /** Every mention in the order of the text. */
  readMentions(decisions) {
    const found = this.#features.map(({ properties: p }) => ({ start: p.start, end: p.end, text: p.text, alternatives: p.alternatives, first: p }));
    const added = decisions.entries.filter(([, { added: isNew }]) => isNew).map(([span]) => {
      const [start, end] = span.split("-").map(Number);
      return { start, end, text: this.text.slice(start, end), alternatives: [], first: null, isAdded: true };
    });
    return [...found, ...added].sort((a, b) => a.start - b.start).map((mention) => decided(mention, decisions.of(spanOf(mention))));
  }

  /** Those that name places. */
  get kept() {
    return this.mentions.filter(({ dismissed }) => !dismissed);
  }

  /** The decided mentions, for the list of corrections. */
  get corrections() {
    return this.mentions.filter(({ state }) => state === "changed" || state === "added" || state === "dismissed");
  }

  /** What the map and the list show: a thing a place, and one more for each area told relative to it. */
  get things() {
    const byKey = new Map();
    for (const mention of this.kept) {
      const key = keyOf(mention);
      const thing = byKey.get(key) ?? { key, ...position(mention), place: mention.place, text: mention.text, relation: mention.relation, area: mention.relation?.area, confidence: 0, count: 0, chosen: mention.chosen };
      thing.confidence = Math.max(thing.confidence, mention.confidence);
      thing.count += 1;
      byKey.set(key, thing);
    }
    return [...byKey.values()];
  }

  /** A relative place as the text has it, in the text's language: "5 km north of Idlib", طريق حمص – تدمر. */
  told({ text, relation }) {
    if (relation.words.includes(text)) return relation.words;
    const textOf = ({ id, name }) => this.#features.find(({ properties }) => properties.id === id)?.properties.text ?? name;
    return `${relation.words} ${[text, ...relation.anchors.slice(1).map(textOf)].join(" – ")}`;
  }

  /** The mentions that a decision about one would hold for: it alone, or all of its words that stand as it does now. */
  alike(at) {
    const chosen = this.mentions[at];
    const before = this.decisionOf(spanOf(chosen));
    return this.mentions.filter((mention) => mention.text === chosen.text && isSame(this.decisionOf(spanOf(mention)), before));
  }

  /**
   * Decide about a mention, or, with `alike`, about every mention of the same words; how many those are.
   * An acceptance holds only where the machine gave the same place, or the same area beside it.
   */
  decide(at, decision, { alike = false } = {}) {
    const chosen = this.mentions[at];
    const all = alike ? this.alike(at) : [chosen];
    const wanted = decision?.answer === "accepted" ? all.filter(({ first }) => givenBy(first) === givenBy(chosen.first)) : all;
    this.change(wanted.map((mention) => {
      const before = this.decisionOf(spanOf(mention));
      const after = decision && { note: before?.note, ...decision, ...(mention.first ? {} : { added: true }) };
      return [spanOf(mention), after];
    }));
    return wanted.length;
  }

  /** Write a note about a mention; an empty one is none. */
  annotate(at, note) {
    this.noteAt(spanOf(this.mentions[at]), note, "accepted");
  }

  /** Add a mention that the machine missed; its number, or null where the stretch meets another mention. */
  add(start, end, decision) {
    if (this.mentions.some((mention) => mention.start < end && mention.end > start)) return null;
    this.change([[`${start}-${end}`, { ...decision, added: true }]]);
    return this.mentions.find((mention) => mention.start === start).at;
  }

  /** The mention at a stretch, or the next behind it where there is none any more. */
  findAt(span) {
    const [start] = span.split("-").map(Number);
    return this.mentions.find((mention) => mention.start >= start)?.at ?? null;
  }
}

/** A mention with what was decided: only the machine's own answer has a probability below 1, and a relation. */
function decided(mention, decision) {
  const { first } = mention;
  const outcome = outcomeOf(mention, decision);
  const relation = outcome.chosen || outcome.dismissed ? null : (first?.relation ?? null);
  return { ...mention, ...outcome, relation, confidence: outcome.chosen ? 1 : (first?.confidence ?? 1) };
}

const spanOf = ({ start, end }) => `${start}-${end}`;

/** Mentions with the same key are one thing on the map. */
export const keyOf = ({ place, relation }) =>
  !place ? "" : relation ? `${place.id}/${relation.kind}/${relation.lon}/${relation.lat}` : place.id;

/** Whether two decisions, or none, say the same: what was decided singly is not undone by one about all. */
const isSame = (one, other) =>
  one?.answer === other?.answer && one?.place?.id === other?.place?.id && one?.point?.lon === other?.point?.lon && one?.point?.lat === other?.point?.lat;

/** What the machine gave for a mention, as its key. */
const givenBy = (first) => first && keyOf({ place: first, relation: first.relation });

const position = ({ place, relation }) => ({ lon: (relation ?? place).lon, lat: (relation ?? place).lat });

/** The first words of a text, for lists. */
function titleOf(text) {
  const line = text.trim().split("\n", 1)[0].trim();
  return line.length > 60 ? `${line.slice(0, 57).trimEnd()}…` : line;
}
