/** Making elements. Text goes in as text, never as markup. */

/**
 * An element.
 * @param {string} tag
 * @param {Object} attributes `on*` are listeners, `class` and the rest attributes; null and false are left out
 * @param {...(Node|string|null)} children strings become text nodes
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Put these children, without those that are null, in place of what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

export const byId = (id) => document.getElementById(id);

/** Say something to screen readers, without moving the focus. */
export function say(message) {
  byId("status").textContent = message;
}

/** Show what went wrong, or hide it with an empty message. */
export function alertUser(message) {
  const box = byId("alert");
  box.textContent = message;
  box.hidden = !message;
}

/** The last call of several that come within `ms` of one another; `cancel()` drops one that still waits. */
export function settled(ms, call) {
  let timer = 0;
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...given), ms);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Let the browser do what waits, before more work of ours. */
export const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** Let the person save a file that was made here. */
export function offerFile(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Put text on the clipboard, also where the page is not served over HTTPS. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "only-heard", readonly: true });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
