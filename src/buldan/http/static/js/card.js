/** All that is known of a place, for reading: names, identifiers, coordinates, and what can be done with it. */

import { addressOf } from "./address.js";
import { askPlace, callOf, hasService } from "./api.js";
import { copying } from "./copying.js";
import { el } from "./dom.js";
import { language, languageName, number, t } from "./i18n.js";
import { pointActions } from "./points.js";
import { nameOf, reasonsOf } from "./words.js";

const TITLES = { pcode: "P-code", geonames: "GeoNames", wikidata: "Wikidata", whosonfirst: "Who’s On First", pleiades: "Pleiades", syriaca: "Syriaca", icao: "ICAO", iata: "IATA" };

/** The card of a match's or place's properties; `call` is the address of the question that it answers, if any. */
export function cardOf(properties, facts, call = "") {
  return el(
    "div",
    { class: "card-body" },
    properties.reasons?.length ? why(properties, facts) : null,
    el("h3", {}, t("card.names")),
    names(properties.names),
    el("h3", {}, t("card.facts")),
    el("dl", { class: "facts" }, ...factsOf(properties, facts)),
    el("div", { class: "actions" }, ...actions(properties, facts)),
    hasService ? apiCalls([call, callOf(`places/${properties.id}`)].filter(Boolean)) : null,
  );
}

function apiCalls(calls) {
  return el("details", { class: "point-actions" },
    el("summary", {}, t("card.api")),
    ...calls.map((call) => el("p", { dir: "ltr" }, el("a", { class: "code", href: call, target: "_blank" }, call))));
}

function why(properties, facts) {
  const matched = properties.matched_name;
  return el(
    "p",
    { class: "why" },
    el("span", { class: "why-name" }, t("card.matched"), " ", el("bdi", { lang: matched.lang }, matched.text)),
    " — ",
    reasonsOf(facts, properties.reasons).join(t("list.separator")),
  );
}

function names(all) {
  const byLanguage = new Map();
  for (const name of all) byLanguage.set(name.lang, [...(byLanguage.get(name.lang) ?? []), name]);
  const first = [language(), language() === "ar" ? "en" : "ar"];
  const order = (tag) => (first.includes(tag) ? first.indexOf(tag) : tag === "und" ? 99 : 2);
  const rows = [...byLanguage].sort(([a], [b]) => order(a) - order(b));
  return el("dl", { class: "names" }, ...rows.flatMap(([tag, found]) => [
    el("dt", {}, languageName(tag)),
    el("dd", {}, ...found.flatMap((name, at) => [at ? t("list.separator") : "", el("bdi", { lang: tag === "und" ? null : tag, title: t(`name-kind.${name.kind}`) }, name.text)])),
  ]));
}

function factsOf(p, facts) {
  const rows = [
    [t("card.position"), pointActions(p)],
    p.position ? [t("card.basis"), facts.positions[p.position][language()]] : null,
    [t("card.radius"), t("km", { km: p.radius_km })],
    p.population ? [t("card.population"), number(p.population)] : null,
    ...Object.entries(p.identifiers).filter(([scheme]) => scheme in TITLES).map(([scheme, values]) => [TITLES[scheme], identifiers(facts.identifier_pages[scheme], values)]),
    [t("card.id"), el("bdi", { dir: "ltr", class: "code" }, p.id)],
    [t("card.sources"), el("bdi", { dir: "ltr" }, [...new Set(p.sources.map((key) => facts.sources[key] ?? key))].join(", "))],
  ];
  return rows.filter(Boolean).flatMap(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]);
}

function identifiers(page, values) {
  return el("span", { dir: "ltr", class: "code" }, ...values.split(",").flatMap((value, at) => [
    at ? ", " : "",
    page
      ? el("a", { href: page.replace("{}", encodeURIComponent(value)), rel: "noreferrer noopener", target: "_blank" }, value)
      : el("bdi", {}, value),
  ]));
}

function actions(p, facts) {
  const home = hasService ? facts.public_url : location.href; // a service knows itself only by an address of its own network
  const link = addressOf({ view: "find", place: p.id, lang: language() });
  return [
    copying(t("card.copy-geojson"), async () => JSON.stringify(await askPlace(p.id))),
    home
      ? copying(t("card.copy-link"), () => new URL(link, home).href)
      : copying(t("card.copy-code"), () => `${nameOf(p)} (${p.pcode || p.id})`),
    p.pcode?.startsWith("SY") && p.pcode.length <= 8
      ? el("a", { class: "button", href: addressOf({ view: "browse", unit: p.pcode }) }, t("card.browse"))
      : null,
    home ? null : el("p", { class: "note" }, t("card.no-link")),
  ].filter(Boolean);
}
