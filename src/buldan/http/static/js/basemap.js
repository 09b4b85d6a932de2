/** The base map: our own borders, waters and names; tiles of OpenStreetMap only when they are turned on. */

import { Canvas, GeoJSON, TileLayer } from "./leaflet.js";
import { ask, askLayer } from "./api.js";
import { isRtl } from "./i18n.js";
import { Labels } from "./labels.js";
import { nameOf, wantsAllNames } from "./words.js";

const LAYERS = ["surroundings", "country", "governorates", "water", "towns", "roads", "districts", "subdistricts"];
const LATER = "quarters"; // asked for only where one looks closely
const FIRST_ZOOM = { surroundings: 0, country: 0, governorates: 0, water: 0, roads: 7, districts: 8, subdistricts: 10, quarters: 12 };
const LAST_ZOOM = { water: 11, roads: 10.5 }; // schematic lines stray from their beds when looked at from near
const CELL = 0.25; // degrees; villages are asked for by cells of this size
const VILLAGES_FROM = 11;

const tokens = (names) => {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]));
};

export class Basemap {
  #map;
  #layers = new Map();
  #fixed = [];
  #cells = new Map();
  #extra = [];
  #main = [];
  #tiles = null;
  #tileSettings = null;
  #renderer = null;
  #later = false;
  #labels;

  constructor(map) {
    this.#map = map;
    for (const [pane, depth] of [["base", 210], ["labels", 450]]) {
      map.createPane(pane).style.zIndex = depth;
      map.getPane(pane).style.pointerEvents = "none";
    }
    this.#labels = new Labels(() => this.#allLabels(), () => this.#labelStyles()).addTo(map);
    map.on("moveend", () => this.#onMove());
  }

  /** Load every layer; the first is drawn as soon as it is there. */
  async load() {
    const renderer = new Canvas({ pane: "base", padding: 0.4 });
    this.#renderer = renderer;
    for (const name of LAYERS) {
      const collection = await askLayer(name);
      if (name !== "towns") this.#addLayer(name, collection);
      this.#fixed.push(...collection.features.map((feature) => labelOf(feature)).filter(Boolean));
      this.#fixed.sort((a, b) => a.rank - b.rank);
      this.#arrange();
      this.#labels.redraw();
    }
  }

  #addLayer(name, collection) {
    const drawn = { ...collection, features: collection.features.filter(({ geometry }) => geometry.type !== "Point") };
    const style = (feature) => this.#style(name, feature);
    this.#layers.set(name, new GeoJSON(drawn, { pane: "base", renderer: this.#renderer, interactive: false, style }));
  }

  /** Outlines of quarters and camps, once somebody looks closely enough to see them. */
  async #loadLater() {
    if (this.#later || !this.#renderer || this.#map.getZoom() < FIRST_ZOOM[LATER]) return;
    this.#later = true;
    try {
      this.#addLayer(LATER, await askLayer(LATER));
      this.#arrange();
    } catch {
      this.#later = false; // asked for again when one looks here again
    }
  }

  /** Draw again, in other colours or another language. */
  refresh() {
    for (const [name, layer] of this.#layers) layer.setStyle((feature) => this.#style(name, feature));
    this.#labels.redraw();
  }

  /** Names of the small points that a view shows, after those of the base map. */
  addPointLabels(things) {
    this.#extra.push(...things.map((thing) => villageLabel(thing, 50)));
    this.#labels.redraw();
  }

  /** Names of what a view is about, before all others; `style` is `mention`, `pinned` or `count`. */
  setMainLabels(things, style) {
    this.#main = things.map((thing) => ({ ...thing, text: thing.label, style, minZoom: 0 }));
    this.#labels.redraw();
  }

  clearLabels() {
    this.#extra = [];
    this.#main = [];
    this.#labels.redraw();
  }

  /** The tiles that the operator lets the page show: `{ url, attribution }`. */
  setTiles(settings) {
    this.#tileSettings = settings;
  }

  /** Show those tiles, or our own map again; `onFail` hears once where none of them come. */
  useTiles(wanted, onFail = () => {}) {
    this.#tiles?.remove();
    this.#tiles = wanted
      ? new TileLayer(this.#tileSettings.url, {
          maxZoom: 19,
          referrerPolicy: "strict-origin-when-cross-origin",
          attribution: this.#tileSettings.attribution, // escaped by the service
        }).addTo(this.#map)
      : null;
    let came = false;
    this.#tiles?.on("tileload", () => (came = true));
    this.#tiles?.once("tileerror", () => came || onFail());
    this.#arrange();
    this.#labels.redraw();
  }

  #onMove() {
    this.#arrange();
    this.#loadLater();
    this.#loadVillages();
  }

