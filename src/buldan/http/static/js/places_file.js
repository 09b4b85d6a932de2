/** Places that were found, as files. */

import { offerFile } from "./dom.js";
import { csv } from "./exports.js";

const COLUMNS = ["query", "score", "buldan_id", "name_en", "name_ar", "kind", "pcode", "adm1_pcode", "adm2_pcode", "adm3_pcode", "lon", "lat", "radius_km"];

/** Save found places as `csv` or `geojson`: a list of `{ name, feature }`, the feature null where none was found. */
export function savePlaces(format, found, { attribution, licence, version }) {
  if (format === "csv") return offerFile("places.csv", csv(COLUMNS, found.map(rowOf)), "text/csv;charset=utf-8");
  const features = found.filter(({ feature }) => feature).map(({ name, feature }) => ({ ...feature, properties: { ...feature.properties, query: name } }));
  return offerFile("places.geojson", JSON.stringify({ type: "FeatureCollection", version, attribution, licence, features }), "application/geo+json");
}

function rowOf({ name, feature }) {
  const p = feature?.properties;
  if (!p) return { query: name };
  const [adm1, adm2, adm3] = [4, 6, 8].map((length) => (p.admin_pcode?.length >= length ? p.admin_pcode.slice(0, length) : null));
  return { ...p, query: name, buldan_id: p.id, adm1_pcode: adm1, adm2_pcode: adm2, adm3_pcode: adm3 };
}
