/** The map: the base map under what a view shows. A view gives things; it hears of hovers and choices. */

import {
  Canvas, CircleMarker, Control, DivIcon, FeatureGroup, GeoJSON, LatLngBounds, Map as LeafletMap, Marker, DomEvent,
} from "./leaflet.js";
import { Basemap } from "./basemap.js";
import { FORMS } from "./coordinates.js";
import { askFacts } from "./api.js";
import { alertUser, el } from "./dom.js";
import { isRtl, number, t } from "./i18n.js";
import { certaintyOf } from "./words.js";

const SYRIA = new LatLngBounds([32.2, 35.5], [37.4, 42.5]);
const ROOM_ABOVE = 58; // pixels that the choice of tiles covers, and a pin's name above it
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Leaflet's bar of the scale, in the language of the page. */
const Scale = Control.Scale.extend({
  _updateScale(bar, text, ratio) {
    const [length, unit] = text.split(" ");
    Control.Scale.prototype._updateScale.call(this, bar, t(unit, { [unit]: Number(length) }), ratio);
  },
  say() {
    this._update();
  },
});

export class PlaceMap {
  #map;
  #base;
  #shown = new FeatureGroup();
  #areas = new FeatureGroup();
  #byKey = new Map();
  #zoom;
  #tilesBox = null;
  #scale;
  #pointer;
  #points = null;
  #clusteredAt = null; // the zoom at which the clusters shown were made
  #redo = () => {};

