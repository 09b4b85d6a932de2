/** The card of one mention under review: what it was taken for, what else it may be, and the reviewer's decision. */

import { ask, askFacts, askPlace } from "./api.js";
import { combobox } from "./combobox.js";
import { parseCoordinates } from "./coordinates.js";
import { el, fill } from "./dom.js";
import { number, percent, t } from "./i18n.js";
import { chainOf, kindOf, nameOf, suggestionOf, unitsOf } from "./words.js";

const LEAST = 0.01; // a candidate less likely than this is noise

export class Desk {
  #card;
  #calls;
  #alike = true;
  #options = [];

  /**
   * @param {HTMLElement} card
   * @param {Object} calls `decide(decision, { alike, stay })` (with `stay`, the mention stays chosen), `annotate(note)`, `close()`, `move(step)`, `pickPoint()` (a
   *   promise of `{ lat, lon }` or null), `onTrouble(error)`
   */
  constructor(card, calls) {
    this.#card = card;
    this.#calls = calls;
  }

  /** The candidates by their number on the card, the machine's own first. */
  get options() {
    return this.#options;
  }

  get alike() {
    return this.#alike;
  }

  /** Show a mention; `facts` and `units` are the service's. */
  show(reading, at, facts, units) {
    const mention = reading.mentions[at];
    const count = reading.alike(at).length;
    this.#options = candidatesOf(mention);
    const taken = mention.dismissed ? "" : mention.place?.id;
    this.#card.hidden = false;
    fill(
      this.#card,
      this.#head(mention),
      mention.relation ? el("p", { class: "relation" }, t("read.relation", { words: mention.relation.words, km: mention.relation.radius_km })) : null,
      el("fieldset", { class: "options" },
        el("legend", {}, t("read.which")),
        ...this.#options.map((place, rank) => this.#option(place, rank, place.id === taken, facts, units)),
        this.#option(null, null, mention.dismissed === true, facts, units)),
      this.#search(),
      el("div", { class: "actions" },
        mention.first ? el("button", { type: "button", class: "primary", "data-act": "accept", onclick: () => this.#decide({ answer: "accepted" }) }, t("desk.accept")) : null,
        el("button", { type: "button", "data-act": "point", onclick: () => this.setPoint() }, t("desk.point")),
        mention.state === "open" ? null : el("button", { type: "button", "data-act": "reopen", onclick: () => this.#decide(null) }, t(mention.isAdded ? "desk.remove" : "desk.reopen"))),
      count > 1 ? this.#scope(count) : null,
      this.#note(mention),
    );
  }

  /** Choose the candidate with this number (counted from 1); false where there is none. */
  async choose(rank) {
    const place = this.#options[rank - 1];
    if (!place) return false;
    await this.#choosePlace(place);
    return true;
  }

  focusSearch() {
    this.#card.querySelector("#desk-query")?.focus();
  }

  toggleAlike() {
    const box = this.#card.querySelector("#desk-alike");
    if (!box) return;
    box.checked = !box.checked;
    this.#alike = box.checked;
  }

  /** Let the reviewer set a point on the map. */
  async setPoint() {
    const point = await this.#calls.pickPoint();
    if (point) this.#decide({ answer: "point", point });
  }

  focusChoice() {
    this.#card.querySelector("input:checked")?.focus();
  }

  /** The card goes, and its fields with it: another view may have a card of its own. */
  hide() {
    this.#card.hidden = true;
    fill(this.#card);
  }

  #head(mention) {
    return el("div", { class: "mention-head" },
      el("h3", {}, el("bdi", {}, mention.text), " ", el("span", { class: `state is-${mention.state}` }, t(`state.${mention.state}`))),
      el("span", { class: "mention-steps" },
        el("button", { type: "button", class: "switch", "data-act": "previous", "aria-label": t("desk.previous"), onclick: () => this.#calls.move(-1) }, "↑"),
        el("button", { type: "button", class: "switch", "data-act": "next", "aria-label": t("desk.next"), onclick: () => this.#calls.move(1) }, "↓"),
        el("button", { type: "button", class: "close", "aria-label": t("read.close"), onclick: () => this.#calls.close() }, "×")));
  }

  #option(place, rank, checked, facts, units) {
    // The arrow keys walk through the options, so that choosing one must not lead on to the next mention.
    const choose = () => (place ? this.#choosePlace(place, { stay: true }) : this.#decide({ answer: "none" }, { stay: true }));
    const radio = el("input", { type: "radio", name: "which-place", checked, onchange: choose });
    if (!place) return el("label", { class: "option" }, radio, el("span", { class: "option-name" }, t("read.no-place")), el("kbd", {}, "X"));
    const chain = chainOf(place.admin ?? unitsOf(units, place.admin_pcode));
    return el("label", { class: "option" }, radio,
      el("span", { class: "option-name", dir: "auto" }, nameOf(place)),
      el("span", { class: "score" }, place.confidence === undefined ? null : percent(place.confidence), rank < 9 ? el("kbd", {}, number(rank + 1)) : null),
      el("span", { class: "option-meta" }, kindOf(facts, place.kind), chain ? " · " : "", chain,
        place.together?.length ? ` · ${t("desk.same-spot", { kinds: place.together.map((kind) => kindOf(facts, kind)).join(t("list.separator")) })}` : ""));
  }

  /** The whole gazetteer, and any coordinates, as an answer. */
  #search() {
    const input = el("input", {
      id: "desk-query", type: "text", maxlength: "300", dir: "auto", autocomplete: "off", spellcheck: "false",
      role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": "desk-suggestions",
      placeholder: t("desk.search-placeholder"),
    });
    const list = el("ul", { id: "desk-suggestions", role: "listbox", class: "suggestions", "aria-label": t("find.suggestions"), hidden: true });
    combobox(input, list, {
      suggest: async (text, signal) => {
        const point = parseCoordinates(text);
        if (point) return [{ point, text }];
        const [answer, facts] = await Promise.all([ask("suggest", { q: text, limit: 8 }, { signal }), askFacts()]);
        return answer.suggestions.map((item) => ({ ...item, kind_name: kindOf(facts, item.kind) }));
      },
      render: (item) => (item.point ? [el("span", {}, t("desk.this-point")), el("bdi", { dir: "ltr", class: "code" }, item.text)] : suggestionOf(item)),
      onTake: (item) => (item.point ? this.#decide({ answer: "point", point: item.point }) : this.#choosePlace(item)),
      onTrouble: this.#calls.onTrouble,
      takesFirst: true,
    });
    return el("div", { class: "field desk-search" }, el("label", { for: "desk-query", class: "only-heard" }, t("desk.search")), input, list);
  }

  #decide(decision, { stay = false } = {}) {
    this.#calls.decide(decision, { alike: this.#alike, stay });
  }

  async #choosePlace(place, how) {
    try {
      const whole = place.admin ? place : (await askPlace(place.id)).properties;
      this.#decide({ answer: "place", place: slim(whole) }, how);
    } catch (error) {
      this.#calls.onTrouble(error);
    }
  }

  #scope(count) {
    const box = el("input", { type: "checkbox", id: "desk-alike", checked: this.#alike, onchange: () => (this.#alike = box.checked) });
    return el("label", { class: "scope", for: "desk-alike" }, box, " ", t("desk.alike", { count }));
  }

  #note(mention) {
    const input = el("input", { id: "desk-note", type: "text", maxlength: "1000", dir: "auto", value: mention.note, onchange: () => this.#calls.annotate(input.value.trim()),
      onkeydown: ({ key }) => key === "Enter" && input.blur() });
    return el("div", { class: "desk-note" }, el("label", { for: "desk-note" }, t("desk.note")), input);
  }
}

/**
 * What a mention may mean, likeliest first. Candidates of one spot (a town and its sub-district) are one choice, with
 * their shares together; what is less likely than a hundredth is left out, but for what is chosen.
 */
export function candidatesOf(mention) {
  const listed = [...(mention.first ? [{ ...mention.first }] : []), ...mention.alternatives];
  const spots = [];
  for (const place of listed.filter(({ confidence }, rank) => !rank || (confidence ?? 1) >= LEAST)) {
    const same = spots.find((other) => Math.abs(other.lon - place.lon) < 0.02 && Math.abs(other.lat - place.lat) < 0.02 && nameOf(other) === nameOf(place));
    if (!same) spots.push({ ...place, together: [] });
    else {
      same.together.push(place.kind);
      if (same.confidence !== undefined) same.confidence = Math.min(1, same.confidence + (place.confidence ?? 0));
    }
  }
  const chosen = mention.chosen && mention.place;
  if (chosen && !spots.some(({ id }) => id === chosen.id)) spots.push({ ...chosen, confidence: undefined });
  return spots;
}

/** Of a place, what a decision keeps. */
const slim = ({ id, name_ar, name_en, kind, pcode, lon, lat, admin, admin_pcode }) => ({ id, name_ar, name_en, kind, pcode, lon, lat, admin, admin_pcode });