  #arrange() {
    const zoom = this.#map.getZoom();
    for (const [name, layer] of this.#layers) {
      const wanted = !this.#tiles && zoom >= FIRST_ZOOM[name] && zoom <= (LAST_ZOOM[name] ?? 99);
      if (wanted === this.#map.hasLayer(layer)) continue;
      if (wanted) layer.addTo(this.#map);
      else layer.remove();
    }
    for (const name of ["subdistricts", "districts", "country", "surroundings"]) this.#layers.get(name)?.bringToBack?.();
  }

  #style(name, feature) {
    const ink = tokens(["land", "outside", "edge", "border", "border-fine", "water", "water-edge", "road"]);
    const line = { fill: false, interactive: false, lineJoin: "round" };
    return {
      surroundings: { ...line, fill: true, fillColor: ink.outside, fillOpacity: 1, color: ink.border, weight: 0.8 },
      roads: { ...line, color: ink.road, weight: 1.4, dashArray: "1 4" },
      quarters: { ...line, color: ink["border-fine"], weight: 0.8 },
      country: { ...line, fill: true, fillColor: ink.land, fillOpacity: 1, color: ink.edge, weight: 2 },
      governorates: { ...line, color: ink.border, weight: 1.3 },
      districts: { ...line, color: ink["border-fine"], weight: 1 },
      subdistricts: { ...line, color: ink["border-fine"], weight: 0.7, dashArray: "3 3" },
      water: feature.properties.kind === "river"
        ? { ...line, color: ink["water-edge"], weight: 1.8 }
        : { ...line, fill: true, fillColor: ink.water, fillOpacity: 1, color: ink["water-edge"], weight: 0.8 },
    }[name];
  }

  #allLabels() {
    if (this.#tiles) return this.#main;
    const others = [...this.#fixed, ...this.#extra, ...[...this.#cells.values()].flat()];
    const [west, east] = [this.#map.getBounds().pad(0.4).getWest(), this.#map.getBounds().pad(0.4).getEast()];
    const inSight = others.filter(({ lon }) => lon > west && lon < east);
    return [...this.#main, ...inSight.map((label) => ({ ...label, text: nameOf(label) }))];
  }

  #labelStyles() {
    const ink = tokens(["label", "label-soft", "label-water", "halo"]);
    const family = getComputedStyle(document.body).fontFamily;
    const grow = isRtl() ? 1.08 : 1;
    const style = (size, weight, color, extra = {}) => ({
      size: size * grow,
      font: `${weight} ${size * grow}px ${family}`,
      ink: color,
      halo: ink.halo,
      ...extra,
    });
    return {
      mention: style(13.5, 600, ink.label, { lift: 20, clear: 6 }),
      count: style(12, 600, ink.label, { repeats: true }),
      pinned: style(13.5, 600, ink.label, { lift: 27, clear: 13 }),
      governorate: style(12.5, 500, ink["label-soft"], { spacing: isRtl() ? "0px" : "1.5px" }),
      city: style(14, 600, ink.label, { dot: 3 }),
      town: style(12.5, 500, ink.label, { dot: 2.2 }),
      village: style(12, 400, ink.label),
      neighbour: style(13, 500, ink["label-soft"], { spacing: isRtl() ? "0px" : "2px" }),
      abroad: style(12, 400, ink["label-soft"], { dot: 1.8 }),
      water: style(12, "italic 400", ink["label-water"]),
    };
  }

  /** Names of villages where one looks closely, a cell at a time, each asked for once. */
  async #loadVillages() {
    if (this.#tiles || this.#map.getZoom() < VILLAGES_FROM) return;
    const bounds = this.#map.getBounds();
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
      .map((degrees) => Math.floor(degrees / CELL));
    for (let x = west; x <= east; x += 1) {
      for (let y = south; y <= north; y += 1) await this.#loadCell(x, y);
    }
  }

  async #loadCell(x, y) {
    const key = `${x},${y}`;
    if (this.#cells.has(key)) return;
    this.#cells.set(key, []);
    const bbox = [x, y, x + 1, y + 1].map((part) => part * CELL).join(",");
    try {
      const answer = await ask("places", {
        bbox, kind: ["village", "camp", "neighbourhood"], limit: 1000, fields: wantsAllNames() ? "kind,name_ar,name_en,names" : "kind,name_ar,name_en",
      });
      this.#cells.set(key, answer.features.map((feature) => villageLabel(thingOf(feature), 60)));
      this.#labels.redraw();
    } catch {
      this.#cells.delete(key); // asked for again when one looks here again
    }
  }
}

const thingOf = ({ id, geometry, properties }) => {
  const [lon, lat] = geometry.coordinates;
  return { id, lon, lat, ...properties };
};

const villageLabel = (thing, rank) => ({
  ...thing,
  rank,
  style: "village",
  minZoom: thing.kind === "neighbourhood" ? 13 : VILLAGES_FROM,
});

const AROUND = { country: "neighbour", sea: "water", town: "abroad" };

/** The label of a country, sea or town around Syria, which has its own point and first zoom. */
function labelAround({ properties: p, geometry }) {
  const [lon, lat] = geometry.coordinates;
  return { name_ar: p.name_ar, name_en: p.name_en, lon, lat, style: AROUND[p.kind], rank: p.kind === "town" ? 35 : 38, minZoom: p.min_zoom, maxZoom: p.kind === "country" ? 8 : 99 };
}

function labelOf(feature) {
  const { properties: p } = feature;
  if ("min_zoom" in p) return labelAround(feature);
  if (!p.name_ar && p.kind !== "governorate" && p.kind !== "city") return null;
  const people = p.population ?? 0;
  const rules = {
    governorate: { rank: 40, style: "governorate", minZoom: 6.5, maxZoom: 8.5 },
    river: { rank: 45, style: "water", minZoom: 7 },
    lake: { rank: 46, style: "water", minZoom: 8 },
    city: { rank: 10 - Math.min(9, people / 200_000), style: "city", minZoom: people > 200_000 ? 5.5 : people > 80_000 ? 6.5 : 7.5 },
    town: { rank: 30, style: "town", minZoom: 9 },
  };
  return p.kind in rules ? { ...p, ...rules[p.kind] } : null;
}
