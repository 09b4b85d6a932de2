/** Read: texts with their places marked, on the map too, and a desk to review every mention. */

import { post, Trouble } from "./api.js";
import { Documents } from "./documents.js";
import { alertUser, breathe, byId, el, fill, offerFile, say } from "./dom.js";
import { FORMATS, saveMentions } from "./exports.js";
import { language, number, percent, t } from "./i18n.js";
import { putText, refuses, takeTexts } from "./intake.js";
import { keyToColours, MarkedText } from "./marked.js";
import { outlinesOf } from "./outlines.js";
import { keyOf, Reading } from "./reading.js";
import { ReviewView } from "./review_view.js";
import { certaintyOf, nameOf, otherLanguage, otherNameOf } from "./words.js";

const WIDE = new Set(["country", "governorate", "district", "sub-district", "region", "desert"]);

export class Read extends ReviewView {
  #documents = new Documents();
  #restored;
  #busy = false;
  #here = false;
  #marked;

  constructor(map) {
    super(map, { card: "mention-card", results: "read-results", allDone: "desk.all-done" });
    this.#restored = this.#documents.restore();
    this.#marked = new MarkedText(byId("read-marked"), {
      labelOf: (mention) => this.#labelOf(mention),
      onChoose: (at) => this.choose(at),
      onHover: (at, on) => {
        const key = keyOf(this.review.mentions[at]);
        this.#mark(key, on);
        this.map.mark(key, on);
      },
    });
    byId("read-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#readField();
    });
    takeTexts(byId("read-text"), byId("view-read"), {
      onTexts: (texts) => this.#readFiles(texts),
      onWork: async (works) => {
        await this.#documents.take(works);
        if (await this.prepare()) this.#open(this.#documents.shown);
      },
    });
    byId("read-example").addEventListener("click", () => {
      byId("read-text").value = t("read.example-text");
      this.#readField();
    });
    byId("add-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#addWords(byId("add-words").value.trim());
    });
    document.addEventListener("selectionchange", () => this.#offerToAdd());
  }

  /** Another view takes the map. */
  leave() {
    this.#here = false;
    this.desk.hide();
  }

  async show(_, { changed = false } = {}) {
    this.#here = true;
    alertUser("");
    await this.#restored;
    if (this.review) {
      if (await this.prepare()) this.#render({ fit: changed });
    } else {
      this.#listDocuments();
      if (changed) this.map.showAll();
    }
  }

  get review() {
    return this.#documents.shown;
  }

  // Reading texts

  async #readField() {
    const text = byId("read-text").value;
    alertUser("");
    if (!text.trim()) {
      alertUser(t("read.empty"));
      byId("read-text").focus();
      return;
    }
    await this.#readAll([{ text, title: "" }]);
  }

  /** Texts that files brought; one alone is shown in the field too, where it can be edited. */
  async #readFiles(texts) {
    if (texts.length === 1) putText(byId("read-text"), texts[0].text);
    await this.#readAll(texts);
  }

  async #readAll(texts) {
    if (this.#busy) return;
    this.#setBusy(true);
    try {
      if (!(await this.prepare())) return;
      let done = 0;
      for (const { text, title } of texts) {
        if (await refuses(text)) return;
        const answer = await post("geoparse", { text, offsets: "utf16", lang: language() });
        const written = await answer.text();
        await breathe(); // between the large steps, so that keys are heard
        const collection = JSON.parse(written);
        await breathe();
        await this.#documents.add(new Reading(text, collection, { title }), written);
        await breathe();
        done += 1;
        if (texts.length > 1) say(t("read.reading", { done, count: texts.length }));
      }
      this.#open(this.review);
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

  #open(reading) {
    this.chosen = null;
    this.desk.hide();
    if (!reading || !this.#here) return;
    this.#documents.show(reading.id);
    this.#render({ fit: true });
    byId("read-summary")?.focus();
  }

  /** Back to the field, with the text of the document that was shown. */
  #edit({ empty = false } = {}) {
    putText(byId("read-text"), empty ? "" : this.review?.text ?? "");
    this.#documents.hide();
    this.chosen = null;
    this.desk.hide();
    this.map.clear();
    byId("read-results").hidden = true;
    byId("read-form").hidden = false;
    this.#listDocuments();
    byId("read-text").focus();
  }

  // Showing

  #listDocuments() {
    const { readings } = this.#documents;
    const list = byId("read-documents");
    list.hidden = !readings.length;
    fill(list, readings.length ? el("h3", {}, t("read.documents")) : null,
      el("ul", { class: "documents" }, ...readings.map((reading) => this.#documentItem(reading))),
      readings.length ? el("div", { class: "actions" },
        el("button", { type: "button", id: "save-work", onclick: () => offerFile("review.json", this.#documents.toFile(), "application/json") }, t("read.save-work"))) : null);
  }

  #documentItem(reading) {
    const { all, reviewed } = reading.progress;
    const shown = reading === this.review;
    return el("li", { class: shown ? "is-open" : null },
      el("button", { type: "button", class: "place-head", "aria-current": shown ? "true" : null, onclick: async () => (await this.prepare()) && this.#open(reading) },
        el("span", { class: "place-name", dir: "auto" }, reading.title),
        el("span", { class: "place-kind" }, t("read.progress", { reviewed, all }))),
      el("button", { type: "button", class: "close", "aria-label": t("read.drop", { title: reading.title }), onclick: async () => {
        await this.#documents.drop(reading.id);
        if (shown) this.#edit({ empty: true });
        else this.#listDocuments();
      } }, "×"));
  }

  #render({ fit = false } = {}) {
    const reading = this.review;
    const { kept, things } = reading;
    byId("read-form").hidden = true;
    const summary = reading.mentions.length
      ? t("read.found", { count: kept.length, places: t("read.places", { count: things.length }) })
      : t("read.none");
    byId("read-results").hidden = false;
    fill(byId("read-head"),
      el("div", { class: "reading-head" },
        el("h2", { id: "read-summary", tabindex: "-1" }, summary),
        el("span", { class: "actions" },
          el("button", { type: "button", onclick: () => this.#edit() }, t("read.edit")),
          el("button", { type: "button", id: "read-new", onclick: () => this.#edit({ empty: true }) }, t("read.new")))),
      reading.mentions.length ? this.toolbar("desk", "read.progress", "read.confidence-note") : null,
      kept.length ? keyToColours(kept) : null);
    this.#marked.show(reading);
    fill(byId("read-after"),
      reading.mentions.length ? this.#list() : null,
      reading.corrections.length ? this.#corrections() : null,
      reading.mentions.length ? this.#exports() : null);
    this.#listDocuments();
    say(summary);
    this.#draw();
    if (fit) this.#frame();
    if (this.chosen !== null) this.showCard();
  }

  /** The map shows what is local; units and regions alone frame it only where there is nothing else. */
  #frame() {
    const { things } = this.review;
    const local = things.filter(({ place }) => !WIDE.has(place.kind));
    this.map.fit(local.length ? local : things.filter(({ place }) => place.kind !== "country"));
  }

  /** Things on the map: units by their outlines, which come a moment later, all else by points and areas. */
  async #draw() {
    const reading = this.review;
    await breathe();
    if (!this.#here || reading !== this.review) return;
    this.#drawWith(new Map());
    const outlines = await outlinesOf(reading.things.filter(({ relation }) => !relation).map(({ place }) => place));
    if (outlines.size && this.#here && reading === this.review) this.#drawWith(outlines);
  }

  #drawWith(outlines) {
    const things = this.review.things.map((thing) => ({
      ...thing,
      area: thing.area ?? outlines.get(thing.place.id),
      label: this.#labelOf(thing),
      short: this.#nameOf(thing),
    }));
    this.map.showMentioned(things, {
      onChoose: (key) => {
        const mention = this.review.kept.find((one) => keyOf(one) === key);
        this.choose(mention.at);
      },
      onHover: (key, on) => this.#mark(key, on),
    });
  }

  #nameOf(thing) {
    return thing.relation ? this.review.told(thing) : nameOf(thing.place);
  }

  #labelOf(thing) {
    return thing.relation ? `${this.#nameOf(thing)} · ${t("read.radius", { km: thing.relation.radius_km })}` : this.#nameOf(thing);
  }

  #mark(key, on) {
    for (const node of document.querySelectorAll(`mark[data-key="${CSS.escape(key)}"]`)) node.classList.toggle("is-hot", on);
  }

  // Reviewing

  choose(at) {
    this.chosen = at;
    this.#unmark();
    const node = document.querySelector(`mark[data-at="${at}"]`);
    node.classList.add("is-chosen-now");
    node.focus({ preventScroll: true });
    this.showCard();
    node.scrollIntoView({ block: "nearest" }); // its margin keeps it clear of the card
    const mention = this.review.mentions[at];
    if (mention.relation) this.map.fitArea(mention.relation.area);
    else if (!mention.dismissed) this.map.goTo(mention.place, 9);
  }

  /** Keep the work and show it as it now stands. */
  keep() {
    const results = byId("read-results");
    results.dataset.kept = "false";
    this.#documents.keep(this.review).then(() => (results.dataset.kept = "true"));
    this.chosen = null;
    this.#render();
  }

  /** No mention stands out any more. */
  #unmark() {
    document.querySelectorAll("mark.is-chosen-now").forEach((node) => node.classList.remove("is-chosen-now"));
  }

  closeCard() {
    const at = this.chosen;
    this.chosen = null;
    this.desk.hide();
    this.#unmark();
    document.querySelector(`mark[data-at="${at}"]`)?.focus();
  }

  // Adding what the machine missed

  /** Where a stretch of the text without a mention is selected, a button offers to add it. */
  #offerToAdd() {
    const button = byId("add-mention");
    const span = this.#here && this.review ? selectedSpan(byId("read-marked")) : null;
    const words = span && this.review.text.slice(...span).trim();
    const isFree = words && words.length <= 200 && !this.review.mentions.some(({ start, end }) => start < span[1] && end > span[0]);
    button.hidden = !isFree;
    if (!isFree) return;
    button.textContent = t("desk.add", { words });
    button.onclick = () => this.#add(span);
  }

  /** The first stretch of these words that is in no mention yet: for those who cannot select with a pointer. */
  #addWords(words) {
    const { text, mentions } = this.review;
    alertUser("");
    for (let at = words ? text.indexOf(words) : -1; at >= 0; at = text.indexOf(words, at + 1)) {
      if (mentions.some(({ start, end }) => start < at + words.length && end > at)) continue;
      byId("add-words").value = "";
      this.#add([at, at + words.length]);
      return;
    }
    alertUser(t("desk.add-none", { words }));
  }

  #add([from, to]) {
    const { text } = this.review;
    const start = from + text.slice(from, to).search(/\S/);
    const end = start + text.slice(start, to).trimEnd().length;
    const at = this.review.add(start, end, { answer: "none" });
    byId("add-mention").hidden = true;
    if (at === null) return;
    this.keep();
    this.choose(at);
    this.desk.focusSearch();
  }

  // What there is, and taking it home

  /** The mentions by name and place, the most doubtful first: where a reviewer's time is best spent. */
  #list() {
    const sorted = [...this.review.things].sort((a, b) => a.confidence - b.confidence || b.count - a.count);
    return el("details", { class: "found", open: true },
      el("summary", {}, t("read.list")),
      el("ul", { class: "places" }, ...sorted.map((thing) => el("li", {},
        el("button", { type: "button", class: "place-head", onclick: () => {
          const mention = this.review.kept.find((one) => keyOf(one) === thing.key);
          this.choose(mention.at);
        } },
          el("span", { class: `swatch is-${thing.chosen ? "chosen" : certaintyOf(thing.confidence)}`, "aria-hidden": "true" }),
          el("span", { class: "place-name", dir: "auto" }, this.#nameOf(thing)),
          !thing.relation && otherNameOf(thing.place) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(thing.place)) : null,
          el("span", { class: "place-kind" }, thing.chosen ? t("certainty.chosen") : percent(thing.confidence), ` · × ${number(thing.count)}`))))));
  }

  /** What the reviewer changed, each of which can be undone by itself. */
  #corrections() {
    return el("details", { class: "found" },
      el("summary", {}, t("desk.corrections", { count: this.review.corrections.length })),
      el("ul", { class: "places", id: "corrections" }, ...this.review.corrections.map((mention) => el("li", { class: "correction" },
        el("button", { type: "button", class: "place-head", onclick: () => this.choose(mention.at) },
          el("bdi", { class: "place-name" }, mention.text),
          el("span", { class: "place-kind" }, mention.dismissed ? t("read.no-place") : nameOf(mention.place))),
        el("button", { type: "button", class: "close", "aria-label": t("desk.withdraw", { name: mention.text }), onclick: () => {
          this.review.decide(mention.at, null);
          this.keep();
        } }, "↶")))));
  }

  #exports() {
    const formats = FORMATS.filter(({ needs }) => !needs || this.facts[needs]);
    return el("div", { class: "exports" },
      el("h3", {}, t("read.export")),
      el("div", { class: "actions" }, ...formats.map(({ id, label }) =>
        el("button", { type: "button", "data-format": id, onclick: () => this.#save(id) }, label ?? t(`export.${id}`)))));
  }

  async #save(format) {
    try {
      await saveMentions(format, this.review);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
    }
  }
}

/** The selected stretch of the text within `root`, in UTF-16 units of the text; null where nothing in it is selected. */
function selectedSpan(root) {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(range.startContainer, range.startOffset);
  const start = before.toString().length;
  return [start, start + range.toString().length];
}
