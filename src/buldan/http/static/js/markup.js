/** Reviewed mentions in the formats of others: KML, TEI, Label Studio. Names and ids are those of the service's own. */

const KML = "http://www.opengis.net/kml/2.2";
const TEI = "http://www.tei-c.org/ns/1.0";
const BLANK_LINES = /\n[^\S\n]*(?:\n[^\S\n]*)+/;
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu; // XML 1.0 has no way to write these
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };

/** An element as text; its content is markup already, what is null or empty is left out. */
function tag(name, attributes, ...content) {
  const given = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return `<${name}${given.map(([key, value]) => ` ${key}="${plain(value)}"`).join("")}>${content.flat().filter(Boolean).join("")}</${name}>`;
}

const plain = (value) => String(value).replace(NO_XML, "\ufffd").replace(/[&<>"\r]/g, (sign) => ESCAPES[sign]);

/** A placemark a mention that names a place, with the flat record as its data (KML 2.2). */
export function toKml(rows, mentions, { title, head }) {
  const marks = mentions.map((mention, at) => {
    const { relation, place } = mention;
    const where = relation?.area ? shape(relation.area) : tag("Point", {}, tag("coordinates", {}, `${place.lon},${place.lat}`));
    const data = Object.entries(rows[at]).filter(([, value]) => value !== null && value !== undefined);
    return tag("Placemark", { id: `m${mention.start}-${mention.end}` },
      tag("name", {}, plain(place.name_en || place.name_ar || mention.text)),
      tag("description", {}, plain(mention.text)),
      tag("ExtendedData", {}, ...data.map(([name, value]) => tag("Data", { name }, tag("value", {}, plain(value))))),
      where);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("kml", { xmlns: KML }, tag("Document", {}, tag("name", {}, plain(title)), tag("description", {}, plain(head.attribution)), marks.join("\n")))}\n`;
}

function shape({ type, coordinates }) {
  const corners = (positions) => tag("coordinates", {}, positions.map(([lon, lat]) => `${lon},${lat}`).join(" "));
  if (type === "LineString") return tag("LineString", {}, corners(coordinates));
  const ring = (positions) => tag("LinearRing", {}, corners(positions));
  const polygon = ([outer, ...holes]) => tag("Polygon", {}, tag("outerBoundaryIs", {}, ring(outer)), ...holes.map((hole) => tag("innerBoundaryIs", {}, ring(hole))));
  return type === "Polygon" ? polygon(coordinates) : tag("MultiGeometry", {}, ...coordinates.map(polygon));
}

/**
 * The text in TEI P5 with its mentions in place. `resp` says who decided what `ref` leads to; the machine's answer
 * follows as `certainty`, with its probability as `degree`, and a reviewer's note as `note`.
 */
export function toTei(mentions, { text, title, head }) {
  const places = new Map(mentions.flatMap(({ place, first }) => [place, first]).filter(Boolean).map((place) => [xmlId(place), place]));
  const agents = [
    tag("respStmt", { "xml:id": "machine" }, tag("resp", {}, "found by"), tag("name", {}, plain(`Buldan ${head.version}`))),
    tag("respStmt", { "xml:id": "reviewer" }, tag("resp", {}, "reviewed by"), tag("name", {}, "a reviewer")),
  ];
  const header = tag("teiHeader", {}, tag("fileDesc", {},
    tag("titleStmt", {}, tag("title", {}, plain(title)), ...agents),
    tag("publicationStmt", {}, tag("p", {}, plain(head.attribution))),
    tag("sourceDesc", {}, tag("p", {}, "geo is latitude, then longitude (WGS 84)."))));
  const listed = places.size ? tag("standOff", {}, tag("listPlace", {}, ...[...places].map(([id, place]) => teiPlace(id, place)))) : "";
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag("TEI", { xmlns: TEI }, header, listed, tag("text", {}, tag("body", {}, paragraphs(text, mentions))))}\n`;
}

const xmlId = (place) => (/^[A-Za-z_][\w.-]*$/.test(place.id) ? place.id : `point_${place.lat.toFixed(5)}_${place.lon.toFixed(5)}`);

const teiPlace = (id, { byHand, kind, name_en: english, name_ar: arabic, lat, lon, pcode, id: number }) =>
  tag("place", { "xml:id": id, type: kind },
    english ? tag("placeName", { "xml:lang": "en" }, plain(english)) : "",
    arabic && arabic !== english ? tag("placeName", { "xml:lang": "ar" }, plain(arabic)) : "",
    tag("location", {}, tag("geo", {}, `${lat} ${lon}`)),
    byHand ? "" : tag("idno", { type: "buldan" }, plain(number)),
    pcode ? tag("idno", { type: "pcode" }, plain(pcode)) : "");

/** Paragraphs are what blank lines part, unless a mention spans them. */
function paragraphs(text, mentions) {
  const written = [];
  let paragraph = "";
  let at = 0;
  const between = (piece) => {
    const [first, ...others] = piece.split(BLANK_LINES);
    paragraph += lines(first);
    for (const other of others) {
      written.push(paragraph);
      paragraph = lines(other);
    }
  };
  for (const mention of mentions) {
    between(text.slice(at, mention.from));
    paragraph += teiMention(mention);
    at = mention.from + mention.text.length;
  }
  between(text.slice(at));
  return [...written, paragraph].filter(Boolean).map((content) => tag("p", {}, content)).join("\n");
}

const lines = (piece) => piece.split("\n").map(plain).join("<lb/>");

function teiMention({ start, end, text, state, dismissed, place, first, confidence, relation, note }) {
  const id = `m${start}-${end}`;
  const resp = state === "open" ? "#machine" : "#reviewer";
  const said = dismissed
    ? tag("rs", { "xml:id": id, type: "no-place", resp, ana: state }, lines(text))
    : tag("placeName", { "xml:id": id, ref: `#${xmlId(place)}`, resp, ana: state, cert: state === "open" ? confidence.toFixed(4) : null, subtype: relation?.kind }, lines(text));
  const machine = first && tag("certainty", { target: `#${id}`, locus: "value", assertedValue: `#${xmlId(first)}`, degree: first.confidence.toFixed(4), resp: "#machine" });
  return said + (machine ?? "") + (note ? tag("note", { target: `#${id}`, resp: "#reviewer" }, plain(note)) : "");
}

/**
 * A task of Label Studio: the machine's mentions as its prediction, the reviewer's as its annotation, where there is
 * one; for the labelling interface that `buldan geoparse --format label-studio` is for. Offsets are code points.
 */
export function toLabelStudio(mentions, { text, title, head, reviewed }) {
  const machine = mentions.filter(({ first }) => first).flatMap((mention) => regions(mention, mention.first, { score: mention.first.confidence }));
  const kept = mentions.filter(({ dismissed }) => !dismissed);
  const annotation = {
    result: kept.flatMap((mention) => regions(mention, mention.place, { origin: ORIGINS[mention.state], meta: { text: [mention.state, mention.note].filter(Boolean) } })),
    ground_truth: false,
  };
  const task = {
    data: { text, title, attribution: head.attribution },
    predictions: [{ model_version: `buldan ${head.version}`, score: Math.min(1, ...mentions.map(({ first }) => first?.confidence ?? 1)), result: machine }],
    annotations: reviewed ? [annotation] : [],
  };
  return `${JSON.stringify([task], null, 1)}\n`;
}

/** Label Studio's words for where a region comes from. */
const ORIGINS = { open: "prediction", accepted: "prediction", changed: "prediction-changed", added: "manual" };

/** A region's label and its place: two results with one id. A point set by hand is told as `latitude, longitude`. */
function regions({ start, end, text }, place, told) {
  const region = { id: `m${start}-${end}`, to_name: "text", ...told };
  const written = place.byHand ? `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}` : place.id;
  return [
    { ...region, from_name: "label", type: "labels", value: { start, end, text, labels: ["Syria"] } },
    { ...region, from_name: "place", type: "textarea", value: { start, end, text: [written] } },
  ];
}
