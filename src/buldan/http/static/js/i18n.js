/** The languages of the page: one table each in `i18n/`, the texts of the page by key. */

export const LANGUAGES = ["ar", "en"];

const tables = {};
let current = "en";

/** The language to begin with: of the link, chosen before, the browser's, else English. */
export function firstLanguage(linked) {
  const wished = [linked, remembered(), ...navigator.languages.map((tag) => tag.split("-")[0])];
  return wished.find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

function remembered() {
  try {
    return localStorage.getItem("buldan.language");
  } catch {
    return null;
  }
}

/** Speak this language from now on; where its texts cannot be had, all stays as it was and the promise fails. */
export async function speak(language, { remember = false } = {}) {
  tables[language] ??= await fetch(`static/i18n/${language}.json`).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)));
  current = language;
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  if (remember) {
    try {
      localStorage.setItem("buldan.language", language);
    } catch {
      /* a browser that keeps nothing */
    }
  }
  translate(document);
}

export const language = () => current;
export const isRtl = () => current === "ar";

/** The text of a key with `{names}` filled in; of several forms, the one that `count` asks for. */
export function t(key, values = {}) {
  let text = tables[current]?.[key] ?? key;
  if (typeof text === "object") {
    const form = new Intl.PluralRules(current).select(values.count);
    text = text[form] ?? text.other;
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

const shown = (value) => (typeof value === "number" ? number(value) : String(value ?? ""));

const locale = () => (current === "ar" ? "ar-SY" : "en");
export const number = (value) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value);
export const percent = (share) =>
  new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 0 }).format(share);

/** The name of a language, in the page's. */
export function languageName(tag) {
  if (!tag || tag === "und") return t("card.unknown-language");
  if (`language.${tag}` in tables[current]) return t(`language.${tag}`);
  try {
    return new Intl.DisplayNames([current], { type: "language" }).of(tag);
  } catch {
    return tag;
  }
}

/** Put the texts of the table where the page asks for them. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-i18n]")) node.textContent = t(node.dataset.i18n);
  for (const node of root.querySelectorAll("[data-i18n-label]")) node.setAttribute("aria-label", t(node.dataset.i18nLabel));
  for (const node of root.querySelectorAll("[data-i18n-placeholder]")) node.placeholder = t(node.dataset.i18nPlaceholder);
}