  /**
   * @param {HTMLElement} container
   * @param {Object} calls `onMove(position)`, and `onAsk({ lat, lon })` where a person asks what is at a point
   */
  constructor(container, { onMove, onAsk, attribution }) {
    this.#map = new LeafletMap(container, {
      preferCanvas: true,
      renderer: new Canvas({ padding: 0.4, tolerance: 4 }),
      zoomControl: false,
      attributionControl: false,
      minZoom: 5,
      maxZoom: 18,
      zoomSnap: 0.25,
      zoomAnimation: !STILL.matches,
      fadeAnimation: !STILL.matches,
      maxBounds: SYRIA.pad(0.8),
    });
    this.#map.fitBounds(SYRIA, { animate: false });
    this.#base = new Basemap(this.#map);
    this.#areas.addTo(this.#map);
    this.#shown.addTo(this.#map);
    this.#map.on("moveend", () => onMove(this.position));
    this.#map.on("zoomend", () => (this.#clusteredAt === null ? this.#resizePoints() : this.#clusteredAt !== this.#map.getZoom() && this.#redo()));
    this.#map.on("contextmenu", ({ latlng }) => onAsk({ lat: latlng.lat, lon: latlng.lng })); // long press on a phone
    new ResizeObserver(() => this.#map.invalidateSize({ animate: false, pan: false })).observe(container);
    this.#addControls(attribution);
  }

  /** Draw the base map. */
  async load() {
    const { tiles } = await askFacts();
    if (tiles) this.#addTiles(tiles);
    await this.#base.load();
  }

  /** `zoom/lat/lon`, for the address. */
  get position() {
    const { lat, lng } = this.#map.getCenter();
    return `${Math.round(this.#map.getZoom() * 100) / 100}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
  }

  set position(text) {
    const [zoom, lat, lon] = text.split("/").map(Number);
    if ([zoom, lat, lon].every(Number.isFinite)) this.#map.setView([lat, lon], zoom, { animate: false });
  }

  /** What is shown, as `[west, south, east, north]`. */
  get box() {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** Other words and colours, the same things. */
  refresh() {
    const side = isRtl() ? "left" : "right";
    this.#zoom.setPosition(`bottom${side}`);
    this.#tilesBox?.setPosition(`top${side}`);
    this.#tilesBox?.say();
    this.#scale.setPosition(`bottom${side}`);
    this.#scale.say();
    this.#pointer.setPosition(`bottom${isRtl() ? "right" : "left"}`);
    this.#zoom.getContainer().querySelectorAll("a").forEach((button, at) => {
      const words = t(at ? "map.out" : "map.in");
      button.title = words;
      button.setAttribute("aria-label", words);
    });
    this.#base.refresh();
    this.#redo();
  }

  clear() {
    this.#shown.clearLayers();
    this.#areas.clearLayers();
    this.#byKey.clear();
    this.#base.clearLabels();
    this.#points = null;
    this.#clusteredAt = null;
    this.#redo = () => {};
  }

  /** All of Syria. */
  showAll() {
    this.#map.fitBounds(SYRIA, { animate: false });
  }

  /**
   * Numbered points, first things first.
   * @param {Array} things with `key`, `lon`, `lat`, `label`
   */
  showNumbered(things, { onChoose }) {
    this.#redo = () => this.showNumbered(things, { onChoose });
    this.#restart();
    things.forEach((thing, at) => {
      const icon = new DivIcon({
        className: "pin",
        html: el("span", { class: "pin-number" }, number(at + 1)),
        iconSize: [28, 28],
        iconAnchor: [14, 14],
      });
      const marker = new Marker([thing.lat, thing.lon], {
        icon, title: `${number(at + 1)} ${thing.label}`, riseOnHover: true, zIndexOffset: -at * 10,
      });
      marker.on("click", () => onChoose(thing.key));
      marker.addTo(this.#shown);
      marker.getElement()?.setAttribute("aria-label", `${number(at + 1)} ${thing.label}`);
      this.#byKey.set(thing.key, marker);
    });
    this.#base.setMainLabels(things, "pinned");
  }

  /**
   * Points coloured by certainty, larger the more often they are named; areas for what is relative.
   * @param {Array} things with `key`, `lon`, `lat`, `label`, `short` label, `confidence`, `count`, `area`
   */
  showMentioned(things, { onChoose, onHover }) {
    this.#redo = () => this.showMentioned(things, { onChoose, onHover });
    this.#restart();
    for (const thing of [...things].sort((a, b) => Boolean(b.area) - Boolean(a.area))) {
      const color = token(`certainty-${thing.chosen ? "chosen" : certaintyOf(thing.confidence)}`);
      const layer = thing.area
        ? new GeoJSON(thing.area, { style: { color, weight: 1.6, dashArray: thing.relation ? "6 5" : null, fillColor: color, fillOpacity: 0.1 } })
        : new CircleMarker([thing.lat, thing.lon], {
            radius: 6 + Math.min(6, Math.sqrt(thing.count)), color: token("pin-edge"), weight: 1.6, fillColor: color, fillOpacity: 0.95,
          });
      layer.bindTooltip(el("span", { dir: "auto" }, thing.label), { direction: "top" });
      layer.on({
        click: () => onChoose(thing.key),
        mouseover: () => onHover(thing.key, true),
        mouseout: () => onHover(thing.key, false),
      });
      layer.addTo(thing.area ? this.#areas : this.#shown);
      this.#byKey.set(thing.key, layer);
    }
    this.#base.setMainLabels(things.map((thing) => ({ ...thing, label: thing.short })), "mention");
  }

  /** Many small points, which come by and by through `addPoints`; few of them may be large (`size`, times the usual). */
  showPoints({ onChoose, labelled = true, size = 1 }) {
    this.#shown.clearLayers();
    this.#byKey.clear();
    this.#base.clearLabels();
    this.#clusteredAt = null;
    this.#points = { onChoose, labelled, size, all: [] };
    this.#redo = () => {
      const { all } = this.#points;
      this.showPoints({ onChoose, labelled, size });
      this.addPoints(all);
    };
  }

  /** More of them: things with `key`, `lon`, `lat`, `label`, and the name of a `colour` where it is not the usual one. */
  addPoints(things) {
    const { onChoose, labelled, all } = this.#points;
    all.push(...things);
    const colours = new Map();
    const colourOf = (name) => colours.get(name) ?? colours.set(name, token(name)).get(name);
    const style = { radius: this.#pointRadius(), color: token("pin-edge"), weight: 0.6, fillColor: token("point"), fillOpacity: 0.8 };
    for (const thing of things) {
      const marker = new CircleMarker([thing.lat, thing.lon], thing.colour ? { ...style, fillColor: colourOf(thing.colour) } : style);
      marker.on("mouseover", () => this.mark(thing.key, true));
      marker.on("mouseout", () => this.mark(thing.key, false));
      marker.on("click", () => onChoose(thing.key));
      marker.bindTooltip(() => el("span", { dir: "auto" }, thing.label), { direction: "top" });
      this.#byKey.set(thing.key, marker);
      marker.addTo(this.#shown);
    }
    if (labelled) this.#base.addPointLabels(things.map(({ short, ...thing }) => (short ? { ...thing, label: short } : thing)));
  }

  /** Areas filled by their `shade`; each has `key`, `geometry`, `label`. */
  showShades(areas, { onChoose }) {
    this.#redo = () => this.showShades(areas, { onChoose });
    this.#restart();
    for (const { key, geometry, label, shade } of areas) {
      const layer = new GeoJSON(geometry, { style: { color: token("map-edge"), weight: 1, fillColor: token(`shade-${shade}`), fillOpacity: 0.85 } });
      layer.bindTooltip(el("span", { dir: "auto" }, label), { sticky: true });
      layer.on({ click: () => onChoose(key), mouseover: () => this.mark(key, true), mouseout: () => this.mark(key, false) });
      layer.addTo(this.#areas);
      this.#byKey.set(key, layer);
    }
    this.#base.setMainLabels(areas.map(({ lon, lat, count }) => ({ lon, lat, label: number(count) })), "count");
  }

  /** Places as circles with how many stand there; each place by itself where one looks closely or nothing is near it. */
  showClusters(things, { onChoose }) {
    this.#redo = () => this.showClusters(things, { onChoose });
    this.#restart();
    const zoom = this.#map.getZoom();
    const clusters = clustersOf(things, (thing) => this.#map.project([thing.lat, thing.lon], zoom));
    const most = Math.max(...clusters.map(({ count }) => count), 1);
    const [edge, fill] = [token("pin-edge"), token("point")];
    for (const cluster of clusters) {
      const radius = cluster.count === 1 ? 4 : 9 + 17 * Math.sqrt(cluster.count / most);
      const marker = new CircleMarker([cluster.lat, cluster.lon], { radius, color: edge, weight: 1, fillColor: fill, fillOpacity: cluster.count === 1 ? 0.9 : 0.7 });
      if (cluster.count === 1) marker.bindTooltip(() => el("span", { dir: "auto" }, cluster.label), { direction: "top" });
      marker.on("click", () => (cluster.count === 1 ? onChoose(cluster.key) : this.#map.setView([cluster.lat, cluster.lon], zoom + 2)));
      marker.addTo(this.#shown);
      this.#byKey.set(cluster.key, marker);
    }
    this.#base.setMainLabels(clusters.filter(({ count }) => count > 1).map(({ lon, lat, count }) => ({ lon, lat, label: number(count) })), "count");
    this.#clusteredAt = zoom;
  }

  #pointRadius() {
    const zoom = this.#map.getZoom();
    return (zoom < 7.5 ? 1.8 : zoom < 9 ? 2.8 : zoom < 11 ? 3.8 : 5) * (this.#points?.size ?? 1);
  }

  /** Points grow as one looks closer. */
  #resizePoints() {
    const radius = this.#pointRadius();
    if (!this.#points?.all.length || this.#points.radius === radius) return;
    this.#points.radius = radius;
    for (const layer of this.#byKey.values()) layer.setRadius?.(radius);
  }

  /** An outline beside those that are there, for a unit among numbered points. */
  addOutline(geometry) {
    if (!geometry?.type.includes("Polygon")) return;
    const color = token("accent-strong");
    new GeoJSON(geometry, { interactive: false, style: { color, weight: 1.6, fillColor: color, fillOpacity: 0.05 } }).addTo(this.#areas);
  }

  /** An outline over the map; with `fit`, the map shows all of it. */
  showArea(geometry, { fit = false } = {}) {
    this.#areas.clearLayers();
    if (!geometry || geometry.type === "Point") return;
    const color = token("accent-strong");
    const layer = new GeoJSON(geometry, { interactive: false, style: { color, weight: 2.5, fillColor: color, fillOpacity: 0.08 } });
    layer.addTo(this.#areas);
    if (fit) this.#fitTo(layer.getBounds());
  }

  /** Make one stand out, or no longer. */
  mark(key, on) {
    const layer = this.#byKey.get(key);
    if (!layer) return;
    if (layer instanceof Marker) layer.getElement()?.classList.toggle("is-hot", on);
    else layer.setStyle({ weight: on ? 4 : this.#points ? 0.6 : 1.6 });
    if (on) layer.openTooltip();
    else layer.closeTooltip();
  }

  /** The point that a person clicks next, as `{ lat, lon }`; null where Escape is pressed instead. */
  pickPoint() {
    const container = this.#map.getContainer();
    container.classList.add("is-picking");
    return new Promise((resolve) => {
      const stop = (point) => {
        container.classList.remove("is-picking");
        this.#map.off("click", onClick);
        document.removeEventListener("keydown", onKey, true);
        resolve(point);
      };
      const onClick = ({ latlng }) => stop({ lat: latlng.lat, lon: latlng.lng });
      const onKey = (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        stop(null);
      };
      this.#map.on("click", onClick);
      document.addEventListener("keydown", onKey, true);
    });
  }

  /** Which of the numbered points is chosen. */
  choose(key) {
    for (const [other, layer] of this.#byKey) {
      if (!(layer instanceof Marker)) continue;
      layer.getElement()?.classList.toggle("is-chosen", other === key);
      layer.setZIndexOffset(other === key ? 1000 : 0);
    }
  }

  /** Show all things; one alone from not too near. */
  fit(things, { most = 12 } = {}) {
    const bounds = new LatLngBounds(things.filter(({ lat }) => Number.isFinite(lat)).map(({ lat, lon }) => [lat, lon]));
    if (bounds.isValid()) this.#fitTo(bounds, most);
  }

  /** Show all of a geometry. */
  fitArea(geometry) {
    this.#fitTo(new GeoJSON(geometry).getBounds(), 10.5);
  }

  /** Show a box `[west, south, east, north]`. */
  fitBox([west, south, east, north]) {
    this.#fitTo(new LatLngBounds([south, west], [north, east]));
  }

  /** Bring a point into view, no nearer than need be. */
  goTo({ lat, lon }, zoom = 11) {
    this.#map.setView([lat, lon], Math.max(this.#map.getZoom(), zoom), { animate: !STILL.matches });
  }

  #fitTo(bounds, maxZoom = 13) {
    this.#map.fitBounds(bounds, { paddingTopLeft: [36, ROOM_ABOVE], paddingBottomRight: [36, 36], maxZoom, animate: !STILL.matches });
  }

  #restart() {
    this.#points = null;
    this.#clusteredAt = null;
    this.#shown.clearLayers();
    this.#areas.clearLayers();
    this.#byKey.clear();
  }

  #addControls(attribution) {
    this.#zoom = new Control.Zoom({ position: "bottomright" }).addTo(this.#map);
    const credits = new Control.Attribution({ position: "bottomleft", prefix: '<a href="https://leafletjs.com">Leaflet</a>' });
    credits.addAttribution(attribution).addTo(this.#map);
    Object.assign(credits.getContainer(), { tabIndex: 0, role: "note" }); // cut to a line until it is pointed at or reached
    this.#scale = new Scale({ position: "bottomright", imperial: false }).addTo(this.#map);
    this.#addPointer();
  }

  /** Where the pointer is, in degrees. */
  #addPointer() {
    const Pointer = Control.extend({ onAdd: () => (this.pointer = el("div", { class: "map-pointer", dir: "ltr", "aria-hidden": "true" })) });
    this.#pointer = new Pointer({ position: "bottomleft" }).addTo(this.#map);
    this.#map.on("mousemove", ({ latlng }) => (this.pointer.textContent = FORMS.decimal({ lat: latlng.lat, lon: latlng.lng })));
    this.#map.on("mouseout", () => (this.pointer.textContent = ""));
  }

  #addTiles(settings) {
    this.#base.setTiles(settings);
    const Tiles = Control.extend({
      onAdd: () => {
        const onFail = () => {
          box.checked = false;
          this.#base.useTiles(false);
          alertUser(t("map.tiles-failed"));
        };
        const box = el("input", { type: "checkbox", id: "tiles", onchange: () => this.#base.useTiles(box.checked, onFail) });
        this.words = el("span");
        const label = el("label", { class: "map-choice", for: "tiles" }, box, this.words);
        DomEvent.disableClickPropagation(label);
        return label;
      },
      say: () => {
        this.words.textContent = t("map.tiles");
        this.words.parentElement.title = t("map.tiles-note");
      },
    });
    this.#tilesBox = new Tiles({ position: `top${isRtl() ? "left" : "right"}` }).addTo(this.#map);
    this.#tilesBox.say();
  }
}

const CELL = 72; // pixels of the screen that make one cluster

/** Things by cells of the screen: each cluster in the middle of its things, named after the first of them. */
function clustersOf(things, project) {
  const cells = new Map();
  for (const thing of things) {
    const { x, y } = project(thing);
    const cell = `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`;
    const cluster = cells.get(cell) ?? { key: thing.key, label: thing.label, lon: 0, lat: 0, count: 0 };
    cluster.lon += thing.lon;
    cluster.lat += thing.lat;
    cluster.count += 1;
    cells.set(cell, cluster);
  }
  return [...cells.values()].map(({ lon, lat, count, ...rest }) => ({ ...rest, count, lon: lon / count, lat: lat / count }));
}
