/** Light or dark: as the system is, unless the person chose. */

const KEY = "buldan.theme";

const stored = () => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};

export function themeNow() {
  return stored() ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export const nextTheme = () => (themeNow() === "dark" ? "light" : "dark");

export function setTheme(theme, { remember = false } = {}) {
  document.documentElement.dataset.theme = theme;
  document.getElementById("dark").media = theme === "dark" ? "all" : "not all";
  if (!remember) return;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    /* a browser that keeps nothing */
  }
}
