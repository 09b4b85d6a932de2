/** What the service says in English (how a table was read, why a row is doubtful, what is wrong with a file), in Arabic. */

import { fetchJson } from "./api.js";
import { language } from "./i18n.js";

let table; // `[pattern, translation]`, the longest English first

/**
 * Get ready to translate; the phrases of reasons come with the facts of the service, all others from a table of the page.
 * @param {Object} facts of the service
 */
export async function readServiceWords(facts) {
  if (table) return;
  const phrases = await fetchJson("static/i18n/service.ar.json").catch(() => []);
  const reasons = Object.values(facts.reasons).map(({ en, ar }) => [en, ar]);
  table = [...phrases, ...reasons].sort(([a], [b]) => b.length - a.length).map(([english, arabic]) => [patternOf(english), arabic]);
}

const patternOf = (english) => new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll("{}", "(.+?)")}$`, "su");

/** The text in the language of the page, piece by piece; a piece that the table does not know stays in English. */
export function inPageLanguage(text) {
  if (language() !== "ar" || !table) return text;
  const whole = translated(text);
  if (whole !== null) return whole;
  for (const [mark, joint] of [[" · ", " · "], ["; ", "؛ "], [", ", "، "], [": ", ": "]]) {
    const parts = text.split(mark);
    if (parts.length > 1) return parts.map(inPageLanguage).join(joint);
  }
  return text;
}

/** A fault that the service tells of a file: its name stays before what is wrong with it. */
export function faultInPageLanguage(text) {
  const [, where = "", what] = /^(?:file: )?([^:]+\.\w+(?::\d+)?: )?(.*)$/su.exec(text);
  return where + inPageLanguage(what);
}

function translated(text) {
  for (const [pattern, arabic] of table) {
    const found = pattern.exec(text);
    if (found) {
      let at = 0;
      return arabic.replaceAll("{}", () => translated(found[(at += 1)] ?? "") ?? found[at]);
    }
  }
  return null;
}
