/** Mentions as files: GeoJSON and CSV are made here, GeoPackage by the service. Offsets are code points. */

import { post } from "./api.js";
import { offerFile } from "./dom.js";

const COLUMNS = ["start", "end", "text", "buldan_id", "name_en", "name_ar", "kind", "pcode", "adm1_pcode", "adm2_pcode", "adm3_pcode", "lon", "lat", "confidence", "corrected", "relation", "relation_words", "relation_radius_km"];

/**
 * Save the mentions.
 * @param {string} format `geojson`, `csv` or `gpkg`
 * @param {string} text that they stand in
 * @param {Array} mentions as `Reading` holds them, offsets in UTF-16
 * @param {Object} head version, attribution and licence of the gazetteer
 */
export async function saveMentions(format, text, mentions, head) {
  const counted = inCodePoints(text, mentions);
  if (format === "geojson") offerFile("mentions.geojson", JSON.stringify(geojson(counted, head)), "application/geo+json");
  else if (format === "csv") offerFile("mentions.csv", csv(counted), "text/csv;charset=utf-8");
  else {
    const body = { mentions: counted.map(({ start, end, text: words, place, confidence, relation }) => ({ start, end, text: words, id: place?.id ?? null, confidence, relation })) };
    const answer = await post("mentions.gpkg", body);
    offerFile("mentions.gpkg", await answer.blob(), "application/geopackage+sqlite3");
  }
}

/** The same mentions with offsets in code points. */
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
    return { ...mention, start, end: start + length, relation };
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

function rowOf({ start, end, text, place, confidence, chosen, relation }) {
  const [adm1, adm2, adm3] = [4, 6, 8].map((length) => (place.admin_pcode?.length >= length ? place.admin_pcode.slice(0, length) : null));
  return {
    start, end, text, buldan_id: place.id, name_en: place.name_en, name_ar: place.name_ar, kind: place.kind, pcode: place.pcode,
    adm1_pcode: adm1, adm2_pcode: adm2, adm3_pcode: adm3, lon: relation?.lon ?? place.lon, lat: relation?.lat ?? place.lat,
    confidence, corrected: Boolean(chosen), relation: relation?.kind ?? null, relation_words: relation?.words ?? null, relation_radius_km: relation?.radius_km ?? null,
  };
}

/** RFC 4180 with a byte order mark, without which spreadsheets misread Arabic. */
function csv(mentions) {
  const cell = (value) => {
    const text = String(value ?? "").replace(/^([=+@\t\r-])(?=\D)/, "'$1");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = mentions.map((mention) => {
    const row = rowOf(mention);
    return COLUMNS.map((column) => cell(row[column])).join(",");
  });
  return `\ufeff${[COLUMNS.join(","), ...rows].join("\r\n")}\r\n`;
}
