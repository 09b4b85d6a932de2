/** Find: a name in any spelling, and the places that it may mean. */

import { ask, askFacts, askPlace, askUnits, callOf, hasService, Trouble } from "./api.js";
import { cardOf } from "./card.js";
import { combobox } from "./combobox.js";
import { FORMS, parseCoordinates } from "./coordinates.js";
import { filtered, filterFields } from "./find_filters.js";
import { lookUpAll, manyList, MOST as MOST_NAMES, namesIn } from "./find_many.js";
import { savePlaces } from "./places_file.js";
import { pointActions } from "./points.js";
import { alertUser, byId, el, fill, say } from "./dom.js";
import { language, number, percent, t } from "./i18n.js";
import { outlinesOf } from "./outlines.js";
import { chainOf, kindOf, nameOf, otherLanguage, otherNameOf, suggestionOf } from "./words.js";

const FIRST = 12; // matches that are shown at once
const ALL = 100; // the most that the service gives

export class Find {
  #map;
  #go;
  #features = [];
  #query = null;
  #call = ""; // the address of the question
  #place = null;
  #asked = {};
  #point = null; // what was asked for is a point, and the answers lie around it
  #limit = FIRST;
  #more = false; // whether there may be matches beyond those shown
  #many = null; // the answers to a list of names, in place of those to one
  #facts = null;
  #units = null;
  #turn = 0;
  #busy = false; // a question is being answered: what suggestions have to say comes too late

