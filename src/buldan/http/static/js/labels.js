/** Names on the map, drawn on a canvas by the browser, which shapes and orders Arabic as it should. */

import { DomUtil, Layer } from "./leaflet.js";

const MARGIN = 0.3; // of the map's size on each side, so that names do not run out while it is dragged

/**
 * A layer of labels. Each is `{lon, lat, text, rank, minZoom, maxZoom?, style}`; those of lower rank come first,
 * and one that would overlap another is left out.
 */
export const Labels = Layer.extend({
  initialize(readLabels, readStyles) {
    this._readLabels = readLabels;
    this._readStyles = readStyles;
  },

  onAdd(map) {
    this._canvas = DomUtil.create("canvas", "map-labels leaflet-zoom-hide");
    this._canvas.setAttribute("aria-hidden", "true");
    map.getPane("labels").append(this._canvas);
    this.redraw();
  },

  onRemove() {
    this._canvas.remove();
  },

  getEvents() {
    return { moveend: this.redraw, zoomend: this.redraw, resize: this.redraw, viewreset: this.redraw };
  },

  redraw() {
    if (!this._map) return;
    const size = this._map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const full = size.add(margin.multiplyBy(2));
    const dense = window.devicePixelRatio || 1;
    this._canvas.width = full.x * dense;
    this._canvas.height = full.y * dense;
    this._canvas.style.width = `${full.x}px`;
    this._canvas.style.height = `${full.y}px`;
    DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]).subtract(margin));
    const pen = this._canvas.getContext("2d");
    pen.scale(dense, dense);
    this._draw(pen, margin, full);
  },

  _draw(pen, margin, full) {
    const zoom = this._map.getZoom();
    const styles = this._readStyles();
    const labels = this._readLabels();
    const place = ({ lon, lat }) => this._map.latLngToContainerPoint([lat, lon]).add(margin);
    const taken = labels.filter(({ style }) => styles[style].clear).map((label) => reserved(place(label), styles[label.style].clear));
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    for (const label of labels) {
      if (zoom < label.minZoom || zoom > (label.maxZoom ?? 99) || !label.text) continue;
      const at = place(label);
      if (at.x < 0 || at.y < 0 || at.x > full.x || at.y > full.y) continue;
      const style = styles[label.style];
      pen.font = style.font;
      pen.letterSpacing = style.spacing ?? "0px";
      const lift = style.lift ?? (style.dot ? style.size : 0);
      const box = boxOf(at.x, at.y - lift, pen.measureText(label.text).width, style.size);
      if (taken.some((other) => overlap(box, other.box) || (!style.repeats && other.text === label.text && near(at, other.at)))) continue;
      taken.push({ box, at, text: label.text });
      write(pen, label.text, at, lift, style);
    }
  },
});

/** The room of a point, which no name may cover. */
const reserved = (at, half) => ({ box: [at.x - half, at.y - half, at.x + half, at.y + half], at, text: null });

function boxOf(x, y, width, size) {
  return [x - width / 2 - 5, y - size * 0.8, x + width / 2 + 5, y + size * 0.9];
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Whether a second of the same name (a city and its governorate) would only repeat the first. */
const near = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) < 130;

function write(pen, text, at, lift, style) {
  if (style.dot) {
    pen.beginPath();
    pen.arc(at.x, at.y, style.dot, 0, 2 * Math.PI);
    pen.fillStyle = style.halo;
    pen.fill();
    pen.lineWidth = 1.4;
    pen.strokeStyle = style.ink;
    pen.stroke();
  }
  pen.lineWidth = 3.5;
  pen.strokeStyle = style.halo;
  pen.direction = /[\u0600-\u06ff]/.test(text) ? "rtl" : "ltr"; // else "5 كم شمال إدلب" would end in its number
  pen.strokeText(text, at.x, at.y - lift);
  pen.fillStyle = style.ink;
  pen.fillText(text, at.x, at.y - lift);
}
