/** How places are said: names in the page's language and the other, kinds, admin chains, colours of certainty. */

import { isRtl, language } from "./i18n.js";

/** Name of a place or unit in the page's language, else the other. */
export function nameOf(thing) {
  const [first, second] = language() === "ar" ? [thing.name_ar, thing.name_en] : [thing.name_en, thing.name_ar];
  return first || second || thing.name || thing.id || "";
}

/** Its name in the other language, empty where it has none or it is the same. */
export function otherNameOf(thing) {
  const other = language() === "ar" ? thing.name_en : thing.name_ar;
  return other && other !== nameOf(thing) ? other : "";
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
