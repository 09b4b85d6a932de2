/** Read: a text with its places marked, on the map too, and open to correction. */

import { askFacts, askPlace, askUnits, post, Trouble } from "./api.js";
import { alertUser, byId, el, fill, say } from "./dom.js";
import { saveMentions } from "./exports.js";
import { language, number, percent, t } from "./i18n.js";
import { putText, refuses, takeTexts } from "./intake.js";
import { keyToColours, markedText } from "./marked.js";
import { keyOf, Reading } from "./reading.js";
import { chainOf, kindOf, nameOf, otherLanguage, otherNameOf, unitsOf } from "./words.js";

export class Read {
  #map;
  #go;
  #reading = null;
  #choices = new Map();
  #chosen = null;
  #facts = null;
  #units = null;
  #busy = false;
  #here = false;

  constructor(map, go) {
    this.#map = map;
    this.#go = go;
    byId("read-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#read();
    });
    takeTexts(byId("read-text"), byId("view-read"), { onFile: (text) => {
      this.#edit();
      putText(byId("read-text"), text);
      this.#read({ keepAlert: true });
    } });
    byId("read-example").addEventListener("click", () => {
      byId("read-text").value = t("read.example-text");
      this.#read();
    });
  }

  again() {
    /* the texts are said again by `show` */
  }

  /** Another view takes the map. */
  leave() {
    this.#here = false;
  }

  async show(_, { changed = false } = {}) {
    this.#here = true;
    alertUser("");
    if (this.#reading) this.#render({ fit: changed });
    else if (changed) this.#map.showAll();
  }

  async #read({ keepAlert = false } = {}) {
    const text = byId("read-text").value;
    if (!keepAlert) alertUser("");
    if (!text.trim()) {
      alertUser(t("read.empty"));
      byId("read-text").focus();
      return;
    }
    if (this.#busy) return;
    this.#setBusy(true);
    try {
      [this.#facts, this.#units] = await Promise.all([askFacts(), askUnits()]);
      if (await refuses(text)) return;
      const answer = await post("geoparse", { text, offsets: "utf16", lang: language() });
      this.#reading = new Reading(text, await answer.json(), this.#choices);
      this.#chosen = null;
      if (!this.#here) return;
      this.#render({ fit: true });
      byId("read-results").querySelector("h2")?.focus();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.#busy = busy;
    const button = byId("read-form").querySelector(".primary");
    button.setAttribute("aria-busy", String(busy));
    button.textContent = t(busy ? "read.busy" : "read.go");
  }

  /** Back to the text as it was typed. */
  #edit() {
    this.#reading = null;
    this.#map.clear();
    byId("read-results").hidden = true;
    byId("read-form").hidden = false;
  }

  #render({ fit = false } = {}) {
    const { kept, things } = this.#reading;
    byId("read-form").hidden = true;
    const summary = kept.length
      ? t("read.found", { count: kept.length, places: t("read.places", { count: things.length }) })
      : t("read.none");
    const results = byId("read-results");
    results.hidden = false;
    fill(
      results,
      el("div", { class: "reading-head" },
        el("h2", { tabindex: "-1" }, summary),
        el("button", { type: "button", onclick: () => {
          this.#edit();
          byId("read-text").focus();
        } }, t("read.edit"))),
      kept.length ? keyToColours(kept) : null,
      el("div", { class: "text", id: "read-marked", dir: "auto" }, ...this.#marked()),
      el("div", { id: "mention-card", class: "mention-card", hidden: true }),
      kept.length ? this.#list(things) : null,
      kept.length ? this.#exports() : null,
    );
    say(summary);
    this.#draw();
    if (fit) this.#map.fit(things.filter(({ place }) => place.kind !== "country"));
    if (this.#chosen !== null) this.#showCard();
  }

  #draw() {
    const things = this.#reading.things.map((thing) => ({ ...thing, label: this.#labelOf(thing), short: this.#nameOf(thing) }));
    this.#map.showMentioned(things, {
      onChoose: (key) => {
        const mention = this.#reading.kept.find((one) => keyOf(one) === key);
        this.#choose(mention.at);
      },
      onHover: (key, on) => this.#mark(key, on),
    });
  }

  #nameOf(thing) {
    return thing.relation ? this.#reading.told(thing) : nameOf(thing.place);
  }

  #labelOf(thing) {
    return thing.relation ? `${this.#nameOf(thing)} · ${t("read.radius", { km: thing.relation.radius_km })}` : this.#nameOf(thing);
  }

  #marked() {
    return markedText(this.#reading, {
      labelOf: (mention) => this.#labelOf(mention),
      onChoose: ({ at }) => this.#choose(at),
      onHover: (mention, on) => {
        this.#mark(keyOf(mention), on);
        this.#map.mark(keyOf(mention), on);
      },
    });
  }

  #mark(key, on) {
    for (const node of document.querySelectorAll(`mark[data-key="${CSS.escape(key)}"]`)) node.classList.toggle("is-hot", on);
  }

  #choose(at) {
    this.#chosen = at;
    document.querySelectorAll("mark.is-chosen-now").forEach((node) => node.classList.remove("is-chosen-now"));
    const node = document.querySelector(`mark[data-at="${at}"]`);
    node.classList.add("is-chosen-now");
    this.#showCard();
    node.scrollIntoView({ block: "nearest" }); // its margin keeps it clear of the card
    const mention = this.#reading.mentions[at];
    if (mention.relation) this.#map.fitArea(mention.relation.area);
    else if (!mention.dismissed) this.#map.goTo(mention.place, 9);
  }

  /** What the mention was taken for, and what else it may be. */
  #showCard() {
    const mention = this.#reading.mentions[this.#chosen];
    const card = byId("mention-card");
    const places = [{ ...mention.first }, ...mention.alternatives];
    if (mention.chosen && !places.some(({ id }) => id === mention.place.id)) places.push({ ...mention.place, confidence: undefined });
    const taken = mention.dismissed ? "" : mention.place.id;
    card.hidden = false;
    fill(
      card,
      el("div", { class: "mention-head" },
        el("h3", {}, el("bdi", {}, mention.text)),
        el("button", { type: "button", class: "close", "aria-label": t("read.close"), onclick: () => this.#closeCard() }, "×")),
      mention.relation ? el("p", { class: "relation" }, t("read.relation", { words: mention.relation.words, km: mention.relation.radius_km })) : null,
      el("fieldset", {},
        el("legend", {}, t("read.which")),
        ...places.map((place) => this.#option(mention, place, place.id === taken)),
        this.#option(mention, null, mention.dismissed === true)),
      el("p", { class: "note" }, t("read.all-alike", { count: this.#reading.mentions.filter(({ text }) => text === mention.text).length })),
    );
  }

  #option(mention, place, checked) {
    const radio = el("input", { type: "radio", name: "which-place", checked, onchange: () => this.#correct(mention, place) });
    if (!place) return el("label", { class: "option" }, radio, el("span", { class: "option-name" }, t("read.no-place")));
    const chain = chainOf(place.admin ?? unitsOf(this.#units, place.admin_pcode));
    return el("label", { class: "option" }, radio,
      el("span", { class: "option-name", dir: "auto" }, nameOf(place)),
      place.confidence === undefined ? null : el("span", { class: "score" }, percent(place.confidence)),
      el("span", { class: "option-meta" }, kindOf(this.#facts, place.kind), chain ? " · " : "", chain));
  }

  async #correct(mention, place) {
    try {
      const whole = place && !place.admin ? (await askPlace(place.id)).properties : place;
      const count = this.#reading.choose(mention.text, whole);
      this.#render();
      byId("mention-card").querySelector("input:checked")?.focus();
      say(t("read.corrected", { count, name: mention.text }));
      if (whole) this.#map.goTo(whole, 9);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.#showCard();
      alertUser(error.words);
    }
  }

  #closeCard() {
    const at = this.#chosen;
    this.#chosen = null;
    byId("mention-card").hidden = true;
    document.querySelectorAll("mark.is-chosen-now").forEach((node) => node.classList.remove("is-chosen-now"));
    document.querySelector(`mark[data-at="${at}"]`)?.focus();
  }

  #list(things) {
    const sorted = [...things].sort((a, b) => b.count - a.count || b.confidence - a.confidence);
    return el("details", { class: "found" },
      el("summary", {}, t("read.list")),
      el("ul", { class: "places" }, ...sorted.map((thing) => el("li", {},
        el("button", { type: "button", class: "place-head", onclick: () => {
          const mention = this.#reading.kept.find((one) => keyOf(one) === thing.key);
          this.#choose(mention.at);
        } },
          el("span", { class: "place-name", dir: "auto" }, this.#nameOf(thing)),
          !thing.relation && otherNameOf(thing.place) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(thing.place)) : null,
          el("span", { class: "place-kind" }, `× ${number(thing.count)}`))))));
  }

  #exports() {
    const formats = [["geojson", "GeoJSON"], ["csv", "CSV"], ...(this.#facts.geopackage ? [["gpkg", "GeoPackage"]] : [])];
    return el("div", { class: "exports" },
      el("h3", {}, t("read.export")),
      el("div", { class: "actions" }, ...formats.map(([format, label]) =>
        el("button", { type: "button", "data-format": format, onclick: () => this.#save(format) }, label))));
  }

  async #save(format) {
    try {
      await saveMentions(format, this.#reading.text, this.#reading.kept, this.#reading.head);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
    }
  }
}
