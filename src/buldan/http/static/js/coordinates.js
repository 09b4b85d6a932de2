/** Coordinates as people write and paste them, and as they copy them out. Degrees, WGS 84. */

import { fromMgrs, toMgrs } from "./mgrs.js";

const PAIR = /(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([NS]?)\s*[,;/\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW]?)/i;
const SEXAGESIMAL = /(\d{1,3})\s*°\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*["″]\s*)?([NSEW])/gi;
const LINKS = [
  /[?&]mlat=(-?\d+(?:\.\d+)?)&mlon=(-?\d+(?:\.\d+)?)/, // OpenStreetMap's marker
  /!3d(-?\d+(?:\.\d+)?)!4d(-?\d+(?:\.\d+)?)/, // the pin of a Google link
  /[?&](?:q|query|ll|center)=(-?\d+(?:\.\d+)?)(?:,|%2C)(-?\d+(?:\.\d+)?)/i,
  /@(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/, // where a Google map is looked at
  /#map=\d+(?:\.\d+)?\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)/, // where OpenStreetMap is looked at
  /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/,
];
const SIDES = { شمال: "N", جنوب: "S", شرق: "E", غرب: "W" };
const DIGITS = "٠١٢٣٤٥٦٧٨٩";

/** `{ lat, lon }` of what was typed or pasted (decimal, degrees and minutes, MGRS, a map's link), or null. */
export function parseCoordinates(text) {
  const plain = text.trim()
    .replace(/[٠-٩]/g, (digit) => DIGITS.indexOf(digit))
    .replace(/٫/g, ".")
    .replace(/،/g, ",")
    .replace(/(شمال|جنوب|شرق|غرب)(?:اً|ا)?/g, (_, side) => SIDES[side]);
  for (const link of LINKS) {
    const found = link.exec(plain);
    if (found) return checked(Number(found[1]), Number(found[2]));
  }
  return fromMgrs(plain) ?? sexagesimal(plain) ?? decimal(plain);
}

function decimal(text) {
  const found = PAIR.exec(text);
  if (!found || found[0].length !== text.length || !/[.°NSEW]/i.test(text)) return null;
  const south = found[2].toUpperCase() === "S" ? -1 : 1;
  const west = found[4].toUpperCase() === "W" ? -1 : 1;
  return checked(south * Number(found[1]), west * Number(found[3]));
}

function sexagesimal(text) {
  const found = [...text.matchAll(SEXAGESIMAL)];
  if (found.length !== 2) return null;
  const degrees = found.map(([, whole, minutes = 0, seconds = 0, side]) => {
    const letter = side.toUpperCase();
    const size = Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600;
    return { axis: "NS".includes(letter) ? "lat" : "lon", value: "SW".includes(letter) ? -size : size };
  });
  const { lat, lon } = Object.fromEntries(degrees.map(({ axis, value }) => [axis, value]));
  return lat === undefined || lon === undefined ? null : checked(lat, lon);
}

const checked = (lat, lon) => (Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : null);

/** The forms in which a point can be copied. */
export const FORMS = {
  decimal: ({ lat, lon }) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`,
  dms: ({ lat, lon }) => `${inDegrees(lat, "NS")} ${inDegrees(lon, "EW")}`,
  mgrs: toMgrs,
  wkt: ({ lat, lon }) => `POINT (${lon.toFixed(5)} ${lat.toFixed(5)})`,
};

function inDegrees(value, sides) {
  const tenths = Math.round(Math.abs(value) * 36_000);
  const [degrees, minutes, seconds] = [Math.floor(tenths / 36_000), Math.floor(tenths / 600) % 60, (tenths % 600) / 10];
  return `${degrees}°${String(minutes).padStart(2, "0")}′${seconds.toFixed(1).padStart(4, "0")}″${sides[value < 0 ? 1 : 0]}`;
}

/** The same point on maps of others, which a person may follow. */
export const MAPS = [
  ["OpenStreetMap", ({ lat, lon }) => `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=14/${lat}/${lon}`],
  ["Google Maps", ({ lat, lon }) => `https://www.google.com/maps/search/?api=1&query=${lat},${lon}`],
  ["Sentinel-2", ({ lat, lon }) => `https://browser.dataspace.copernicus.eu/?zoom=14&lat=${lat}&lng=${lon}`],
];
