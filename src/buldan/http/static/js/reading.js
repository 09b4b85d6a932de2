/** A text with its mentions and what the person corrected in them. Values only; nothing is drawn here. */

/** One reading of a text. Offsets are UTF-16, as the browser counts. */
export class Reading {
  #features;
  #choices;

  /**
   * @param {string} text
   * @param {Object} collection the answer of the service
   * @param {Map} choices what was chosen for a name before: a place, or null for "no place"
   */
  constructor(text, collection, choices) {
    this.text = text;
    this.head = collection;
    this.#features = collection.features.filter(({ properties }) => properties.id);
    this.#choices = choices;
  }

  /** The mentions as they stand after corrections; those said to be no places have `dismissed`. */
  get mentions() {
    return this.#features.map(({ properties: p }, at) => {
      const chosen = this.#choices.get(p.text);
      const own = chosen === undefined || chosen?.id === p.id;
      const mention = { at, start: p.start, end: p.end, text: p.text, alternatives: p.alternatives, first: p };
      if (chosen === null) return { ...mention, place: p, confidence: p.confidence, relation: null, dismissed: true };
      if (own) return { ...mention, place: p, confidence: chosen ? 1 : p.confidence, relation: p.relation, chosen: Boolean(chosen) };
      return { ...mention, place: chosen, confidence: 1, relation: null, chosen: true };
    });
  }

  /** Those that name places. */
  get kept() {
    return this.mentions.filter(({ dismissed }) => !dismissed);
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

  /** Choose a place (or null: none) for every mention of a name; how many there are. */
  choose(name, place) {
    const first = this.#features.find(({ properties }) => properties.text === name);
    if (place && first && place.id === first.properties.id && this.#features.every(({ properties: p }) => p.text !== name || p.id === place.id)) {
      this.#choices.delete(name);
    } else this.#choices.set(name, place);
    return this.#features.filter(({ properties }) => properties.text === name).length;
  }
}

/** Mentions with the same key are one thing on the map. */
export const keyOf = ({ place, relation }) =>
  relation ? `${place.id}/${relation.kind}/${relation.lon}/${relation.lat}` : place.id;

const position = ({ place, relation }) => ({ lon: (relation ?? place).lon, lat: (relation ?? place).lat });
