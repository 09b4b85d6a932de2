/** Tables: a file of names, what it was taken for, a place for every row, the doubtful names reviewed, and files to take home. */

import { askFacts, askUnits, postFiles, Trouble } from "./api.js";
import { Desk, candidatesOf } from "./desk.js";
import { alertUser, breathe, byId, el, fill, offerFile, say } from "./dom.js";
import { language, number, t } from "./i18n.js";
import { acceptDrops } from "./intake.js";
import { hearShortcuts } from "./shortcuts.js";
import { choiceOf, columnChoices } from "./table_columns.js";
import { TableReview } from "./table_review.js";
import { dropTable, keepTable, readTable } from "./works.js";
import { nameOf } from "./words.js";

const READABLE = /\.(csv|tsv|txt|xlsx)$/i;
const STEP = 100; // names or rows that are listed at once
const POINTS_AT_ONCE = 250; // and a breath after each, so that keys and clicks are heard
const FILES = [["xlsx", "Excel"], ["csv", "CSV"], ["geojson", "GeoJSON"]];
const STATUSES = ["found", "decided", "doubtful", "unit only", "not found", "not a place"];
const SURENESS = { found: "sure", decided: "chosen", doubtful: "doubtful", "unit only": "likely" };

export class Tables {
  #map;
  #desk;
  #file = null;
  #understood = null;
  #choice = null;
  #answer = null;
  #review = null;
  #chosen = null;
  #listed = STEP;
  #rowsShown = STEP;
  #status = "";
  #facts = null;
  #units = null;
  #busy = false;
  #here = false;
  #drawing = 0;
  #reviewed = []; // the names that were doubtful before any decision
  #restored;

  constructor(map) {
    this.#map = map;
    byId("table-open").addEventListener("click", () => byId("table-file").click());
    byId("table-file").addEventListener("change", async ({ target: input }) => {
      const [file] = input.files;
      input.value = "";
      if (file) await this.#take(file);
    });
    byId("table-example").addEventListener("click", () => this.#take(new File([t("tables.example-text")], t("tables.example-name"))));
    acceptDrops(byId("view-tables"), ([file]) => file && this.#take(file));
    this.#desk = new Desk(byId("table-card"), {
      decide: (decision, how) => this.#decide(decision, how),
      annotate: (note) => this.#annotate(note),
      close: () => this.#closeCard(),
      move: (step) => this.#move(step),
      pickPoint: () => this.#pickPoint(),
      onTrouble: (error) => alertUser(error.words ?? t("trouble.fault")),
    });
    this.#hearKeys();
    this.#restored = this.#restore();
  }

  again() {
    /* said again by `show` */
  }

  leave() {
    this.#here = false;
    this.#drawing += 1;
    this.#desk.hide();
  }

