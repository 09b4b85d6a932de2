/** Read: texts with their places marked, on the map too, and a desk to review every mention. */

import { askFacts, askUnits, post, Trouble } from "./api.js";
import { Desk } from "./desk.js";
import { Documents } from "./documents.js";
import { alertUser, byId, el, fill, offerFile, say } from "./dom.js";
import { FORMATS, saveMentions } from "./exports.js";
import { language, number, percent, t } from "./i18n.js";
import { putText, refuses, takeTexts } from "./intake.js";
import { keyToColours, markedText } from "./marked.js";
import { outlinesOf } from "./outlines.js";
import { keyOf, Reading } from "./reading.js";
import { hearShortcuts } from "./shortcuts.js";
import { certaintyOf, nameOf, otherLanguage, otherNameOf } from "./words.js";

const WIDE = new Set(["country", "governorate", "district", "sub-district", "region", "desert"]);

export class Read {
  #map;
  #documents = new Documents();
  #restored;
  #desk;
  #chosen = null;
  #facts = null;
  #units = null;
  #busy = false;
  #here = false;

  constructor(map) {
    this.#map = map;
    this.#restored = this.#documents.restore();
    byId("read-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#readField();
    });
    takeTexts(byId("read-text"), byId("view-read"), {
      onTexts: (texts) => this.#readFiles(texts),
      onWork: async (works) => {
        await this.#documents.take(works);
        if (await this.#prepare()) this.#open(this.#documents.shown);
      },
    });
    byId("read-example").addEventListener("click", () => {
      byId("read-text").value = t("read.example-text");
      this.#readField();
    });
    this.#desk = new Desk(byId("mention-card"), {
      decide: (decision, how) => this.#decide(decision, how),
      annotate: (note) => this.#annotate(note),
      close: () => this.#closeCard(),
      move: (step) => this.#move(step),
      pickPoint: () => this.#pickPoint(),
      onTrouble: (error) => alertUser(error.words ?? t("trouble.fault")),
    });
    this.#hearKeys();
    document.addEventListener("selectionchange", () => this.#offerToAdd());
  }

  again() {
    /* the texts are said again by `show` */
  }

  /** Another view takes the map. */
  leave() {
    this.#here = false;
    this.#desk.hide();
  }

  async show(_, { changed = false } = {}) {
    this.#here = true;
    alertUser("");
    await this.#restored;
    if (this.#reading) {
      if (await this.#prepare()) this.#render({ fit: changed });
    } else {
      this.#listDocuments();
      if (changed) this.#map.showAll();
    }
  }

  get #reading() {
    return this.#documents.shown;
  }

  /** Facts and units, which cards need; false, and said, where they cannot be had. */
  async #prepare() {
    try {
      [this.#facts, this.#units] = await Promise.all([askFacts(), askUnits()]);
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
      return false;
    }
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
      if (!(await this.#prepare())) return;
      let done = 0;
      for (const { text, title } of texts) {
        if (await refuses(text)) return;
        const answer = await post("geoparse", { text, offsets: "utf16", lang: language() });
        await this.#documents.add(new Reading(text, await answer.json(), { title }));
        done += 1;
        if (texts.length > 1) say(t("read.reading", { done, count: texts.length }));
      }
      this.#open(this.#reading);
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
    this.#chosen = null;
    this.#desk.hide();
    if (!reading || !this.#here) return;
    this.#documents.show(reading.id);
    this.#render({ fit: true });
    byId("read-summary")?.focus();
  }

  /** Back to the field, with the text of the document that was shown. */
  #edit({ empty = false } = {}) {
    putText(byId("read-text"), empty ? "" : this.#reading?.text ?? "");
    this.#documents.hide();
    this.#chosen = null;
    this.#desk.hide();
    this.#map.clear();
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
    const shown = reading === this.#reading;
    return el("li", { class: shown ? "is-open" : null },
      el("button", { type: "button", class: "place-head", "aria-current": shown ? "true" : null, onclick: async () => (await this.#prepare()) && this.#open(reading) },
        el("span", { class: "place-name", dir: "auto" }, reading.title),
        el("span", { class: "place-kind" }, t("read.progress", { reviewed, all }))),
      el("button", { type: "button", class: "close", "aria-label": t("read.drop", { title: reading.title }), onclick: async () => {
        await this.#documents.drop(reading.id);
        if (shown) this.#edit({ empty: true });
        else this.#listDocuments();
      } }, "×"));
  }

  #render({ fit = false } = {}) {
    const reading = this.#reading;
    const { kept, things, progress } = reading;
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
      reading.mentions.length ? this.#toolbar(progress) : null,
      kept.length ? keyToColours(kept) : null);
    fill(byId("read-marked"), ...this.#marked());
    fill(byId("read-after"),
      reading.mentions.length ? this.#list() : null,
      reading.corrections.length ? this.#corrections() : null,
      reading.mentions.length ? this.#exports() : null);
    this.#listDocuments();
    say(summary);
    this.#draw();
    if (fit) this.#frame();
    if (this.#chosen !== null) this.#showCard();
  }

  /** The map shows what is local; units and regions alone frame it only where there is nothing else. */
  #frame() {
    const { things } = this.#reading;
    const local = things.filter(({ place }) => !WIDE.has(place.kind));
    this.#map.fit(local.length ? local : things.filter(({ place }) => place.kind !== "country"));
  }

  #toolbar({ all, reviewed }) {
    return el("div", { class: "desk-bar", role: "group", "aria-label": t("desk.title") },
      el("progress", { max: all, value: reviewed, "aria-label": t("desk.progress") }),
      el("span", { id: "desk-progress" }, t("read.progress", { reviewed, all })),
      el("button", { type: "button", id: "desk-start", onclick: () => this.#chooseNextOpen(this.#chosen ?? -1) }, t("desk.next-open")),
      el("button", { type: "button", id: "desk-undo", disabled: !this.#reading.canUndo, onclick: () => this.#undo() }, t("desk.undo")),
      el("button", { type: "button", id: "desk-redo", disabled: !this.#reading.canRedo, onclick: () => this.#redo() }, t("desk.redo")),
      el("details", { class: "keys" }, el("summary", {}, t("desk.keys")), el("p", {}, t("desk.keys-list"))),
      el("p", { class: "note" }, t("read.confidence-note")));
  }

  /** Things on the map: units by their outlines, which come a moment later, all else by points and areas. */
  async #draw() {
    const reading = this.#reading;
    this.#drawWith(new Map());
    const outlines = await outlinesOf(reading.things.filter(({ relation }) => !relation).map(({ place }) => place));
    if (outlines.size && this.#here && reading === this.#reading) this.#drawWith(outlines);
  }

  #drawWith(outlines) {
    const things = this.#reading.things.map((thing) => ({
      ...thing,
      area: thing.area ?? outlines.get(thing.place.id),
      label: this.#labelOf(thing),
      short: this.#nameOf(thing),
    }));
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

  // Reviewing

  #choose(at) {
    this.#chosen = at;
    document.querySelectorAll("mark.is-chosen-now").forEach((node) => node.classList.remove("is-chosen-now"));
    const node = document.querySelector(`mark[data-at="${at}"]`);
    node.classList.add("is-chosen-now");
    node.focus({ preventScroll: true });
    this.#showCard();
    node.scrollIntoView({ block: "nearest" }); // its margin keeps it clear of the card
    const mention = this.#reading.mentions[at];
    if (mention.relation) this.#map.fitArea(mention.relation.area);
    else if (!mention.dismissed) this.#map.goTo(mention.place, 9);
  }

  #showCard() {
    this.#desk.show(this.#reading, this.#chosen, this.#facts, this.#units);
  }

  #move(step) {
    const { mentions } = this.#reading;
    if (!mentions.length) return;
    const from = this.#chosen ?? (step > 0 ? -1 : 0);
    this.#choose((from + step + mentions.length) % mentions.length);
  }

  #chooseNextOpen(from) {
    const next = this.#reading.nextOpen(from);
    if (next !== null) return this.#choose(next);
    this.#closeCard();
    say(t("desk.all-done"));
    return undefined;
  }

  /** A decision about the chosen mention; then, unless it is to stay chosen, the next open one is shown. */
  #decide(decision, { alike, stay = false }) {
    const at = this.#chosen;
    if (at === null) return;
    const { text } = this.#reading.mentions[at];
    const count = this.#reading.decide(at, decision, { alike });
    this.#keep();
    if (decision && !stay) this.#chooseNextOpen(at);
    else this.#choose(Math.min(at, this.#reading.mentions.length - 1));
    if (stay) this.#desk.focusChoice();
    say(t("read.corrected", { count, name: text }));
  }

  #annotate(note) {
    if (this.#chosen === null) return;
    this.#reading.annotate(this.#chosen, note);
    this.#keep();
  }

  #undo() {
    this.#showAgain(this.#reading.undo(), "desk.undone");
  }

  #redo() {
    this.#showAgain(this.#reading.redo(), "desk.redone");
  }

  #showAgain(at, words) {
    if (at === null) return;
    this.#keep();
    this.#choose(at);
    say(t(words));
  }

  /** Keep the work and show it as it now stands. */
  #keep() {
    const results = byId("read-results");
    results.dataset.kept = "false";
    this.#documents.keep(this.#reading).then(() => (results.dataset.kept = "true"));
    this.#chosen = null;
    this.#render();
  }

  async #pickPoint() {
    say(t("desk.pick"));
    alertUser(t("desk.pick"));
    const point = await this.#map.pickPoint();
    alertUser("");
    return point;
  }

  #closeCard() {
    const at = this.#chosen;
    this.#chosen = null;
    this.#desk.hide();
    document.querySelectorAll("mark.is-chosen-now").forEach((node) => node.classList.remove("is-chosen-now"));
    document.querySelector(`mark[data-at="${at}"]`)?.focus();
  }

  #hearKeys() {
    const decide = (decision) => this.#decide(decision, { alike: this.#desk.alike });
    hearShortcuts(byId("read-results"), {
      next: () => this.#move(1),
      previous: () => this.#move(-1),
      accept: () => this.#chosen !== null && this.#reading.mentions[this.#chosen].first && decide({ answer: "accepted" }),
      reject: () => decide({ answer: "none" }),
      search: () => this.#desk.focusSearch(),
      point: () => this.#chosen !== null && this.#desk.setPoint(),
      alike: () => this.#desk.toggleAlike(),
      note: () => byId("desk-note")?.focus(),
      undo: () => this.#undo(),
      redo: () => this.#redo(),
      close: () => this.#closeCard(),
      choose: (rank) => this.#chosen !== null && this.#desk.choose(rank),
    });
  }

  // Adding what the machine missed

  /** Where a stretch of the text without a mention is selected, a button offers to add it. */
  #offerToAdd() {
    const button = byId("add-mention");
    const span = this.#here && this.#reading ? selectedSpan(byId("read-marked")) : null;
    const words = span && this.#reading.text.slice(...span).trim();
    const isFree = words && words.length <= 200 && !this.#reading.mentions.some(({ start, end }) => start < span[1] && end > span[0]);
    button.hidden = !isFree;
    if (!isFree) return;
    button.textContent = t("desk.add", { words });
    button.onclick = () => this.#add(span);
  }

  #add([from, to]) {
    const { text } = this.#reading;
    const start = from + text.slice(from, to).search(/\S/);
    const end = start + text.slice(start, to).trimEnd().length;
    const at = this.#reading.add(start, end, { answer: "none" });
    byId("add-mention").hidden = true;
    if (at === null) return;
    this.#keep();
    this.#choose(at);
    this.#desk.focusSearch();
  }

  // What there is, and taking it home

  /** The mentions by name and place, the most doubtful first: where a reviewer's time is best spent. */
  #list() {
    const sorted = [...this.#reading.things].sort((a, b) => a.confidence - b.confidence || b.count - a.count);
    return el("details", { class: "found", open: true },
      el("summary", {}, t("read.list")),
      el("ul", { class: "places" }, ...sorted.map((thing) => el("li", {},
        el("button", { type: "button", class: "place-head", onclick: () => {
          const mention = this.#reading.kept.find((one) => keyOf(one) === thing.key);
          this.#choose(mention.at);
        } },
          el("span", { class: `swatch is-${thing.chosen ? "chosen" : certaintyOf(thing.confidence)}`, "aria-hidden": "true" }),
          el("span", { class: "place-name", dir: "auto" }, this.#nameOf(thing)),
          !thing.relation && otherNameOf(thing.place) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(thing.place)) : null,
          el("span", { class: "place-kind" }, thing.chosen ? t("certainty.chosen") : percent(thing.confidence), ` · × ${number(thing.count)}`))))));
  }

  /** What the reviewer changed, each of which can be undone by itself. */
  #corrections() {
    return el("details", { class: "found" },
      el("summary", {}, t("desk.corrections", { count: this.#reading.corrections.length })),
      el("ul", { class: "places", id: "corrections" }, ...this.#reading.corrections.map((mention) => el("li", { class: "correction" },
        el("button", { type: "button", class: "place-head", onclick: () => this.#choose(mention.at) },
          el("bdi", { class: "place-name" }, mention.text),
          el("span", { class: "place-kind" }, mention.dismissed ? t("read.no-place") : nameOf(mention.place))),
        el("button", { type: "button", class: "close", "aria-label": t("desk.withdraw", { name: mention.text }), onclick: () => {
          this.#reading.decide(mention.at, null);
          this.#keep();
        } }, "↶")))));
  }

  #exports() {
    const formats = FORMATS.filter(({ needs }) => !needs || this.#facts[needs]);
    return el("div", { class: "exports" },
      el("h3", {}, t("read.export")),
      el("div", { class: "actions" }, ...formats.map(({ id, label }) =>
        el("button", { type: "button", "data-format": id, onclick: () => this.#save(id) }, label ?? t(`export.${id}`)))));
  }

  async #save(format) {
    try {
      await saveMentions(format, this.#reading);
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
