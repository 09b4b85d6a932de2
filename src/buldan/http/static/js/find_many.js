/** Several names at once, one a line: the best match of each, as a list, on the map, and as a file. */

import { askFacts, post } from "./api.js";
import { el } from "./dom.js";
import { language, number, percent, t } from "./i18n.js";
import { certaintyOf, chainOf, kindOf, nameOf } from "./words.js";

const AT_ONCE = 200; // names of one request, so that a long list is answered by and by
export const MOST = 1_000;

/** The names in a text, one a line, each once. */
export const namesIn = (text) => [...new Set(text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean))].slice(0, MOST);

/** The best match of each name: `{ name, feature }`, the feature null where there is none. */
export async function lookUpAll(names, { within } = {}, onProgress = () => {}) {
  const found = [];
  for (let start = 0; start < names.length; start += AT_ONCE) {
    const answer = await post("lookup", { names: names.slice(start, start + AT_ONCE), limit: 1, lang: language(), ...(within ? { within } : {}) });
    const { results } = await answer.json();
    found.push(...results.map(({ features }, at) => ({ name: names[start + at], feature: features[0] ?? null })));
    onProgress(found.length);
  }
  return found;
}

/** The list of names with their matches; `onChoose(name)` hears of the one to look at. */
export async function manyList(found, onChoose) {
  const facts = await askFacts();
  return el("ol", { class: "candidates many" }, ...found.map(({ name, feature }, at) => {
    const p = feature?.properties;
    return el("li", { class: "candidate" }, el("button", { type: "button", class: "candidate-head", onclick: () => onChoose(name) },
      el("span", { class: `badge${p ? "" : " is-none"}`, "aria-hidden": "true" }, number(at + 1)),
      el("span", { class: "candidate-name" }, el("bdi", {}, name), " ", p ? el("strong", { dir: "auto" }, nameOf(p)) : el("span", { class: "other-name" }, t("find.many-none"))),
      p ? el("span", { class: "score" }, el("span", { class: `swatch is-${certaintyOf(p.score)}`, "aria-hidden": "true" }), " ", percent(p.score)) : null,
      p ? el("span", { class: "candidate-meta" }, kindOf(facts, p.kind), p.admin.length ? " · " : "", chainOf(p.admin)) : null));
  }));
}
