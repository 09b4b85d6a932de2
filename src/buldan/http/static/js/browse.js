/** Browse: from governorates down to places, with how many there are. */

import { addressOf } from "./address.js";
import { askFacts, askPlace, askUnits, Trouble } from "./api.js";
import { colourOf, keyOfKinds, keyOfShades, shadesOf, WAYS } from "./browse_ways.js";
import { cardOf } from "./card.js";
import { everyPlace } from "./census.js";
import { alertUser, breathe, byId, el, fill, say } from "./dom.js";
import { language, number, t } from "./i18n.js";
import { kindOf, nameOf, otherLanguage, otherNameOf, unitsOf } from "./words.js";

const LISTED = 300;

export class Browse {
  #map;
  #go;
  #unit = null;
  #group = "";
  #way = "points";
  #things = [];
  #turn = 0;

  constructor(map, go) {
    this.#map = map;
    this.#go = go;
  }

  address() {
    return { view: "browse", unit: this.#unit === "SY" ? "" : this.#unit, group: this.#group, as: this.#way === WAYS[0] ? "" : this.#way };
  }

  again() {
    this.#unit = null;
  }

  /** Another view takes the map. */
  leave() {
    this.#turn += 1;
  }

  /** Show a unit, its units and its places. */
  async show({ unit: asked, group = "", as = "", place = "" }, { keepMap = false, changed = false } = {}) {
    const unit = asked || "SY";
    const way = WAYS.includes(as) ? as : WAYS[0];
    const turn = (this.#turn += 1);
    alertUser("");
    try {
      const [facts, units] = await Promise.all([askFacts(), askUnits()]);
      if (turn !== this.#turn) return;
      const here = units.get(unit);
      if (!here) throw new Trouble("not-found");
      const same = this.#unit === unit && this.#group === group && this.#way === way && !changed;
      [this.#unit, this.#group, this.#way] = [unit, group, way];
      if (!same) {
        this.#render(here, units, facts);
        if (!keepMap) this.#map.fitBox(here.bbox);
        this.#showOutline(here);
        await this.#loadPlaces(here, units, facts, turn);
      }
      if (place && turn === this.#turn) await this.#openPlace(place, facts, { keepMap });
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      this.#unit = null;
      alertUser(error.words);
    }
  }

  #render(here, units, facts) {
    const below = [...units.values()].filter((unit) => unit.level === here.level + 1 && (here.level === 0 || unit.pcode.startsWith(here.pcode)));
    below.sort((a, b) => nameOf(a).localeCompare(nameOf(b), language()));
    const focused = document.activeElement?.id;
    fill(
      byId("browse-results"),
      this.#path(here, units),
      el("h2", { class: "unit-name", id: "unit-name", tabindex: "-1" }, nameOf(here), otherNameOf(here) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(here)) : null),
      el("p", { class: "unit-count" }, t("browse.holds", { count: here.places }), " · ", el("bdi", { class: "code", dir: "ltr" }, here.pcode)),
      this.#filter(facts),
      el("div", { id: "browse-key-room" }),
      below.length ? el("ul", { class: "units" }, ...below.map((unit) => this.#unitItem(unit))) : null,
      el("div", { id: "browse-places" }),
    );
    if (focused === "browse-group" || focused === "browse-as") byId(focused).focus(); // they were made anew
    say(`${nameOf(here)}: ${t("browse.holds", { count: here.places })}`);
  }

  #path(here, units) {
    const chain = [units.get("SY"), ...unitsOf(units, here.pcode)];
    const crumb = (unit) => unit === here
      ? el("li", {}, el("span", { "aria-current": "page" }, nameOf(unit)))
      : el("li", {}, this.#link(unit, nameOf(unit)));
    return el("nav", { class: "path", "aria-label": t("browse.path") }, el("ol", {}, ...chain.map(crumb)));
  }

  #unitItem(unit) {
    const link = this.#link(unit, "");
    link.append(el("span", { class: "unit-title" }, nameOf(unit)), el("span", { class: "unit-size" }, number(unit.places)));
    return el("li", {}, link);
  }

  #link(unit, text) {
    const wanted = { ...this.address(), unit: unit.pcode === "SY" ? "" : unit.pcode };
    return el("a", { href: addressOf(wanted), onclick: (event) => {
      if (event.metaKey || event.ctrlKey) return;
      event.preventDefault();
      this.#go(wanted, { anew: true });
      byId("panel").scrollTo({ top: 0 });
    } }, text);
  }

  #filter(facts) {
    const groups = [...new Set(Object.values(facts.kinds).map(({ group }) => group))].filter((group) => group !== "admin");
    const choice = el("select", { id: "browse-group", onchange: () => this.#go({ ...this.address(), group: choice.value }, { anew: true }) },
      el("option", { value: "" }, t("browse.all-kinds")),
      ...groups.map((group) => el("option", { value: group, selected: group === this.#group }, t(`group.${group}`))));
    const way = el("select", { id: "browse-as", onchange: () => this.#go({ ...this.address(), as: way.value }, { anew: true }) },
      ...WAYS.map((name) => el("option", { value: name, selected: name === this.#way }, t(`browse.as-${name}`))));
    return el("div", { class: "filter" },
      el("label", { for: "browse-group" }, t("browse.show")), choice,
      el("label", { for: "browse-as" }, t("browse.as")), way);
  }

  async #showOutline(here) {
    const whole = await askPlace(here.id).catch(() => null);
    if (whole && this.#unit === here.pcode && here.level > 0 && this.#way !== "shades") this.#map.showArea(whole.geometry);
  }

  /** The places of a unit: points as they come, clusters and shades once all are there. */
  async #loadPlaces(here, units, facts, turn) {
    const held = ({ kind, admin_pcode: pcode }) =>
      facts.kinds[kind].group !== "admin" && (!this.#group || facts.kinds[kind].group === this.#group) && (here.level === 0 || pcode.startsWith(here.pcode));
    this.#things = [];
    if (this.#way === "points") this.#map.showPoints({ onChoose: (id) => this.#choose(id), labelled: here.level >= 2 });
    else this.#map.clear();
    let read = 0;
    for await (const batch of everyPlace()) {
      await breathe();
      if (turn !== this.#turn) return;
      read += batch.length;
      const things = batch.filter(held).map((place) => ({ ...place, label: nameOf(place), colour: colourOf(facts, place.kind) }));
      this.#things.push(...things);
      if (this.#way === "points") this.#map.addPoints(things);
      this.#tell(read, facts);
    }
    this.#list(facts, here);
    await this.#finish(here, units, facts, turn);
  }

  /** How far the reading has come. */
  #tell(read, facts) {
    fill(byId("browse-places"),
      el("p", { class: "note", id: "browse-coming" }, t("browse.coming", { count: read, total: facts.places })),
      el("progress", { max: facts.places, value: read, "aria-label": t("browse.coming-label") }));
  }

  async #finish(here, units, facts, turn) {
    if (this.#way === "points") return fill(byId("browse-key-room"), keyOfKinds(facts, this.#things));
    if (this.#way === "clusters") {
      this.#map.showClusters(this.#things, { onChoose: (id) => this.#choose(id) });
      return fill(byId("browse-key-room"), el("p", { class: "note", id: "browse-key" }, t("browse.clusters-note")));
    }
    const shades = await shadesOf(units, here, this.#things);
    if (turn !== this.#turn) return undefined;
    this.#map.showShades(shades.areas, { onChoose: (unit) => this.#go({ ...this.address(), unit, place: "" }, { anew: true }) });
    return fill(byId("browse-key-room"), el("p", { class: "note" }, t("browse.shades-note")), keyOfShades(shades));
  }

  #list(facts, here) {
    const { compare } = new Intl.Collator(language());
    const listed = here.level >= 2 || this.#group ? [...this.#things] : [];
    const shown = listed.sort((a, b) => compare(nameOf(a), nameOf(b))).slice(0, LISTED);
    byId("browse-places").replaceChildren(
      el("p", { class: "note", id: "browse-shown", "data-shown": this.#things.length }, t("browse.on-map", { count: this.#things.length })),
      ...(shown.length ? [el("ul", { class: "places" }, ...shown.map((thing) => this.#placeItem(thing, facts)))] : []),
      ...(shown.length && this.#things.length > LISTED ? [el("p", { class: "note" }, t("browse.first", { count: LISTED }))] : []),
    );
  }

  #placeItem(thing, facts) {
    return el("li", { "data-place": thing.key },
      el("button", { type: "button", class: "place-head", "aria-expanded": "false", onclick: () => this.#choose(thing.key),
        onmouseenter: () => this.#map.mark(thing.key, true), onmouseleave: () => this.#map.mark(thing.key, false) },
        el("span", { class: "place-name", dir: "auto" }, nameOf(thing)),
        otherNameOf(thing) ? el("bdi", { lang: otherLanguage(), class: "other-name" }, otherNameOf(thing)) : null,
        el("span", { class: "place-kind" }, kindOf(facts, thing.kind))));
  }

  #choose(id) {
    this.#go({ ...this.address(), place: id }, { anew: true });
  }

  /** Open a place's card where it stands in the list, or above the list. */
  async #openPlace(id, facts, { keepMap }) {
    const { properties } = await askPlace(id);
    document.querySelectorAll("#browse-places .card").forEach((card) => card.remove());
    document.querySelectorAll(".place-head").forEach((head) => head.setAttribute("aria-expanded", "false"));
    let item = document.querySelector(`[data-place="${CSS.escape(id)}"]`);
    if (!item) {
      item = this.#placeItem({ key: id, ...properties }, facts);
      byId("browse-places").prepend(el("ul", { class: "places card" }, item));
    }
    item.querySelector("button").setAttribute("aria-expanded", "true");
    item.append(el("div", { class: "card" }, cardOf(properties, facts)));
    item.scrollIntoView({ block: "nearest" });
    if (!keepMap) this.#map.goTo(properties, 11);
    this.#map.mark(id, true);
  }
}
