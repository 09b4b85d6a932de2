/** Outlines of units and regions, which a pin says little of; each is asked for once. */

import { askPlace } from "./api.js";

const OUTLINED = new Set(["country", "governorate", "district", "sub-district"]);
const MOST = 12; // of one answer: more would hide the map

const outlines = new Map();

/** Whether a place is better shown by its outline than by a point. */
export const isOutlined = ({ kind }) => OUTLINED.has(kind);

/** The outlines of those of these places that are units, by id; one that cannot be had is left out. */
export async function outlinesOf(places) {
  const wanted = [...new Set(places.filter(isOutlined).map(({ id }) => id))].slice(0, MOST);
  await Promise.all(wanted.filter((id) => !outlines.has(id)).map(async (id) => {
    const whole = await askPlace(id).catch(() => null);
    if (whole?.geometry?.type.includes("Polygon")) outlines.set(id, whole.geometry);
  }));
  return new Map(wanted.filter((id) => outlines.has(id)).map((id) => [id, outlines.get(id)]));
}
