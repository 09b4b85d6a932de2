/** Three ways of showing many places: points by kind, clusters with their counts, units shaded by how many they hold. */

import { askLayer } from "./api.js";
import { el } from "./dom.js";
import { number, t } from "./i18n.js";
import { nameOf } from "./words.js";

export const WAYS = ["points", "clusters", "shades"];

/** Layers of the base map that hold the outlines of units, by the level of these. */
const OUTLINES = [null, "governorates", "districts", "subdistricts"];
const SHADES = 5;

/** The colour of a place on the map: a token of the style sheet, by its group of kinds. */
export const colourOf = (facts, kind) => `kind-${facts.kinds[kind].group}`;

/** What the colours of points mean, those groups alone that are on the map, the most frequent first. */
export function keyOfKinds(facts, things) {
  const counts = new Map();
  for (const { kind } of things) counts.set(facts.kinds[kind].group, (counts.get(facts.kinds[kind].group) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return el("ul", { class: "key", id: "browse-key" }, ...sorted.map(([group, count]) => el("li", {},
    el("span", { class: `swatch kind-${group}`, "aria-hidden": "true" }), `${t(`group.${group}`)} (${number(count)})`)));
}

/**
 * The units one step below, each with its outline, how many of the things lie in it, and its shade (0 … 4).
 * @returns `{ areas, limits }`, where `limits` are the least counts of the shades
 */
export async function shadesOf(units, here, things) {
  const level = Math.min(here.level + 1, OUTLINES.length - 1);
  const { features } = await askLayer(OUTLINES[level]);
  const size = 2 + 2 * level; // letters of a P-code of that level
  const counts = new Map();
  for (const { admin_pcode: pcode } of things) counts.set(pcode.slice(0, size), (counts.get(pcode.slice(0, size)) ?? 0) + 1);
  const within = features.filter(({ properties: { pcode } }) => here.level === 0 || pcode.startsWith(here.pcode));
  const limits = limitsOf(within.map(({ properties: { pcode } }) => counts.get(pcode) ?? 0));
  const areas = within.map(({ properties, geometry }) => {
    const count = counts.get(properties.pcode) ?? 0;
    const unit = units.get(properties.pcode);
    return { key: properties.pcode, ...properties, geometry, count, shade: limits.findLastIndex((limit) => count >= limit), label: `${nameOf(unit)}: ${number(count)}` };
  });
  return { areas, limits };
}

/** The least count of each shade: fifths of the units, each limit once, nothing at all by itself. */
function limitsOf(counts) {
  const sorted = counts.filter(Boolean).sort((a, b) => a - b);
  const fifths = Array.from({ length: SHADES - 1 }, (_, at) => sorted[Math.floor((sorted.length * at) / (SHADES - 1))]);
  return [0, ...new Set(fifths.filter(Boolean))];
}

export function keyOfShades({ areas, limits }) {
  const most = Math.max(0, ...areas.map(({ count }) => count));
  const words = (limit, at) => {
    const last = at + 1 < limits.length ? limits[at + 1] - 1 : most;
    return at === 0 && limits[1] === 1 ? number(0) : last > limit ? t("browse.range", { from: limit, to: last }) : number(limit);
  };
  const used = new Set(areas.map(({ shade }) => shade));
  return el("ul", { class: "key", id: "browse-key" }, ...limits.flatMap((limit, at) => (used.has(at)
    ? [el("li", {}, el("span", { class: `swatch shade-${at}`, "aria-hidden": "true" }), words(limit, at))] : [])));
}
