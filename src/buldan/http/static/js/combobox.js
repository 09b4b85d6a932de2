/** A text field with suggestions: arrows choose, Enter takes, Escape closes (WAI-ARIA's combobox pattern). */

import { el, settled } from "./dom.js";

/**
 * Join a field and its list.
 * @param {HTMLInputElement} input
 * @param {HTMLUListElement} list
 * @param {Object} calls `suggest(text, signal)` gives items, `render(item)` the nodes of one, `onTake(item)` hears
 *   which was taken, `onTrouble(error)` what went wrong; with `takesFirst`, Enter takes the first where none is marked.
 *   An item has an `id` by which it is known again in the next list, or none.
 */
export function combobox(input, list, { suggest, render, onTake, onTrouble, takesFirst = false }) {
  let items = [];
  let at = -1;
  let running = null;
  let hurried = false; // Enter was pressed before the list of what is typed had come

  /** Close the list, and let no question that is under way open it again. */
  const close = () => {
    look.cancel();
    running?.abort();
    hurried = false;
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const move = (to) => {
    at = (to + items.length) % items.length;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };

  const take = (item) => {
    close();
    onTake(item);
  };

  /** Show items; one that was marked in the list before stays marked, since a list may come after a key. */
  const show = (found, text) => {
    const marked = items[at]?.id;
    items = found;
    list.dataset.text = text;
    list.replaceChildren(
      ...items.map((item, i) =>
        el("li", { role: "option", id: `${list.id}-${i}`, "aria-selected": "false", onmousedown: (event) => {
          event.preventDefault();
          take(item);
        } }, ...render(item)),
      ),
    );
    list.hidden = !items.length;
    at = -1;
    input.setAttribute("aria-expanded", String(items.length > 0));
    input.removeAttribute("aria-activedescendant");
    const again = marked === undefined ? -1 : items.findIndex((item) => item.id === marked);
    if (again >= 0) move(again);
  };

  const look = settled(120, async () => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const text = input.value.trim();
    if (!text) return close();
    try {
      const found = await suggest(text, signal);
      if (signal.aborted || document.activeElement !== input || input.value.trim() !== text) return;
      show(found, text);
      if (hurried && items.length) take(items[Math.max(at, 0)]);
      hurried = false;
    } catch (error) {
      if (signal.aborted) return;
      close();
      onTrouble(error);
    }
  });

  input.addEventListener("input", () => {
    hurried = false;
    look();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    const stale = list.dataset.text !== input.value.trim();
    if (event.key === "ArrowDown" && !open && items.length) show(items, list.dataset.text);
    else if (event.key === "ArrowDown" && open) move(at + 1);
    else if (event.key === "ArrowUp" && open) move(at < 0 ? items.length - 1 : at - 1);
    else if (event.key === "Enter" && takesFirst && stale && at < 0) hurried = true;
    else if (event.key === "Enter" && open && (at >= 0 || takesFirst)) take(items[Math.max(at, 0)]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });

  return { close };
}
