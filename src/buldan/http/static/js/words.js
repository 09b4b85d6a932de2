/** How places are said: names in the page's language and the other, kinds, admin chains, colours of certainty. */

import { el } from "./dom.js";
import { isRtl, language } from "./i18n.js";

/** The ways of naming places that a reader can choose from; `page` follows the page's language. */
export const NAMINGS = ["page", "ar", "en", "ocha", "ku", "both"];

let naming = remembered();

/** Which names are shown, everywhere on the page. */
export const namingNow = () => naming;

export function setNaming(chosen) {
  naming = NAMINGS.includes(chosen) ? chosen : "page";
  try {
    localStorage.setItem("buldan.names", naming);
  } catch {
    /* a browser that keeps nothing */
  }
}

function remembered() {
  try {
    const kept = localStorage.getItem("buldan.names");
    return NAMINGS.includes(kept) ? kept : "page";
  } catch {
    return "page";
  }
}

/** Whether names beside the Arabic and the common English one are wanted, which lists have to ask for. */
export const wantsAllNames = () => naming === "ocha" || naming === "ku";

/** Name of a place or unit as the reader wants it, else in English, else in Arabic. */
export function nameOf(thing) {
  const { name_ar: arabic, name_en: english } = thing;
  const wished = {
    page: () => (language() === "ar" ? arabic : english),
    ar: () => arabic,
    en: () => english,
    ocha: () => thing.name_ocha ?? listed(thing, ({ lang, kind }) => lang === "en" && kind === "official"),
    ku: () => thing.name_ku ?? listed(thing, ({ lang }) => lang === "ku" || lang === "kmr"),
    both: () => (arabic && english && arabic !== english ? `${arabic} · ${english}` : ""),
  }[naming]();
  return wished || english || arabic || thing.name || thing.id || "";
}

const listed = (thing, test) => thing.names?.find?.(test)?.text;

/** Its name in the other language, empty where it is shown already or there is none. */
export function otherNameOf(thing) {
  const shown = nameOf(thing);
  if (naming === "both") return "";
  const other = shown === thing.name_ar ? thing.name_en : thing.name_ar;
  return other && other !== shown ? other : "";
}

export const otherLanguage = () => (language() === "ar" ? "en" : "ar");

/** The label of a kind. */
export const kindOf = (facts, kind) => facts.kinds[kind]?.[language()] ?? kind;

/** From the largest unit to the smallest. */
export function chainOf(units) {
  return units.map(nameOf).filter((name, at, names) => name && name !== names[at - 1]).join(isRtl() ? " ‹ " : " › ");
}

/** The units of a P-code, from the governorate down. */
export function unitsOf(all, pcode) {
  return [4, 6, 8].filter((end) => (pcode ?? "").length >= end).map((end) => all.get(pcode.slice(0, end))).filter(Boolean);
}

/** Why a place matched, in the page's language. */
export function reasonsOf(facts, reasons) {
  return reasons.map(({ rule, detail }) => (facts.reasons[rule]?.[language()] ?? rule).replace("{}", detail ?? ""));
}

/** How sure: `sure`, `likely`, `doubtful`. */
export const certaintyOf = (share) => (share >= 0.8 ? "sure" : share >= 0.5 ? "likely" : "doubtful");

/** A suggestion as the nodes of its line. */
export function suggestionOf(item) {
  const governorate = language() === "ar" ? item.governorate_ar : item.governorate_en;
  const other = [item.name_ar, item.name_en].find((name) => name && name !== item.text);
  return [
    el("bdi", { class: "suggestion-text" }, item.text),
    other ? el("bdi", { class: "other-name" }, other) : null,
    el("span", { class: "suggestion-where" }, item.kind_name, governorate ? " · " : "", governorate),
  ].filter(Boolean);
}
