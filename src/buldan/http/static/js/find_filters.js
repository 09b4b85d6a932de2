/** What narrows a search: a group of kinds, a governorate, what the map shows. */

import { el } from "./dom.js";
import { t } from "./i18n.js";
import { nameOf } from "./words.js";

/** The filters of a search as fields; `onChange({ group, within, view })` hears what is chosen. */
export function filterFields({ group = "", within = "", view = "" }, facts, units, onChange) {
  const groups = [...new Set(Object.values(facts.kinds).map((kind) => kind.group))];
  const governorates = [...units.values()].filter(({ level }) => level === 1).sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
  const change = (changed) => onChange({ group, within, view, ...changed });
  const option = (value, chosen, words) => el("option", { value, selected: value === chosen }, words);
  return el("div", { class: "filters", role: "group", "aria-label": t("find.filters") },
    el("label", {}, t("find.kind"), " ", el("select", { id: "find-group", onchange: ({ target }) => change({ group: target.value }) },
      option("", group, t("browse.all-kinds")), ...groups.map((name) => option(name, group, t(`group.${name}`))))),
    el("label", {}, t("tables.governorate"), " ", el("select", { id: "find-within", onchange: ({ target }) => change({ within: target.value }) },
      option("", within, t("find.anywhere")), ...governorates.map((unit) => option(unit.pcode, within, nameOf(unit))))),
    el("label", { class: "scope" }, el("input", { type: "checkbox", id: "find-view", checked: view === "1", onchange: ({ target }) => change({ view: target.checked ? "1" : "" }) }), " ", t("find.in-view")));
}

/** Those of the features that the filters let through; `box` is what the map shows, `[west, south, east, north]`. */
export function filtered(features, { group, view }, facts, box) {
  const inBox = ({ lon, lat }) => lon >= box[0] && lon <= box[2] && lat >= box[1] && lat <= box[3];
  return features.filter(({ properties: p }) => (!group || facts.kinds[p.kind]?.group === group) && (!view || inBox(p)));
}
