/** Tables: a file of names, what it was taken for, a place for every row, the doubtful names reviewed, and files to take home. */

import { askFacts, postFiles, Trouble } from "./api.js";
import { candidatesOf } from "./desk.js";
import { alertUser, breathe, byId, el, fill, offerFile, say } from "./dom.js";
import { language, number, t } from "./i18n.js";
import { acceptDrops } from "./intake.js";
import { ReviewView } from "./review_view.js";
import { faultInPageLanguage, inPageLanguage, readServiceWords } from "./service_words.js";
import { choiceOf, columnChoices } from "./table_columns.js";
import { TableReview } from "./table_review.js";
import { dropTable, keepTable, readTables } from "./works.js";
import { nameOf } from "./words.js";

const READABLE = /\.(csv|tsv|txt|xlsx)$/i;
const STEP = 100; // names or rows that are listed at once
const POINTS_AT_ONCE = 250; // and a breath after each, so that keys and clicks are heard
const FILES = [["xlsx", "Excel"], ["csv", "CSV"], ["geojson", "GeoJSON"]];
const STATUSES = ["found", "decided", "doubtful", "unit only", "not found", "not a place"];
const SURENESS = { found: "sure", decided: "chosen", doubtful: "doubtful", "unit only": "likely" };

export class Tables extends ReviewView {
  #id = null; // of the table shown; the work on others is kept in the browser
  #others = [];
  #file = null;
  #understood = null;
  #choice = null;
  #answer = null;
  #listed = STEP;
  #rowsShown = STEP;
  #status = "";
  #busy = false;
  #here = false;
  #drawing = 0;
  #reviewed = []; // the names that were doubtful before any decision
  #restored;
  review = null;

