/**
 * MGRS, the grid of maps in the field: "37S BT 36482 09651". WGS 84; the series of Krüger to the fourth power of n, good to
 * a millimetre within a zone (Karney, "Transverse Mercator with an accuracy of a few nanometers", 2011).
 */

const BANDS = "CDEFGHJKLMNPQRSTUVWX";
const COLUMNS = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"];
const ROWS = "ABCDEFGHJKLMNPQRSTUV";
const [RADIUS, FLATTENING, SCALE] = [6_378_137, 1 / 298.257223563, 0.9996];
const N = FLATTENING / (2 - FLATTENING);
const E = Math.sqrt(FLATTENING * (2 - FLATTENING));
const RECTIFYING = (RADIUS / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const FORWARD = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140,
  (49_561 * N ** 4) / 161_280,
];
const BACK = [
  N / 2 - (2 * N ** 2) / 3 + (37 * N ** 3) / 96 - N ** 4 / 360,
  N ** 2 / 48 + N ** 3 / 15 - (437 * N ** 4) / 1440,
  (17 * N ** 3) / 480 - (37 * N ** 4) / 840,
  (4397 * N ** 4) / 161_280,
];

const radians = (degrees) => (degrees * Math.PI) / 180;

/** A point as MGRS to the metre; empty beyond 80° S and 84° N, where the grid is another. */
export function toMgrs({ lat, lon }) {
  if (lat < -80 || lat >= 84) return "";
  const zone = zoneOf(lat, lon);
  const [east, north] = toUtm(lat, lon, zone).map(Math.floor);
  const column = COLUMNS[zone % 3][Math.floor(east / 100_000) - 1];
  const row = ROWS[(Math.floor(north / 100_000) + (zone % 2 ? 0 : 5)) % 20];
  const digits = [east, north].map((metres) => String(metres % 100_000).padStart(5, "0"));
  return `${zone}${bandOf(lat)} ${column}${row} ${digits.join(" ")}`;
}

/** The middle of the square that MGRS names, as `{ lat, lon }`; null where the text is none. */
export function fromMgrs(text) {
  const found = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])(\d{2,10})$/i.exec(text.replace(/\s+/g, ""));
  if (!found || found[5].length % 2) return null;
  const [zone, band] = [Number(found[1]), found[2].toUpperCase()];
  const column = COLUMNS[zone % 3].indexOf(found[3].toUpperCase());
  if (zone < 1 || zone > 60 || column < 0) return null;
  const length = found[5].length / 2;
  const side = 10 ** (5 - length); // metres
  const [east, north] = [found[5].slice(0, length), found[5].slice(length)].map((digits) => (Number(digits) + 0.5) * side);
  const row = ROWS.indexOf(found[4].toUpperCase()) - (zone % 2 ? 0 : 5);
  const from = (BANDS.indexOf(band) - 10) * 8; // the band's southern edge, degrees
  const least = toUtm(from, zone * 6 - 183, zone)[1] - 100_000;
  let northing = ((row + 40) % 20) * 100_000 + north;
  while (northing < least) northing += 2_000_000; // rows repeat every 20 squares
  const point = fromUtm((column + 1) * 100_000 + east, northing, zone, from < 0);
  return bandOf(point.lat) === band || Math.abs(point.lat - from) < 9 ? point : null;
}

const bandOf = (lat) => BANDS[Math.min(19, Math.floor(lat / 8 + 10))];

function zoneOf(lat, lon) {
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32; // the south of Norway
  if (lat >= 72 && lon >= 0 && lon < 42) return [31, 33, 35, 37][Math.floor((lon + 3) / 12)]; // Svalbard
  return (Math.floor((lon + 180) / 6) % 60) + 1;
}

/** Easting and northing in metres. */
function toUtm(lat, lon, zone) {
  const [phi, lambda] = [radians(lat), radians(lon - (zone * 6 - 183))];
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - E * Math.atanh(E * Math.sin(phi)));
  const [xi, eta] = [Math.atan2(t, Math.cos(lambda)), Math.atanh(Math.sin(lambda) / Math.hypot(1, t))];
  const x = FORWARD.reduce((sum, a, j) => sum + a * Math.cos(2 * (j + 1) * xi) * Math.sinh(2 * (j + 1) * eta), eta);
  const y = FORWARD.reduce((sum, a, j) => sum + a * Math.sin(2 * (j + 1) * xi) * Math.cosh(2 * (j + 1) * eta), xi);
  return [500_000 + SCALE * RECTIFYING * x, SCALE * RECTIFYING * y + (lat < 0 ? 10_000_000 : 0)];
}

function fromUtm(east, north, zone, isSouth) {
  const xi = (north - (isSouth ? 10_000_000 : 0)) / (SCALE * RECTIFYING);
  const eta = (east - 500_000) / (SCALE * RECTIFYING);
  const x = BACK.reduce((sum, b, j) => sum - b * Math.cos(2 * (j + 1) * xi) * Math.sinh(2 * (j + 1) * eta), eta);
  const y = BACK.reduce((sum, b, j) => sum - b * Math.sin(2 * (j + 1) * xi) * Math.cosh(2 * (j + 1) * eta), xi);
  const conformal = Math.asin(Math.sin(y) / Math.cosh(x));
  const isometric = Math.asinh(Math.tan(conformal));
  let phi = conformal;
  for (let step = 0; step < 5; step += 1) phi = Math.atan(Math.sinh(isometric + E * Math.atanh(E * Math.sin(phi))));
  return { lat: (phi * 180) / Math.PI, lon: (Math.atan2(Math.sinh(x), Math.cos(y)) * 180) / Math.PI + zone * 6 - 183 };
}
