/** The doubtful names of a table and what a reviewer decided about them, each name of the same units once. */

import { csv } from "./exports.js";
import { outcomeOf, Review } from "./review.js";

/** In the form that the desk reviews: see `Reading`, whose mentions these names stand for. */
export class TableReview extends Review {
  #entries;

  /**
   * @param {Array} entries the member `review` of the service's answer, the most doubtful first
   * @param {Array} decisions made before, as `entries` gave them; also of names that are doubtful no more
   */
  constructor(entries, decisions = []) {
    super(decisions);
    this.#entries = entries;
  }

  readMentions(decisions) {
    return this.#entries.map((entry) => {
      const mention = mentionOf(entry);
      return { ...mention, ...outcomeOf(mention, decisions.of(keyOf(entry))) };
    });
  }

  /** A name stands for itself alone: the same name in other units may be another place. */
  alike(at) {
    return [this.mentions[at]];
  }

  decide(at, decision) {
    const key = keyOf(this.#entries[at]);
    const place = decision?.answer === "accepted" ? this.mentions[at].first : decision?.place; // later data may guess another
    this.change([[key, decision ? { note: this.decisionOf(key)?.note, ...decision, place } : undefined]]);
    return 1;
  }

  annotate(at, note) {
    this.noteAt(keyOf(this.#entries[at]), note, "open");
  }

  /** The decisions as the file that `buldan geocode --decisions` reads, with the notes beside them. */
  toCsv() {
    const rows = this.entries.map(([key, decision]) => ({ ...nameOf(key), decision: written(decision), note: decision.note }));
    return csv(["name", "within", "decision", "note"], rows.filter(({ decision }) => decision));
  }

  findAt(key) {
    const at = this.#entries.findIndex((entry) => keyOf(entry) === key);
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

/** A decision as a cell; empty where there is only a note. */
function written({ answer, place, point }) {
  if (answer === "none") return "none";
  if (answer === "point") return `${point.lat.toFixed(5)}, ${point.lon.toFixed(5)}`;
  return place?.id ?? "";
}
