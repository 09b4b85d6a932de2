/** Which column of a table holds what: as it was found, and as a person chooses. */

import { el } from "./dom.js";
import { t } from "./i18n.js";

const ROLES = ["", "name", "adm1", "adm2", "adm3", "pcode"];
const UNITS = ["adm1", "adm2", "adm3"];
const SHOWN = 3; // cells of a column that are shown

/** The columns that the service would take. */
export const choiceOf = ({ names, within, pcode }) => ({ names, within, pcode });

/**
 * A list of the columns with what each holds; what is chosen is put into `choice`, and `onChange()` hears of it.
 */
export function columnChoices({ columns }, choice, onChange) {
  const roles = new Map(columns.map(({ name, role }) => [name, roleIn(choice, name, role)]));
  const choose = (name, role) => {
    if (role === "pcode") for (const [other, held] of roles) if (held === "pcode") roles.set(other, "");
    roles.set(name, role);
    const having = (wanted) => [...roles].filter(([, held]) => held === wanted).map(([column]) => column);
    Object.assign(choice, { names: having("name"), within: UNITS.flatMap(having), pcode: having("pcode")[0] ?? null });
    onChange();
  };
  return el("table", { class: "columns", id: "table-columns" },
    el("thead", {}, el("tr", {}, ...["tables.column", "tables.holds", "tables.sample"].map((key) => el("th", { scope: "col" }, t(key))))),
    el("tbody", {}, ...columns.map(({ name, letter, sample }, at) => el("tr", {},
      el("th", { scope: "row", id: `column-${at}` }, letter ? el("span", { class: "letter", "aria-hidden": "true" }, letter) : null, el("bdi", {}, name)),
      el("td", {}, el("select", { "aria-labelledby": `column-${at}`, "data-column": name, onchange: ({ target }) => choose(name, target.value) },
        ...ROLES.map((role) => el("option", { value: role, selected: roles.get(name) === role }, t(`role.${role || "none"}`))))),
      el("td", { class: "sample" }, ...sample.slice(0, SHOWN).filter(Boolean).flatMap((cell, i) => [i ? t("list.separator") : "", el("bdi", {}, cell)]))))));
}

/** What a column is taken for: a unit by its label, or, where that says none, by its place among the units. */
function roleIn({ names, within, pcode }, name, labelled) {
  if (names.includes(name)) return "name";
  if (name === pcode) return "pcode";
  const at = within.indexOf(name);
  return at < 0 ? "" : UNITS.includes(labelled) ? labelled : UNITS[at];
}
