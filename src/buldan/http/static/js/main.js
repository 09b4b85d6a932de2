/** The page: four views over one map, in two languages. The address says what is shown. */

import { readAddress, writeAddress } from "./address.js";
import { askFacts, askUnits, hasService } from "./api.js";
import { FORMS } from "./coordinates.js";
import { alertUser, byId, el, fill, settled } from "./dom.js";
import { Find } from "./find.js";
import { firstLanguage, language, speak, t } from "./i18n.js";
import { PlaceMap } from "./map.js";
import { NAMINGS, namingNow, setNaming } from "./words.js";
import { nextTheme, setTheme, themeNow } from "./theme.js";

const ALL_VIEWS = ["find", "read", "tables", "browse"];
const VIEWS = hasService ? ALL_VIEWS : ["find", "browse"]; // texts and tables are read by the service
let shown = {};
let turns = 0;

setTheme(themeNow());
Promise.allSettled([askFacts(), askUnits()]); // every view needs them: on their way while the texts come
await speak(firstLanguage(readAddress().lang));

const map = new PlaceMap(byId("map"), {
  onMove: settled(250, (at) => writeAddress({ lang: linkedLanguage(), ...shown, at })),
  onAsk: (point) => go({ view: "find", q: FORMS.decimal(point) }, { anew: true }),
  attribution: byId("attribution").innerHTML, // escaped by the service
});
const views = { find: new Find(map, go) };

/** The other views, each fetched when it is first shown: on a slow line a search comes sooner. */
const LATER = {
  read: async () => new (await import("./read.js")).Read(map),
  tables: async () => new (await import("./tables.js")).Tables(map),
  browse: async () => new (await import("./browse.js")).Browse(map, go),
};
const coming = {};

/** A view; null, and said, where its modules cannot be had. */
async function viewOf(name) {
  try {
    if (!(name in views)) views[name] = await (coming[name] ??= LATER[name]());
  } catch {
    delete coming[name]; // asked for again when the view is
    alertUser(t("trouble.offline"));
    return null;
  }
  return views[name];
}

/** Show a view and put it into the address. */
function go(wanted, { anew = false } = {}) {
  writeAddress({ lang: linkedLanguage(), ...wanted }, { anew });
  show(wanted);
}

/** The language that the link asks for, if any: it stays in the address, so that a copied one keeps it. */
function linkedLanguage() {
  return readAddress().lang;
}

async function show({ lang, at, ...wanted }) {
  const view = VIEWS.includes(wanted.view) ? wanted.view : "find";
  const before = shown.view;
  const changed = before !== view;
  shown = { ...wanted, view };
  for (const name of VIEWS) {
    const chosen = name === view;
    byId(`view-${name}`).hidden = !chosen || !(name in views); // nothing can be pressed that nobody hears
    byId(`tab-${name}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${name}`).tabIndex = chosen ? 0 : -1;
  }
  document.body.dataset.view = view;
  if (changed) {
    views[before]?.leave?.();
    map.clear();
  }
  if (at) map.position = at;
  const turn = (turns += 1);
  byId("panel").setAttribute("aria-busy", "true");
  try {
    const made = views[view] ?? (await viewOf(view));
    if (!made || turn !== turns) return;
    byId(`view-${view}`).hidden = false;
    await made.show(wanted, { keepMap: Boolean(at), changed });
  } finally {
    if (turn === turns) byId("panel").setAttribute("aria-busy", "false");
  }
}

function sayAll() {
  const other = language() === "ar" ? "en" : "ar";
  const button = byId("language");
  button.textContent = other === "ar" ? "العربية" : "English";
  button.lang = other;
  const themeButton = byId("theme");
  themeButton.textContent = themeNow() === "dark" ? "☀" : "☾";
  themeButton.setAttribute("aria-label", t(themeNow() === "dark" ? "theme.light" : "theme.dark"));
  const names = byId("names");
  fill(names, ...NAMINGS.map((naming) => el("option", { value: naming, selected: naming === namingNow() }, t(`names.${naming}`))));
  names.title = t("names.label");
  themeButton.title = themeButton.getAttribute("aria-label");
  document.title = `${t("title")} · ${t(`${shown.view ?? "find"}.tab`)}`;
  map.refresh();
}

byId("language").addEventListener("click", async () => {
  try {
    await speak(language() === "ar" ? "en" : "ar", { remember: true });
  } catch {
    return alertUser(t("trouble.offline"));
  }
  for (const view of Object.values(views)) view.again();
  sayAll();
  return go({ ...shown, at: map.position, lang: language() });
});

byId("names").addEventListener("change", ({ target }) => {
  setNaming(target.value);
  for (const view of Object.values(views)) view.again();
  sayAll();
  show({ ...shown, at: map.position });
});

byId("theme").addEventListener("click", () => {
  setTheme(nextTheme(), { remember: true });
  sayAll();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  setTheme(themeNow());
  sayAll();
});

for (const view of ALL_VIEWS) byId(`tab-${view}`).hidden = !VIEWS.includes(view);
const tabs = VIEWS.map((view) => byId(`tab-${view}`));
tabs.forEach((tab, i) => {
  tab.addEventListener("click", () => go(views[tab.dataset.view]?.address?.() ?? { view: tab.dataset.view }, { anew: true }));
  tab.addEventListener("keydown", (event) => {
    const rtl = document.documentElement.dir === "rtl";
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (!step) return;
    const next = tabs[(i + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
});

window.addEventListener("popstate", () => show(readAddress()));
sayAll();
const first = show(readAddress());
const answered = readAddress().q ? new Promise((resolve) => first.finally(resolve)) : Promise.resolve();
answered // on a slow line an answer comes before the base map
  .then(() => map.load())
  .then(() => (byId("map").dataset.drawn = "true"))
  .then(() => Promise.all(VIEWS.map(viewOf))) // at hand also when the line is lost
  .catch(() => {}); // without a base map the places are still shown
document.documentElement.dataset.ready = "true";
performance.mark("usable");
