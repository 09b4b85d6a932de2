/** A text field with suggestions: arrows choose, Enter takes, Escape closes (WAI-ARIA's combobox pattern). */

import { el, settled } from "./dom.js";

/**
 * Join a field and its list.
 * @param {HTMLInputElement} input
 * @param {HTMLUListElement} list
 * @param {Object} calls `suggest(text, signal)` gives items, `render(item)` the nodes of one, `onTake(item)` hears
 *   which was taken, `onTrouble(error)` what went wrong; with `takesFirst`, Enter takes the first where none is marked
 */
export function combobox(input, list, { suggest, render, onTake, onTrouble, takesFirst = false }) {
  let items = [];
  let at = -1;
  let running = null;

  /** Close the list, and let no question that is under way open it again. */
  const close = () => {
    look.cancel();
    running?.abort();
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

  const show = () => {
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
      items = found;
      show();
    } catch (error) {
      if (signal.aborted) return;
      close();
      onTrouble(error);
    }
  });

  input.addEventListener("input", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" && !open && items.length) show();
    else if (event.key === "ArrowDown" && open) move(at + 1);
    else if (event.key === "ArrowUp" && open) move(at < 0 ? items.length - 1 : at - 1);
    else if (event.key === "Enter" && open && (at >= 0 || takesFirst)) take(items[Math.max(at, 0)]);
    else if (event.key === "Escape" && open) close();
    else return;
    event.preventDefault();
  });

  return { close };
}
