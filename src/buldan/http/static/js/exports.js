/** Mentions as files: all but GeoPackage, which the service makes, are made here. Offsets are code points. */

import { post } from "./api.js";
import { offerFile } from "./dom.js";
import { toKml, toLabelStudio, toTei } from "./markup.js";

const COLUMNS = ["start", "end", "text", "buldan_id", "name_en", "name_ar", "kind", "pcode", "adm1_pcode", "adm2_pcode", "adm3_pcode", "lon", "lat", "confidence", "corrected", "relation", "relation_words", "relation_radius_km", "decided_by", "decision", "machine_id", "machine_confidence", "note"];

/** What mentions can be saved as; `needs` names what the service must be able to do. */
export const FORMATS = [
  { id: "geojson", label: "GeoJSON" },
  { id: "csv", label: "CSV" },
  { id: "kml", label: "KML" },
  { id: "tei", label: "TEI" },
  { id: "label-studio", label: "Label Studio" },
  { id: "gpkg", label: "GeoPackage", needs: "geopackage" },
  { id: "overlay" },
];

/**
 * Save the mentions of a reading.
 * @param {string} format an `id` of `FORMATS`
 * @param {Reading} reading
 */
export async function saveMentions(format, reading) {
  const { text, head, title } = reading;
  const name = fileName(title);
  const offer = (suffix, content, type) => offerFile(`${name}${suffix}`, content, type);
  const counted = inCodePoints(text, reading.kept);
  const all = inCodePoints(text, reading.mentions.filter(({ place, dismissed }) => place || dismissed));
  const told = { text, title, head, reviewed: reading.progress.reviewed };
  switch (format) {
    case "geojson":
      return offer(".geojson", JSON.stringify(geojson(counted, head)), "application/geo+json");
    case "csv":
      return offer(".csv", csv(COLUMNS, all.filter(({ place }) => place).map(rowOf)), "text/csv;charset=utf-8");
    case "kml":
      return offer(".kml", toKml(counted.map(rowOf), counted, told), "application/vnd.google-earth.kml+xml");
    case "tei":
      return offer(".tei.xml", toTei(all, told), "application/tei+xml");
    case "label-studio":
      return offer(".label-studio.json", toLabelStudio(all, told), "application/json");
    case "overlay":
      return offer("-overlay.csv", csv(OVERLAY, overlayRows(reading)), "text/csv;charset=utf-8");
    default: {
      const mentions = counted.map(({ start, end, text: words, place, confidence, relation }) => ({ start, end, text: words, id: place.byHand ? null : place.id, confidence, relation }));
      const answer = await post(`mentions.${format}`, { mentions });
      return offer(`.${format}`, await answer.blob(), answer.headers.get("Content-Type"));
    }
  }
}

const fileName = (title) => `mentions-${title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 40) || "text"}`;

const OVERLAY = ["name", "lon", "lat", "kind", "radius_km", "id"];

/** Places that a reviewer set by hand, as `--overlay` of the command line reads them; each name and point once. */
function overlayRows(reading) {
  const byId = new Map(reading.kept.filter(({ point }) => point).map(({ text, point, place }) =>
    [`${text} ${place.id}`, { name: text, lon: point.lon.toFixed(5), lat: point.lat.toFixed(5), kind: "landmark", radius_km: 1, id: "" }]));
  return [...byId.values()];
}

/** The same mentions with offsets in code points; `from` is where each begins as the browser counts. */
function inCodePoints(text, mentions) {
  let seen = 0;
  let points = 0;
  const pointsAt = (offset) => {
    for (; seen < offset; seen += 1) {
      const unit = text.charCodeAt(seen);
      if (unit < 0xdc00 || unit > 0xdfff) points += 1;
    }
    return points;
  };
  return mentions.map((mention) => {
    const start = pointsAt(mention.start);
    const length = [...mention.text].length;
    const relation = mention.relation && { ...mention.relation };
    if (relation) {
      relation.start = [...text.slice(0, relation.start)].length;
      relation.end = relation.start + [...relation.words].length;
    }
    return { ...mention, from: mention.start, start, end: start + length, relation };
  });
}

function geojson(mentions, head) {
  return {
    type: "FeatureCollection",
    version: head.version,
    attribution: head.attribution,
    licence: head.licence,
    features: mentions.map((mention) => ({
      type: "Feature",
      id: `${mention.start}-${mention.end}`,
      geometry: mention.relation?.area ?? { type: "Point", coordinates: [mention.place.lon, mention.place.lat] },
      properties: rowOf(mention),
    })),
  };
}

/** One mention with the machine's answer, the reviewer's, and which of the two holds. */
function rowOf({ start, end, text, place, confidence, chosen, relation, state, first, note }) {
  const [adm1, adm2, adm3] = [4, 6, 8].map((length) => (place.admin_pcode?.length >= length ? place.admin_pcode.slice(0, length) : null));
  return {
    start, end, text, buldan_id: place.byHand ? null : place.id, name_en: place.name_en, name_ar: place.name_ar, kind: place.kind, pcode: place.pcode,
    adm1_pcode: adm1, adm2_pcode: adm2, adm3_pcode: adm3, lon: relation?.lon ?? place.lon, lat: relation?.lat ?? place.lat,
    confidence, corrected: Boolean(chosen), relation: relation?.kind ?? null, relation_words: relation?.words ?? null, relation_radius_km: relation?.radius_km ?? null,
    decided_by: state === "open" ? "machine" : "reviewer", decision: state, machine_id: first?.id ?? null, machine_confidence: first?.confidence ?? null, note: note || null,
  };
}

/** RFC 4180 with a byte order mark, without which spreadsheets misread Arabic. */
export function csv(columns, rows) {
  const cell = (value) => {
    const text = String(value ?? "").replace(/^([=+@\t\r-])(?=\D)/, "'$1");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","));
  return `\ufeff${[columns.join(","), ...lines].join("\r\n")}\r\n`;
}
