/** Asking the service. What goes wrong comes back as a `Trouble`, which says so in the person's language. */

import { language, t } from "./i18n.js";

export class Trouble extends Error {
  /** @param {string} key of the table of texts, under `trouble.` */
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }

  /** For the person. */
  get words() {
    return t(`trouble.${this.key}`, this.values);
  }
}

const KEYS = { 401: "key", 404: "not-found", 408: "busy", 413: "too-large", 414: "too-long", 422: "invalid", 503: "busy" };

/**
 * The answer as JSON.
 * @param {string} path relative to the page, so that prefixes of proxies hold
 * @param {Object} parameters of the query; lists are repeated
 */
export async function ask(path, parameters = {}, { signal } = {}) {
  if (!hasService) return (await import("./shelf.js")).answer(path, parameters);
  return fetchJson(`${path}${queryOf(parameters)}`, { signal });
}

/** Whether a service answers; else the page stands on files alone, and finds only what they hold. */
export const hasService = document.documentElement.dataset.service !== "none";

/** What lies at an address, as JSON. */
export const fetchJson = async (url, options) => (await send(url, options)).json();

/** The lines of a file of JSON, by batches, as they come. */
export async function* lines(url) {
  const { body } = await send(url, {});
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      const parts = (rest + (value ?? "")).split("\n");
      rest = done ? "" : parts.pop();
      const whole = parts.filter(Boolean).map((line) => JSON.parse(line));
      if (whole.length) yield whole;
      if (done) return;
    }
  } catch {
    throw new Trouble("offline");
  }
}

const layers = new Map();
/** A layer of the base map; asked for once. */
export function askLayer(name) {
  if (!layers.has(name)) {
    layers.set(name, ask(`basemap/${name}.geojson`).catch((error) => {
      layers.delete(name);
      throw error;
    }));
  }
  return layers.get(name);
}

/** The answer to a posted JSON body. */
export function post(path, body) {
  return send(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

/**
 * The answer to a posted form of files.
 * @throws {Trouble} `refused`, with what the service has to say, where the files cannot be read
 */
export async function postFiles(path, parameters, files) {
  const form = new FormData();
  for (const [part, file] of Object.entries(files)) if (file) form.append(part, file, file.name);
  return send(`${path}${queryOf(parameters)}`, { method: "POST", body: form }, { said: [413, 415, 422] });
}

/** The address of what `ask` asks for, whole, for a person to use elsewhere. */
export const callOf = (path, parameters = {}) => new URL(`${path}${queryOf(parameters)}`, document.baseURI).href;

/** A query string; lists are repeated, what is undefined or empty is left out. */
function queryOf(parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null) query.append(name, one);
  }
  return query.size ? `?${query}` : "";
}

/** Send it. Of the statuses `said`, the service's own words are told. */
async function send(url, options, { said = [] } = {}) {
  let answer;
  try {
    answer = await fetch(url, options);
  } catch (error) {
    throw error.name === "AbortError" ? error : new Trouble("offline");
  }
  if (!answer.ok) {
    if (said.includes(answer.status)) throw new Trouble("refused", { detail: (await answer.json().catch(() => ({}))).detail });
    answer.body?.cancel();
    throw new Trouble(KEYS[answer.status] ?? "fault");
  }
  return answer;
}

/** A place with its outline, as a feature. */
export const askPlace = (id) => ask(`places/${encodeURIComponent(id)}`, { geometry: "area", lang: language() });

let facts;
/** What the service says of itself; asked once. */
export const askFacts = () => kept(() => facts, (value) => (facts = value), () => ask("page.json"));

let units;
/** The admin units by P-code; asked once. */
export const askUnits = () =>
  kept(
    () => units,
    (value) => (units = value),
    () => ask("units.json").then((answer) => new Map(answer.units.map((unit) => [unit.pcode, unit]))),
  );

/** Ask once and keep the answer, but not a failure. */
function kept(get, set, fetchIt) {
  if (!get()) {
    set(fetchIt().catch((error) => {
      set(undefined);
      throw error;
    }));
  }
  return get();
}
