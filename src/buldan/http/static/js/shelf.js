/**
 * Answers out of files, where the page is served without the service: names as they are stored (folded as the service
 * folds them), whole or as far as they are typed. No other spelling is recognised, and so no score is given.
 */

import { askFacts, askLayer, askUnits, fetchJson, lines, Trouble } from "./api.js";
import { everyPlace } from "./census.js";
import { unitsOf } from "./words.js";

const AROUND = { limit: 5, radius_km: 25 };
const ARTICLES = new Set(["ال", "al", "el"]);
const LAYERS = ["country", "governorates", "districts", "subdistricts"];

/** The answer that the service would give to this path, as far as the files know. */
export function answer(path, parameters) {
  const [first, ...rest] = path.split("/");
  const answers = { suggest, lookup, reverse, places: rest.length ? () => onePlace(decodeURIComponent(rest.join("/"))) : listPlaces };
  return answers[first] ? answers[first](parameters) : fetchJson(path);
}

let shelf;
/** Every place with its folded names; read once, when something is first looked for. */
function read() {
  shelf ??= readAll().catch((error) => {
    shelf = undefined;
    throw error;
  });
  return shelf;
}

async function readAll() {
  const [facts, units, folds] = await Promise.all([askFacts(), askUnits(), fetchJson("fold.json")]);
  const places = [];
  for await (const batch of everyPlace()) places.push(...batch);
  const others = [];
  for await (const rows of lines("names.ndjson")) others.push(...rows);
  const entries = places.map((place, at) => {
    const texts = [place.name_ar, place.name_en, ...others[at]].filter(Boolean);
    return { at, place, names: texts.map((text) => ({ text, folded: foldWith(folds, text) })) };
  });
  return { facts, units, folds, entries, byId: new Map(entries.map((entry) => [entry.place.id, entry])) };
}

/** As the service folds: each character by the table, what is neither letter nor digit to a space, articles away. */
export function foldWith(folds, text) {
  const folded = [...text].map((letter) => folds[letter] ?? (/[\p{L}\p{N}]/u.test(letter) ? letter.toLowerCase() : " ")).join("");
  return folded.split(/\s+/).filter((word) => word && !ARTICLES.has(word))
    .map((word) => (word.length > 4 && word.startsWith("ال") ? word.slice(2) : word)).join(" ");
}

/** Entries with a name that is, begins with, or has a word that begins with the text: in this order, then by weight. */
function found({ folds, entries }, text) {
  const wanted = foldWith(folds, text);
  if (!wanted) return [];
  const ranked = [[], [], []];
  for (const entry of entries) {
    let best = 3;
    let name = null;
    for (const one of entry.names) {
      const rank = one.folded === wanted ? 0 : one.folded.startsWith(wanted) ? 1 : one.folded.includes(` ${wanted}`) ? 2 : 3;
      if (rank < best) [best, name] = [rank, one.text];
    }
    if (name !== null) ranked[best].push({ ...entry, rank: best, name });
  }
  return ranked.flat();
}

async function suggest({ q, limit = 10 }) {
  const known = await read();
  const suggestions = found(known, q).slice(0, limit).map(({ place, name }) => {
    const [governorate] = unitsOf(known.units, place.admin_pcode);
    return { ...place, text: name, governorate_ar: governorate?.name_ar, governorate_en: governorate?.name_en };
  });
  return { suggestions };
}

async function lookup({ q, kind, within, limit = 5 }) {
  const known = await read();
  const all = found(known, q).filter(({ place }) => suits(place, { kind, within }, known));
  const whole = all.filter(({ rank }) => rank === 0);
  const features = await Promise.all((whole.length ? whole : all).slice(0, limit).map(({ at }) => featureAt(at, known)));
  return { features };
}

async function reverse({ lat, lon, kind, limit = AROUND.limit, radius_km: radius = AROUND.radius_km }) {
  const known = await read();
  const near = known.entries
    .filter(({ place }) => Math.abs(place.lat - lat) < 0.3 && suits(place, { kind }, known) && known.facts.kinds[place.kind].group !== "admin")
    .map(({ at, place }) => ({ at, km: distance(place, { lat, lon }) }))
    .filter(({ km }) => km <= radius)
    .sort((a, b) => a.km - b.km);
  const features = await Promise.all(near.slice(0, limit).map(async ({ at, km }) => {
    const feature = await featureAt(at, known);
    return { ...feature, properties: { ...feature.properties, distance_km: km } };
  }));
  return { features };
}

async function listPlaces({ bbox, kind, limit = 100 }) {
  const [west, south, east, north] = bbox.split(",").map(Number);
  const features = [];
  for await (const batch of everyPlace()) {
    for (const place of batch) {
      if (place.lon < west || place.lon > east || place.lat < south || place.lat > north || ![kind].flat().includes(place.kind)) continue;
      features.push({ id: place.id, geometry: { type: "Point", coordinates: [place.lon, place.lat] }, properties: place });
    }
  }
  return { features: features.slice(0, limit) };
}

async function onePlace(id) {
  const known = await read();
  const entry = known.byId.get(id);
  if (!entry) throw new Trouble("not-found");
  const feature = await featureAt(entry.at, known);
  return { ...feature, geometry: (await outlineOf(entry.place)) ?? feature.geometry };
}

/** The outline of a unit, which the base map has. */
async function outlineOf({ id, kind }) {
  const layer = { country: 0, governorate: 1, district: 2, "sub-district": 3 }[kind];
  if (layer === undefined) return null;
  const { features } = await askLayer(LAYERS[layer]);
  return features.find((feature) => feature.id === id)?.geometry ?? null;
}

const shards = new Map();
async function featureAt(at, { facts }) {
  const number = Math.floor(at / facts.shard);
  if (!shards.has(number)) shards.set(number, fetchJson(`places/${number}.json`));
  try {
    return (await shards.get(number))[at % facts.shard];
  } catch (error) {
    shards.delete(number);
    throw error;
  }
}

function suits({ kind, admin_pcode: pcode }, { kind: wanted, within }, { facts }) {
  const [, group] = (wanted ?? "").split("group:");
  return (!group || facts.kinds[kind].group === group) && (!within || pcode.startsWith(within));
}

/** Kilometres between two points of one country, on a plane: within a half per cent there. */
function distance(a, b) {
  const east = (a.lon - b.lon) * Math.cos((b.lat * Math.PI) / 180);
  return Math.round(Math.hypot(east, a.lat - b.lat) * 111_195) / 1000;
}