  constructor(map, go) {
    this.#map = map;
    this.#go = go;
    const input = byId("find-query");
    const { close } = combobox(input, byId("find-suggestions"), {
      suggest: async (text, signal) => {
        if (parseCoordinates(text)) return [];
        const [answer, facts] = await Promise.all([ask("suggest", { q: text, limit: 8 }, { signal }), askFacts()]);
        return answer.suggestions.map((item) => ({ ...item, kind_name: kindOf(facts, item.kind) }));
      },
      render: suggestionOf,
      onTake: (item) => {
        input.value = item.text;
        this.#go({ ...this.#narrowed, view: "find", q: item.text, place: item.id }, { anew: true });
      },
      onTrouble: (error) => this.#busy || alertUser(error.words ?? t("trouble.fault")),
    });
    byId("find-form").addEventListener("submit", (event) => {
      event.preventDefault();
      close();
      const text = input.value.trim();
      if (!text) return this.#askForName();
      this.#go({ ...this.#narrowed, view: "find", q: text }, { anew: true });
    });
    document.querySelector(".many-form").hidden = !hasService;
    byId("many-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#findMany();
    });
  }

  /** Show what the address asks for. */
  async show({ q = "", place = "", group = "", within = "", in: view = "" }, { keepMap = false } = {}) {
    alertUser("");
    const narrower = { group, within, view };
    const same = q === this.#asked.q && Object.keys(narrower).every((name) => narrower[name] === (this.#asked[name] ?? ""));
    if (!same) this.#limit = FIRST;
    if (q || place) this.#many = null;
    this.#asked = { q, place, ...narrower };
    const input = byId("find-query");
    if (q && input.value.trim() !== q) input.value = q;
    const turn = (this.#turn += 1);
    this.#busy = true;
    try {
      [this.#facts, this.#units] = await Promise.all([askFacts(), askUnits()]);
      if (!same || q !== this.#query || (!q && place !== this.#place)) await this.#search(q, place, turn);
      if (turn !== this.#turn) return;
      this.#place = place;
      this.#renderFilters();
      if (this.#many) this.#renderMany();
      else this.#render(this.#facts, { keepMap: keepMap || Boolean(view) });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (turn === this.#turn) this.#fail(error);
    } finally {
      if (turn === this.#turn) this.#busy = false;
    }
  }

  /** Say what went wrong; the answers to an older question must not stand beside a newer one. */
  #fail(error) {
    this.#query = null;
    this.#features = [];
    fill(byId("find-results"));
    this.#map.clear();
    alertUser(error.words);
  }

  /** Another view takes the map. */
  leave() {
    this.#turn += 1;
  }

  /** What was asked last, for when one comes back. */
  address() {
    const { q, place } = this.#asked;
    return { ...this.#narrowed, view: "find", q, place };
  }

  /** The filters as they stand in the address. */
  get #narrowed() {
    const { group, within, view } = this.#asked;
    return { group, within, in: view };
  }

  /** Say it all again in another language. */
  again() {
    this.#query = null;
  }

  async #search(q, place, turn) {
    let features = [];
    this.#point = parseCoordinates(q);
    const { group, within, view } = this.#asked;
    const limit = group || view ? ALL : this.#limit;
    const kind = group ? `group:${group}` : undefined;
    const call = this.#point
      ? ["reverse", { ...this.#point, kind, limit, lang: language() }]
      : ["lookup", { q, kind, within: within || undefined, limit, lang: language() }];
    if (q) features = (await ask(...call)).features;
    const found = filtered(features, { group, view }, this.#facts, this.#map.box);
    this.#more = this.#limit < ALL && (found.length > this.#limit || (features.length === limit && limit < ALL));
    features = found.slice(0, this.#limit);
    if (place && !features.some(({ id }) => id === place)) {
      features.unshift(pointOf(await askPlace(place)));
    }
    if (turn !== this.#turn) return;
    this.#query = q;
    this.#call = q ? callOf(...call) : "";
    this.#features = features;
  }

  #renderFilters() {
    const change = ({ group, within, view }) => this.#go({ view: "find", q: this.#asked.q, group, within, in: view }, { anew: true });
    fill(byId("find-filters"), this.#query && !this.#many ? filterFields(this.#asked, this.#facts, this.#units, change) : null);
  }

  /** More matches of the same name; the focus goes to the first of them. */
  async #showMore() {
    const before = this.#features.length;
    this.#limit = Math.min(ALL, this.#limit * 3);
    this.#query = null;
    await this.show({ ...this.address() }, { keepMap: true });
    document.querySelectorAll(".candidate-head")[before]?.focus();
  }

  #exports(found) {
    const save = (format) => () => savePlaces(format, found, this.#facts);
    return el("div", { class: "exports" }, el("h3", {}, t("find.save")), el("div", { class: "actions" },
      ...[["csv", "CSV"], ["geojson", "GeoJSON"]].map(([format, label]) => el("button", { type: "button", "data-save": format, onclick: save(format) }, label))));
  }

  // Several names at once

  async #findMany() {
    const names = namesIn(byId("many-names").value);
    alertUser("");
    if (!names.length) {
      alertUser(t("find.many-empty", { most: MOST_NAMES }));
      return byId("many-names").focus();
    }
    const turn = (this.#turn += 1);
    const button = byId("many-form").querySelector(".primary");
    button.setAttribute("aria-busy", "true");
    try {
      this.#facts ??= await askFacts();
      const found = await lookUpAll(names, {}, (done) => say(t("find.many-progress", { done, count: names.length })));
      if (turn !== this.#turn) return undefined;
      this.#many = found;
      this.#query = null;
      this.#go({ view: "find" }, { anew: true });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
    } finally {
      button.setAttribute("aria-busy", "false");
    }
    return undefined;
  }

  async #renderMany() {
    const found = this.#many;
    const known = found.filter(({ feature }) => feature);
    const words = t("find.many-count", { count: known.length, all: found.length });
    const list = await manyList(found, (name) => this.#go({ view: "find", q: name }, { anew: true }));
    fill(byId("find-results"), el("h2", { class: "count", id: "many-count", tabindex: "-1" }, words), this.#exports(found), list);
    say(words);
    const things = known.map(({ name, feature: { properties: p } }) => ({ key: name, lon: p.lon, lat: p.lat, label: `${name}: ${nameOf(p)}`, short: nameOf(p), confidence: p.score, count: 1 }));
    this.#map.clear();
    this.#map.showMentioned(things, { onChoose: (name) => this.#go({ view: "find", q: name }, { anew: true }), onHover: () => {} });
    this.#map.fit(things);
    byId("many-count").focus();
  }

  #askForName() {
    byId("find-results").replaceChildren(el("p", { class: "note" }, t("find.empty")));
    say(t("find.empty"));
    byId("find-query").focus();
  }

  #render(facts, { keepMap }) {
    const results = byId("find-results");
    if (!this.#features.length) {
      this.#map.clear();
      const { group, within, view } = this.#asked;
      const advice = t(group || within || view ? "find.none-narrowed" : "find.none-advice");
      const words = this.#query ? [t("find.none", { q: this.#query }), advice] : [t("find.start")];
      fill(results, ...words.map((text) => el("p", { class: "note", dir: "auto" }, text)), ...(this.#query ? [] : [this.#examples()]), hasService ? null : el("p", { class: "note", id: "demo-note" }, t("demo.note")));
      if (this.#query) say(words[0]);
      else if (!keepMap) this.#map.showAll();
      return;
    }
    const words = this.#point
      ? t("find.around", { count: this.#features.length, point: FORMS.decimal(this.#point) })
      : t("find.count", { count: this.#features.length });
    fill(
      results,
      this.#point ? pointActions(this.#point) : null,
      el("h2", { class: "count" }, words),
      this.#features.some(({ properties }) => properties.score !== undefined) ? el("p", { class: "note" }, t("find.score-note")) : null,
      el("ol", { class: "candidates" }, ...this.#features.map((feature, at) => this.#candidate(feature, at, facts))),
      this.#more ? el("button", { type: "button", class: "button", id: "find-more", onclick: () => this.#showMore() }, t("find.more")) : null,
      this.#exports(this.#features.map((feature) => ({ name: this.#query, feature }))),
    );
    say(words);
    const things = this.#features.map(({ id, properties: p }) => ({ key: id, lon: p.lon, lat: p.lat, label: nameOf(p) }));
    this.#map.showNumbered(things, { onChoose: (id) => this.#choose(id) });
    if (!this.#place) this.#drawOutlines();
    if (this.#place) this.#open(this.#place, { keepMap });
    else if (!keepMap) this.#map.fit(this.#near());
  }

  /** Units are areas: their outlines are drawn beside the pins. */
  async #drawOutlines() {
    const turn = this.#turn;
    const outlines = await outlinesOf(this.#features.map(({ id, properties }) => ({ id, kind: properties.kind })));
    if (turn === this.#turn && !this.#place) for (const geometry of outlines.values()) this.#map.addOutline(geometry);
  }

  /** The matches to show at first: the likely ones, or all where none is. */
  #near() {
    const best = this.#features[0].properties.score ?? 1;
    return this.#features.filter(({ properties }) => (properties.score ?? 1) >= best * 0.6).map(({ properties }) => properties);
  }

  #examples() {
    const names = ["يلدا", "Qamishli", "Deir ez-Zour", "كوباني"];
    return el("p", { class: "examples" }, ...names.map((name) =>
      el("button", { type: "button", class: "chip", dir: "auto", onclick: () => this.#go({ view: "find", q: name }, { anew: true }) }, name)));
  }

  #candidate({ id, properties: p }, at, facts) {
    const open = id === this.#place;
    const head = el(
      "button",
      {
        type: "button",
        class: "candidate-head",
        "aria-expanded": String(open),
        "aria-controls": `card-${id}`,
        "data-id": id,
        onclick: () => this.#choose(open ? "" : id),
        onmouseenter: () => this.#map.mark(id, true),
        onmouseleave: () => this.#map.mark(id, false),
      },
      el("span", { class: "badge", "aria-hidden": "true" }, number(at + 1)),
      el("span", { class: "candidate-name" },
        el("strong", { dir: "auto" }, nameOf(p)),
        otherNameOf(p) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(p)) : null),
      p.distance_km === undefined ? null : el("span", { class: "score" }, t("km", { km: p.distance_km })),
      p.score === undefined ? null : el("span", { class: "score", title: t("find.score") }, el("span", { class: "only-heard" }, t("find.score"), " "), percent(p.score)),
      el("span", { class: "candidate-meta" }, kindOf(facts, p.kind), p.admin.length ? " · " : "", chainOf(p.admin)),
    );
    const card = el("div", { class: "card", id: `card-${id}`, hidden: !open }, open ? cardOf(p, facts, this.#call) : null);
    return el("li", { class: open ? "candidate is-open" : "candidate" }, head, card);
  }

  #choose(id) {
    this.#go({ ...this.#narrowed, view: "find", q: this.#query ?? "", place: id }, { anew: true });
  }

  async #open(id, { keepMap }) {
    const feature = this.#features.find((found) => found.id === id);
    const head = document.querySelector(`[data-id="${CSS.escape(id)}"]`);
    head?.focus({ preventScroll: true });
    head?.scrollIntoView({ block: "nearest" });
    this.#map.choose(id);
    const whole = await askPlace(id).catch(() => feature);
    if (this.#place !== id) return;
    const hasArea = whole.geometry?.type?.includes("Polygon");
    this.#map.showArea(whole.geometry, { fit: hasArea && !keepMap });
    if (!hasArea && !keepMap) this.#map.goTo(feature.properties);
  }
}

/** A place's feature as a lookup would give it. */
function pointOf(feature) {
  return { ...feature, properties: { ...feature.properties } };
}