  constructor(map) {
    super(map, { card: "table-card", results: "table-results", allDone: "tables.all-done" });
    byId("table-open").addEventListener("click", () => byId("table-file").click());
    byId("table-file").addEventListener("change", async ({ target: input }) => {
      const [file] = input.files;
      input.value = "";
      if (file) await this.#take(file);
    });
    byId("table-example").addEventListener("click", () => this.#take(new File([t("tables.example-text")], t("tables.example-name"))));
    acceptDrops(byId("view-tables"), ([file]) => file && this.#take(file));
    this.#restored = this.#restore();
  }

  leave() {
    this.#here = false;
    this.#drawing += 1;
    this.desk.hide();
  }

  async show(_, { changed = false } = {}) {
    this.#here = true;
    alertUser("");
    await this.#restored;
    if (!(await this.prepare())) return;
    this.#render();
    if (changed || this.#answer) this.#draw({ fit: changed });
    if (changed && !this.#answer) this.map.showAll();
  }

  async prepare() {
    if (!(await super.prepare())) return false;
    if (language() === "ar") await readServiceWords(this.facts);
    byId("table-limits").textContent = this.facts.tables
      ? t("tables.limits", { rows: this.facts.tables.max_rows, size: this.facts.tables.max_bytes / 1e6 })
      : t("tables.none-here");
    for (const id of ["table-open", "table-example"]) byId(id).disabled = !this.facts.tables;
    return true;
  }

  // What an earlier visit left

  async #restore() {
    this.#others = await readTables();
    const last = this.#others.at(-1);
    if (last) this.#takeUp(last);
  }

  #takeUp({ id, name, content, understood, choice, answer, review, decisions }) {
    this.#id = id;
    this.#file = new File([content], name);
    [this.#understood, this.#choice, this.#answer] = [understood, choice, answer];
    this.review = answer && new TableReview(review, decisions);
    this.#reviewed = review;
  }

  /** The table as it now stands, for the store. */
  async #kept() {
    const before = this.#others.find(({ id }) => id === this.#id);
    return {
      id: this.#id, opened: before?.opened ?? Date.now(), name: this.#file.name, content: await this.#file.arrayBuffer(), understood: this.#understood,
      choice: this.#choice, answer: this.#answer, review: this.#reviewed, decisions: this.review?.entries ?? [],
    };
  }

  async #store() {
    const results = byId("view-tables");
    results.dataset.kept = "false";
    const kept = await this.#kept();
    if (this.#others.some(({ id }) => id === kept.id)) this.#others = this.#others.map((table) => (table.id === kept.id ? kept : table));
    else this.#others.push(kept);
    await keepTable(kept);
    if (kept.id === this.#id) this.#listTables();
    results.dataset.kept = "true";
  }

  /** Every table that is kept in the browser; one of them is shown. */
  #listTables() {
    const list = byId("table-kept");
    list.hidden = this.#others.length < 2 && (this.#id !== null || !this.#others.length);
    fill(list, el("h3", {}, t("tables.kept")), el("ul", { class: "documents" }, ...this.#others.map((table) => this.#tableItem(table))));
  }

  #tableItem({ id, name, understood, review, decisions }) {
    const isShown = id === this.#id;
    return el("li", { class: isShown ? "is-open" : null },
      el("button", { type: "button", class: "place-head", "data-table": id, "aria-current": isShown ? "true" : null, onclick: () => this.#openKept(id) },
        el("span", { class: "place-name", dir: "auto" }, name),
        el("span", { class: "place-kind" }, understood.rows === null ? "" : t("tables.rows", { count: understood.rows }), review.length ? ` · ${t("tables.progress", { reviewed: decisions.length, all: review.length })}` : "")),
      el("button", { type: "button", class: "close", "aria-label": t("tables.drop", { name }), onclick: () => this.#drop(id) }, "×"));
  }

  async #openKept(id) {
    if (this.#busy || !(await this.prepare())) return;
    this.#closeAll();
    this.#takeUp(this.#others.find((table) => table.id === id));
    this.#render();
    this.#draw({ fit: true });
    byId("table-name").focus();
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
      if (file !== this.#file) this.#id = crypto.randomUUID?.() ?? String(Math.random());
      [this.#file, this.#understood, this.#reviewed] = [file, understood, []];
      this.#choice = { ...choiceOf(understood), manner };
      this.#store();
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
      this.chosen = null;
      this.desk.hide();
      if (!this.review) {
        this.#reviewed = this.#answer.review;
        this.review = new TableReview(this.#reviewed);
      }
      await breathe();
      this.#render();
      byId("table-summary").focus();
      await breathe();
      this.#draw({ fit: true }).then(() => this.#store());
      say(byId("table-summary").textContent);
    });
  }

  #ask(format) {
    const { names, within, pcode, manner } = this.#choice;
    const decided = this.review?.toCsv();
    const decisions = this.review?.entries.length ? new File([decided], "decisions.csv") : null;
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
      if (this.facts || (await this.prepare())) await work();
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.key === "refused" ? t("trouble.refused", { detail: faultInPageLanguage(error.values.detail ?? "") }) : error.words);
    } finally {
      this.#busy = false;
      box.hidden = true;
      byId("view-tables").setAttribute("aria-busy", "false");
    }
  }

  #closeAll() {
    [this.#understood, this.#answer, this.review, this.chosen, this.#status] = [null, null, null, null, ""];
    [this.#listed, this.#rowsShown] = [STEP, STEP];
    this.desk.hide();
    this.map.clear();
  }

  // Showing

  #render() {
    byId("table-intake").classList.toggle("is-small", Boolean(this.#understood));
    fill(byId("table-understood"), ...(this.#understood ? this.#taken() : []));
    fill(byId("table-head"), ...(this.#answer ? this.#head() : []));
    fill(byId("table-after"), ...(this.#answer ? [this.#exports(), this.#rows()] : []));
    this.#renderNames();
    this.#listTables();
    if (this.chosen !== null) this.showCard();
  }

  /** What the table was taken for, and how it is to be read. */
  #taken() {
    const { file, manner, notes, rows } = this.#understood;
    const words = [manner, ...notes].map(inPageLanguage).join(" · ");
    const body = [
      el("p", { class: "note", id: "table-manner" }, el("bdi", {}, words)),
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
    [this.#answer, this.review, this.chosen] = [null, null, null];
    this.desk.hide();
    this.map.clear();
    this.#store();
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
      this.review.mentions.length ? this.#toolbar() : el("p", { class: "note" }, t("tables.nothing-doubtful")),
    ];
  }

  #toolbar() {
    const bar = this.toolbar("table", "tables.progress");
    bar.querySelector(".keys").before(el("button", { type: "button", id: "table-apply", disabled: !this.review.entries.length, onclick: () => this.#run() }, t("tables.apply")));
    bar.querySelector(".keys p").textContent = t("tables.keys-list");
    return bar;
  }

  /** The names to look at, the most doubtful first. */
  #renderNames() {
    const mentions = this.review?.mentions ?? [];
    const some = mentions.slice(0, Math.max(this.#listed, (this.chosen ?? 0) + 1));
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
    return el("li", {}, el("button", { type: "button", class: "place-head", "data-at": at, "aria-current": at === this.chosen ? "true" : null, onclick: () => this.choose(at) },
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
    const [status, reason] = [place("status"), place("reason")];
    const wanted = this.#status ? rows.filter((row) => row[status] === this.#status) : rows;
    const shown = [...Array(own).keys(), place(language() === "ar" ? "name_ar" : "name"), place("adm1_name"), status, reason];
    const head = [...columns.slice(0, own), t("tables.place"), t("tables.governorate"), t("tables.status"), t("tables.reason")];
    const cell = (row, at) => (at === status ? t(`status.${row[at]}`) : at === reason ? inPageLanguage(row[at] ?? "") : row[at] ?? "");
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
        el("button", { type: "button", "data-format": "decisions", disabled: !this.review.entries.length, onclick: () => offerFile("decisions.csv", this.review.toCsv(), "text/csv;charset=utf-8") }, t("tables.decisions"))),
      el("p", { class: "note" }, t("tables.decisions-note")));
  }

  #save(format) {
    return this.#work("tables.writing", async () => {
      const answer = await this.#ask(format);
      const stem = this.#file.name.replace(/\.[^.]*$/, "");
      offerFile(`${stem}-places.${format}`, await answer.blob(), answer.headers.get("Content-Type"));
    });
  }

  async #drop(id = this.#id) {
    this.#others = this.#others.filter((table) => table.id !== id);
    await dropTable(id);
    if (id === this.#id) {
      this.#closeAll();
      [this.#file, this.#id] = [null, null];
      this.map.showAll();
    }
    this.#render();
    byId("table-open").focus();
  }

  // The map

  /** A point a place, some at a time, so that the page stays at hand. */
  async #draw({ fit = false } = {}) {
    if (!this.#answer || this.chosen !== null) return;
    const turn = (this.#drawing += 1);
    const things = this.#places();
    this.map.showPoints({ onChoose: (key) => this.#chooseAt(key), labelled: things.length < POINTS_AT_ONCE, size: Math.max(1, 3 - things.length / POINTS_AT_ONCE) });
    if (fit) this.map.fit(things);
    for (let start = 0; start < things.length; start += POINTS_AT_ONCE) {
      this.map.addPoints(things.slice(start, start + POINTS_AT_ONCE));
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
    const found = this.review.mentions.find(({ place }) => place?.id === key);
    if (found) this.choose(found.at);
  }

  // Reviewing

  choose(at) {
    this.chosen = at;
    this.#drawing += 1;
    this.#renderNames();
    this.showCard();
    const button = byId("table-names").querySelector(`[data-at="${at}"]`);
    button.focus({ preventScroll: true });
    button.scrollIntoView({ block: "nearest" });
    this.#showCandidates();
  }

  /** What the chosen name may mean, under the numbers of the keys. */
  #showCandidates() {
    const mention = this.review.mentions[this.chosen];
    const candidates = candidatesOf(mention).slice(0, 9);
    this.map.clear();
    this.map.showNumbered(candidates.map((place) => ({ key: place.id, lon: place.lon, lat: place.lat, label: nameOf(place) })), {
      onChoose: (id) => this.desk.choose(candidates.findIndex((place) => place.id === id) + 1),
    });
    if (mention.place) this.map.choose(mention.place.id);
    if (candidates.length) this.map.fit(candidates, { most: 10 });
  }

  /** Keep the decisions, and show what follows from them. */
  keep() {
    this.#store();
    fill(byId("table-head"), ...this.#head());
    fill(byId("table-after"), this.#exports(), this.#rows());
  }

  closeCard() {
    const at = this.chosen;
    this.chosen = null;
    this.desk.hide();
    this.#renderNames();
    byId("table-names").querySelector(`[data-at="${at}"]`)?.focus();
    this.map.clear();
    this.#draw({ fit: true });
  }
}
