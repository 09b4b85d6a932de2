/** Read: a text with its places marked, on the map too, and open to correction. */

import { askFacts, askPlace, askUnits, post, Trouble } from "./api.js";
import { alertUser, byId, el, fill, say } from "./dom.js";
import { saveMentions } from "./exports.js";
import { readTextFile } from "./files.js";
import { language, number, percent, t } from "./i18n.js";
import { keyOf, Reading } from "./reading.js";
import { certaintyOf, chainOf, kindOf, nameOf, otherLanguage, otherNameOf, unitsOf } from "./words.js";

const MANY = 200_000; // characters from which a paste is looked at first
const LONG = 20_000; // characters of a paragraph from which it is cut, for browsers lay out very long ones slowly

export class Read {
  #map;
  #go;
  #reading = null;
  #choices = new Map();
  #chosen = null;
  #facts = null;
  #units = null;
  #busy = false;

  constructor(map, go) {
    this.#map = map;
    this.#go = go;
    byId("read-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#read();
    });
    byId("read-open").addEventListener("click", () => byId("read-file").click());
    byId("read-file").addEventListener("change", ({ target }) => {
      if (target.files[0]) this.#open(target.files[0]);
      target.value = "";
    });
    byId("read-example").addEventListener("click", () => {
      byId("read-text").value = t("read.example-text");
      this.#read();
    });
    byId("read-text").addEventListener("paste", (event) => this.#onPaste(event));
    byId("read-text").addEventListener("input", ({ target }) => setWrap(target));
    this.#acceptDrops(byId("view-read"));
  }

  again() {
    /* the texts are said again by `show` */
  }

  async show(_, { changed = false } = {}) {
    alertUser("");
    if (this.#reading) this.#render({ fit: changed });
    else if (changed) this.#map.showAll();
  }

  #acceptDrops(target) {
    target.addEventListener("dragover", (event) => {
      event.preventDefault();
      target.classList.add("is-dropping");
    });
    target.addEventListener("dragleave", () => target.classList.remove("is-dropping"));
    target.addEventListener("drop", (event) => {
      event.preventDefault();
      target.classList.remove("is-dropping");
      const [file] = event.dataTransfer.files;
      if (file) this.#open(file);
    });
  }

  /** A text too large to send is not let in: a browser may stand still for minutes over it. */
  async #onPaste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length < MANY) return;
    event.preventDefault();
    if (await this.#refuses(text)) return;
    const area = event.target;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    setWrap(area);
  }

  /** Whether a text is larger than the service reads; says so. */
  async #refuses(text) {
    try {
      const { max_body_bytes: most } = await askFacts();
      const size = new TextEncoder().encode(JSON.stringify(text)).length + 200;
      if (size > most) throw new Trouble("text-too-large", { size: size / 1e6, most: most / 1e6 });
      return false;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
      return true;
    }
  }

  async #open(file) {
    if (!/\.(txt|html?)$/i.test(file.name) && !/^text\/(plain|html)/.test(file.type)) {
      return alertUser(t("read.wrong-file", { name: file.name }));
    }
    const { text, charset } = await readTextFile(file);
    if (await this.#refuses(text)) return;
    this.#edit();
    byId("read-text").value = text;
    setWrap(byId("read-text"));
    alertUser(charset === "windows-1256" ? t("read.charset", { charset }) : "");
    await this.#read({ keepAlert: true });
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
      if (await this.#refuses(text)) return;
      const answer = await post("geoparse", { text, offsets: "utf16", lang: language() });
      this.#reading = new Reading(text, await answer.json(), this.#choices);
      this.#chosen = null;
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
      kept.length ? this.#key() : null,
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
    const things = this.#reading.things.map((thing) => ({ ...thing, label: this.#labelOf(thing), short: thing.relation ? `${thing.relation.words} ${nameOf(thing.place)}` : nameOf(thing.place) }));
    this.#map.showMentioned(things, {
      onChoose: (key) => {
        const mention = this.#reading.kept.find((one) => keyOf(one) === key);
        this.#choose(mention.at);
      },
      onHover: (key, on) => this.#mark(key, on),
    });
  }

  #labelOf({ place, relation }) {
    return relation ? `${relation.words} ${nameOf(place)} · ${t("read.radius", { km: relation.radius_km })}` : nameOf(place);
  }

  /** The text as it is, with its mentions marked: a block a paragraph, a `mark` a mention, the text untouched. */
  #marked() {
    const { text, mentions } = this.#reading;
    const blocks = [];
    let next = 0;
    for (const [start, end] of paragraphsOf(text, mentions)) {
      const block = el("div", { class: "paragraph", dir: "auto" });
      let at = start;
      for (; next < mentions.length && mentions[next].start < end; next += 1) {
        block.append(text.slice(at, mentions[next].start), this.#mention(mentions[next]));
        at = mentions[next].end;
      }
      block.append(text.slice(at, end));
      blocks.push(block);
    }
    return blocks;
  }

  #mention(mention) {
    const certainty = mention.dismissed ? "dismissed" : mention.chosen ? "chosen" : certaintyOf(mention.confidence);
    const label = mention.dismissed ? t("read.dismissed") : `${nameOf(mention.place)}, ${t(`certainty.${certainty}`)}`;
    const hover = (on) => () => {
      this.#mark(keyOf(mention), on);
      this.#map.mark(keyOf(mention), on);
    };
    const choose = () => this.#choose(mention.at);
    return el("mark", {
      class: `mention is-${certainty}${mention.relation ? " is-relative" : ""}`,
      role: "button", tabindex: "0", "data-at": mention.at, "data-key": keyOf(mention),
      "data-start": mention.start, "data-end": mention.end, "data-place": mention.dismissed ? null : mention.place.id,
      title: label,
      onclick: choose, onmouseenter: hover(true), onmouseleave: hover(false), onfocus: hover(true), onblur: hover(false),
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      },
    }, this.#reading.text.slice(mention.start, mention.end));
  }

  #mark(key, on) {
    for (const node of document.querySelectorAll(`mark[data-key="${CSS.escape(key)}"]`)) node.classList.toggle("is-hot", on);
  }

  #key() {
    return el("ul", { class: "key", "aria-label": t("read.key") }, ...["sure", "likely", "doubtful", "chosen"].map((certainty) =>
      el("li", {}, el("span", { class: `swatch is-${certainty}`, "aria-hidden": "true" }), t(`certainty.${certainty}`))));
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
          el("span", { class: "place-name", dir: "auto" }, thing.relation ? `${thing.relation.words} ${nameOf(thing.place)}` : nameOf(thing.place)),
          otherNameOf(thing.place) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(thing.place)) : null,
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

/** Very long lines are not wrapped while they are edited: wrapping them can take a browser minutes. */
function setWrap(area) {
  const long = area.value.length > LONG && area.value.split("\n").some((line) => line.length > LONG);
  area.classList.toggle("is-unwrapped", long);
}