  async show(_, { changed = false } = {}) {
    this.#here = true;
    alertUser("");
    await this.#restored;
    if (!(await this.#prepare())) return;
    this.#render();
    if (changed || this.#answer) this.#draw({ fit: changed });
    if (changed && !this.#answer) this.#map.showAll();
  }

  async #prepare() {
    try {
      [this.#facts, this.#units] = await Promise.all([askFacts(), askUnits()]);
      byId("table-limits").textContent = this.#facts.tables
        ? t("tables.limits", { rows: this.#facts.tables.max_rows, size: this.#facts.tables.max_bytes / 1e6 })
        : t("tables.none-here");
      for (const id of ["table-open", "table-example"]) byId(id).disabled = !this.#facts.tables;
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
      return false;
    }
  }

  // What an earlier visit left

  async #restore() {
    const kept = await readTable();
    if (!kept) return;
    this.#file = new File([kept.content], kept.name);
    [this.#understood, this.#choice, this.#answer] = [kept.understood, kept.choice, kept.answer];
    this.#review = kept.answer && new TableReview(kept.review, kept.decisions);
    this.#reviewed = kept.review;
  }

  async #keep() {
    const results = byId("view-tables");
    results.dataset.kept = "false";
    await keepTable({
      name: this.#file.name, content: await this.#file.arrayBuffer(), understood: this.#understood, choice: this.#choice,
      answer: this.#answer, review: this.#reviewed, decisions: this.#review?.entries ?? [],
    });
    results.dataset.kept = "true";
  }

  // Asking the service

  /** Another file: look at it. */
  async #take(file) {
    if (!READABLE.test(file.name)) return alertUser(t("tables.wrong-file", { name: file.name }));
    const { tables } = await askFacts().catch(() => ({}));
    if (tables && file.size > tables.max_bytes) {
      return alertUser(t("tables.too-large", { name: file.name, size: file.size / 1e6, most: tables.max_bytes / 1e6 }));
    }
    return this.#look(file, {});
  }

  #look(file, manner) {
    return this.#work("tables.looking", async () => {
      const answer = await postFiles("geocode", { format: "understood", ...manner }, { file });
      const { understood } = await answer.json();
      this.#closeAll();
      [this.#file, this.#understood] = [file, understood];
      this.#choice = { ...choiceOf(understood), manner };
      this.#keep();
      this.#render();
      byId("table-name")?.focus();
    });
  }

  /** Give every row its place. The names to look at stay as they were at first, however they are decided. */
  #run() {
    if (!this.#choice.names.length) {
      alertUser(t("tables.no-names"));
      return undefined;
    }
    return this.#work("tables.running", async () => {
      const answer = await this.#ask("json");
      this.#answer = await answer.json();
      this.#chosen = null;
      this.#desk.hide();
      if (!this.#review) {
        this.#reviewed = this.#answer.review;
        this.#review = new TableReview(this.#reviewed);
      }
      await breathe();
      this.#render();
      byId("table-summary").focus();
      await breathe();
      this.#draw({ fit: true }).then(() => this.#keep());
      say(byId("table-summary").textContent);
    });
  }

  #ask(format) {
    const { names, within, pcode, manner } = this.#choice;
    const decided = this.#review?.toCsv();
    const decisions = this.#review?.entries.length ? new File([decided], "decisions.csv") : null;
    return postFiles("geocode", { format, name: names, within, pcode: pcode ?? "none", bom: format === "csv" ? true : undefined, ...manner }, { file: this.#file, decisions });
  }

  async #work(words, work) {
    if (this.#busy) return;
    this.#busy = true;
    alertUser("");
    const box = byId("table-busy");
    box.textContent = t(words);
    box.hidden = false;
    byId("view-tables").setAttribute("aria-busy", "true");
    say(t(words));
    try {
      if (this.#facts || (await this.#prepare())) await work();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
    } finally {
      this.#busy = false;
      box.hidden = true;
      byId("view-tables").setAttribute("aria-busy", "false");
    }
  }

  #closeAll() {
    [this.#understood, this.#answer, this.#review, this.#chosen, this.#status] = [null, null, null, null, ""];
    [this.#listed, this.#rowsShown] = [STEP, STEP];
    this.#desk.hide();
    this.#map.clear();
  }

  // Showing

  #render() {
    byId("table-intake").classList.toggle("is-small", Boolean(this.#understood));
    fill(byId("table-understood"), ...(this.#understood ? this.#taken() : []));
    fill(byId("table-head"), ...(this.#answer ? this.#head() : []));
    fill(byId("table-after"), ...(this.#answer ? [this.#exports(), this.#rows()] : []));
    this.#renderNames();
    if (this.#chosen !== null) this.#showCard();
  }

  /** What the table was taken for, and how it is to be read. */
  #taken() {
    const { file, manner, notes, rows } = this.#understood;
    const words = [manner, ...notes].join(" · ");
    const body = [
      el("p", { class: "note" }, el("bdi", { lang: "en", dir: "ltr" }, words)),
      this.#reading(),
      columnChoices(this.#understood, this.#choice, () => this.#reset()),
      el("div", { class: "actions" }, el("button", { type: "button", class: "primary", id: "table-run", onclick: () => this.#run() }, t("tables.run"))),
    ];
    const title = el("h2", { id: "table-name", tabindex: "-1" }, el("bdi", {}, file), " ", el("span", { class: "unit-count" }, rows === null ? "" : t("tables.rows", { count: rows })));
    return [
      el("div", { class: "reading-head" }, title, el("button", { type: "button", class: "close", "aria-label": t("tables.drop", { name: file }), onclick: () => this.#drop() }, "×")),
      this.#answer ? el("details", { class: "found" }, el("summary", {}, t("tables.understood")), ...body) : el("div", {}, ...body),
    ];
  }

  /** Sheet, encoding and header, where they were found wrongly. */
  #reading() {
    const { sheet, other_sheets: others } = this.#understood;
    const { manner } = this.#choice;
    const again = (changed) => this.#look(this.#file, { ...manner, ...changed });
    const row = el("input", { id: "table-header", type: "number", min: "1", inputmode: "numeric", value: manner.header_row ?? "", onchange: ({ target }) => again({ header_row: target.value || undefined }) });
    const encodings = el("select", { id: "table-encoding", onchange: ({ target }) => again({ encoding: target.value || undefined }) },
      ...["", "utf-8", "windows-1256", "iso-8859-6", "utf-16"].map((name) => el("option", { value: name, selected: (manner.encoding ?? "") === name }, name || t("tables.found-out"))));
    const sheets = el("select", { id: "table-sheet", onchange: ({ target }) => again({ sheet: target.value }) },
      ...[sheet, ...others].map((name) => el("option", { value: name, selected: name === sheet }, name)));
    return el("div", { class: "manner" },
      others.length ? el("span", {}, el("label", { for: "table-sheet" }, t("tables.sheet")), sheets) : null,
      sheet ? null : el("span", {}, el("label", { for: "table-encoding" }, t("tables.encoding")), encodings),
      el("span", {}, el("label", { for: "table-header" }, t("tables.header-row")), row));
  }

  /** Other columns make other questions: what was answered is no answer to them. */
  #reset() {
    if (!this.#answer) return;
    [this.#answer, this.#review, this.#chosen] = [null, null, null];
    this.#desk.hide();
    this.#map.clear();
    this.#keep();
    this.#render();
  }

  #head() {
    const { counts, rows } = this.#answer;
    const shown = STATUSES.filter((status) => counts[status]);
    return [
      el("h2", { id: "table-summary", tabindex: "-1" }, t("tables.answered", { count: rows.length })),
      el("ul", { class: "counts" }, ...shown.map((status) => el("li", {},
        el("button", { type: "button", class: "chip", "aria-pressed": String(this.#status === status), onclick: () => this.#filter(status) },
          el("span", { class: `swatch is-${SURENESS[status] ?? "none"}`, "aria-hidden": "true" }), t(`status.${status}`), " ", el("strong", {}, number(counts[status])))))),
      this.#review.mentions.length ? this.#toolbar() : el("p", { class: "note" }, t("tables.nothing-doubtful")),
    ];
  }

  #toolbar() {
    const { all, reviewed } = this.#review.progress;
    return el("div", { class: "desk-bar", role: "group", "aria-label": t("desk.title") },
      el("progress", { max: all, value: reviewed, "aria-label": t("desk.progress") }),
      el("span", { id: "table-progress" }, t("tables.progress", { reviewed, all })),
      el("button", { type: "button", id: "table-start", onclick: () => this.#chooseNextOpen(this.#chosen ?? -1) }, t("desk.next-open")),
      el("button", { type: "button", id: "table-undo", disabled: !this.#review.canUndo, onclick: () => this.#undo() }, t("desk.undo")),
      el("button", { type: "button", id: "table-redo", disabled: !this.#review.canRedo, onclick: () => this.#redo() }, t("desk.redo")),
      el("button", { type: "button", id: "table-apply", disabled: !this.#review.entries.length, onclick: () => this.#run() }, t("tables.apply")),
      el("details", { class: "keys" }, el("summary", {}, t("desk.keys")), el("p", {}, t("tables.keys-list"))));
  }

  /** The names to look at, the most doubtful first. */
  #renderNames() {
    const mentions = this.#review?.mentions ?? [];
    const some = mentions.slice(0, Math.max(this.#listed, (this.#chosen ?? 0) + 1));
    fill(byId("table-names"),
      mentions.length ? el("h3", {}, t("tables.names")) : null,
      mentions.length ? el("ol", { class: "places names" }, ...some.map((mention) => this.#nameItem(mention))) : null,
      some.length < mentions.length ? this.#more("names-more", mentions.length - some.length, () => {
        this.#listed = some.length + STEP;
        this.#renderNames();
      }) : null);
  }

  #nameItem({ at, text, within, rows, state, place, status }) {
    const known = state === "dismissed" ? t("read.no-place") : place ? nameOf(place) : t(`status.${status}`);
    return el("li", {}, el("button", { type: "button", class: "place-head", "data-at": at, "aria-current": at === this.#chosen ? "true" : null, onclick: () => this.#choose(at) },
      el("span", { class: `swatch is-${state === "open" ? SURENESS[status] ?? "doubtful" : "chosen"}`, "aria-hidden": "true" }),
      el("bdi", { class: "place-name" }, text),
      within ? el("bdi", { class: "other-name" }, within) : null,
      el("span", { class: "place-kind" }, state === "open" ? "" : "✓ ", el("bdi", {}, known), ` · ${t("tables.rows", { count: rows })}`)));
  }

  #more(id, left, onclick) {
    return el("button", { type: "button", class: "button", id, onclick }, t("tables.more", { count: left }));
  }

  /** The rows as they are answered, those of one status where one is chosen. */
  #rows() {
    const { columns, rows, answer_columns: ours } = this.#answer;
    const own = columns.length - Object.keys(ours).length;
    const place = (name) => columns.indexOf(ours[name]);
    const status = place("status");
    const wanted = this.#status ? rows.filter((row) => row[status] === this.#status) : rows;
    const shown = [...Array(own).keys(), place(language() === "ar" ? "name_ar" : "name"), place("adm1_name"), status, place("reason")];
    const head = [...columns.slice(0, own), t("tables.place"), t("tables.governorate"), t("tables.status"), t("tables.reason")];
    const cell = (row, at) => (at === status ? t(`status.${row[at]}`) : row[at] ?? "");
    return el("section", { class: "found", "aria-labelledby": "table-rows-title" },
      el("h3", { id: "table-rows-title" }, this.#status ? `${t("tables.table")}: ${t(`status.${this.#status}`)}` : t("tables.table")),
      el("div", { class: "table-frame", tabindex: "0", role: "region", "aria-labelledby": "table-rows-title" },
        el("table", { id: "table-rows" },
          el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col", dir: "auto" }, name)))),
          el("tbody", {}, ...wanted.slice(0, this.#rowsShown).map((row) => el("tr", {}, ...shown.map((at) => el("td", { dir: "auto" }, String(cell(row, at))))))))),
      wanted.length > this.#rowsShown ? this.#more("rows-more", wanted.length - this.#rowsShown, () => {
        this.#rowsShown += STEP;
        fill(byId("table-after"), this.#exports(), this.#rows());
      }) : null);
  }

  #filter(status) {
    this.#status = this.#status === status ? "" : status;
    this.#rowsShown = STEP;
    this.#render();
    this.#draw();
  }

  #exports() {
    return el("div", { class: "exports" },
      el("h3", {}, t("tables.save")),
      el("div", { class: "actions" },
        ...FILES.map(([format, label]) => el("button", { type: "button", "data-format": format, onclick: () => this.#save(format) }, label)),
        el("button", { type: "button", "data-format": "decisions", disabled: !this.#review.entries.length, onclick: () => offerFile("decisions.csv", this.#review.toCsv(), "text/csv;charset=utf-8") }, t("tables.decisions"))),
      el("p", { class: "note" }, t("tables.decisions-note")));
  }

  #save(format) {
    return this.#work("tables.writing", async () => {
      const answer = await this.#ask(format);
      const stem = this.#file.name.replace(/\.[^.]*$/, "");
      offerFile(`${stem}-places.${format}`, await answer.blob(), answer.headers.get("Content-Type"));
    });
  }

  async #drop() {
    this.#closeAll();
    this.#file = null;
    await dropTable();
    this.#render();
    this.#map.showAll();
    byId("table-open").focus();
  }

  // The map

  /** A point a place, some at a time, so that the page stays at hand. */
  async #draw({ fit = false } = {}) {
    if (!this.#answer || this.#chosen !== null) return;
    const turn = (this.#drawing += 1);
    const things = this.#places();
    this.#map.showPoints({ onChoose: (key) => this.#chooseAt(key), labelled: things.length < POINTS_AT_ONCE, size: Math.max(1, 3 - things.length / POINTS_AT_ONCE) });
    if (fit) this.#map.fit(things);
    for (let start = 0; start < things.length; start += POINTS_AT_ONCE) {
      this.#map.addPoints(things.slice(start, start + POINTS_AT_ONCE));
      await breathe();
      if (turn !== this.#drawing || !this.#here) return;
    }
    byId("view-tables").dataset.drawn = String(things.length);
  }

  #places() {
    const { columns, rows, answer_columns: ours } = this.#answer;
    const at = Object.fromEntries(Object.entries(ours).map(([name, column]) => [name, columns.indexOf(column)]));
    const things = new Map();
    for (const row of rows) {
      if (row[at.lon] === null || (this.#status && row[at.status] !== this.#status)) continue;
      const key = row[at.buldan_id] ?? `${row[at.lat]},${row[at.lon]}`;
      const thing = things.get(key) ?? { key, lon: row[at.lon], lat: row[at.lat], name_ar: row[at.name_ar], name_en: row[at.name], id: key, rows: 0, sureness: SURENESS[row[at.status]] };
      thing.rows += 1;
      things.set(key, thing);
    }
    return [...things.values()].map((thing) => ({ ...thing, label: `${nameOf(thing)} · ${t("tables.rows", { count: thing.rows })}`, short: nameOf(thing), colour: `certainty-${thing.sureness}` }));
  }

  /** A place on the map was chosen: the first name under review that stands for it, if there is one. */
  #chooseAt(key) {
    const found = this.#review.mentions.find(({ place }) => place?.id === key);
    if (found) this.#choose(found.at);
  }

  // Reviewing

  #choose(at) {
    this.#chosen = at;
    this.#drawing += 1;
    this.#renderNames();
    this.#showCard();
    const button = byId("table-names").querySelector(`[data-at="${at}"]`);
    button.focus({ preventScroll: true });
    button.scrollIntoView({ block: "nearest" });
    this.#showCandidates();
  }

  /** What the chosen name may mean, under the numbers of the keys. */
  #showCandidates() {
    const mention = this.#review.mentions[this.#chosen];
    const candidates = candidatesOf(mention).slice(0, 9);
    this.#map.clear();
    this.#map.showNumbered(candidates.map((place) => ({ key: place.id, lon: place.lon, lat: place.lat, label: nameOf(place) })), {
      onChoose: (id) => this.#desk.choose(candidates.findIndex((place) => place.id === id) + 1),
    });
    if (mention.place) this.#map.choose(mention.place.id);
    if (candidates.length) this.#map.fit(candidates, { most: 10 });
  }

  #showCard() {
    this.#desk.show(this.#review, this.#chosen, this.#facts, this.#units);
  }

  #move(step) {
    const { mentions } = this.#review;
    if (!mentions.length) return;
    this.#choose(((this.#chosen ?? (step > 0 ? -1 : 0)) + step + mentions.length) % mentions.length);
  }

  #chooseNextOpen(from) {
    const next = this.#review.nextOpen(from);
    if (next !== null) return this.#choose(next);
    this.#closeCard();
    say(t("tables.all-done"));
    return undefined;
  }

  #decide(decision, { stay = false } = {}) {
    const at = this.#chosen;
    if (at === null) return;
    this.#review.decide(at, decision);
    this.#changed();
    if (decision && !stay) this.#chooseNextOpen(at);
    else this.#choose(at);
    if (stay) this.#desk.focusChoice();
  }

  #annotate(note) {
    if (this.#chosen === null) return;
    this.#review.annotate(this.#chosen, note);
    this.#changed();
  }

  #undo() {
    this.#showAgain(this.#review.undo(), "desk.undone");
  }

  #redo() {
    this.#showAgain(this.#review.redo(), "desk.redone");
  }

  #showAgain(at, words) {
    if (at === null) return;
    this.#changed();
    this.#choose(at);
    say(t(words));
  }

  #changed() {
    this.#keep();
    fill(byId("table-head"), ...this.#head());
    fill(byId("table-after"), this.#exports(), this.#rows());
  }

  async #pickPoint() {
    alertUser(t("desk.pick"));
    say(t("desk.pick"));
    const point = await this.#map.pickPoint();
    alertUser("");
    return point;
  }

  #closeCard() {
    const at = this.#chosen;
    this.#chosen = null;
    this.#desk.hide();
    this.#renderNames();
    byId("table-names").querySelector(`[data-at="${at}"]`)?.focus();
    this.#map.clear();
    this.#draw({ fit: true });
  }

  #hearKeys() {
    const chosen = () => this.#review?.mentions[this.#chosen];
    hearShortcuts(byId("table-results"), {
      next: () => this.#review && this.#move(1),
      previous: () => this.#review && this.#move(-1),
      accept: () => chosen()?.first && this.#decide({ answer: "accepted" }),
      reject: () => this.#decide({ answer: "none" }),
      search: () => this.#desk.focusSearch(),
      point: () => chosen() && this.#desk.setPoint(),
      note: () => byId("desk-note")?.focus(),
      undo: () => this.#review && this.#undo(),
      redo: () => this.#review && this.#redo(),
      close: () => chosen() && this.#closeCard(),
      choose: (rank) => chosen() && this.#desk.choose(rank),
    });
  }
}
