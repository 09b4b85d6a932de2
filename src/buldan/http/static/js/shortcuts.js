/** Keys of the review desk. They are places on the keyboard, so that they work in an Arabic layout too. */

const ACTIONS = {
  KeyN: "next", KeyJ: "next", ArrowDown: "next",
  KeyP: "previous", KeyK: "previous", ArrowUp: "previous",
  KeyA: "accept", KeyX: "reject", KeyS: "search", Slash: "search", KeyM: "point", KeyL: "alike", KeyT: "note", KeyI: "add",
  KeyU: "undo", KeyR: "redo", Escape: "close",
};

/**
 * Hear the keys of the desk while the focus is within `area`, but not in a field.
 * @param {HTMLElement} area
 * @param {Object} calls by action (`next`, `accept`, `undo` …); `choose(rank)` hears the numbers
 */
export function hearShortcuts(area, calls) {
  area.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
    const action = actionOf(event);
    if (!action) return;
    event.preventDefault();
    if (typeof action === "number") calls.choose(action);
    else calls[action]?.();
  });
}

function actionOf(event) {
  if (event.code === "KeyZ" && (event.ctrlKey || event.metaKey)) return event.shiftKey ? "redo" : "undo";
  if (event.code === "KeyY" && (event.ctrlKey || event.metaKey)) return "redo";
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit) return Number(digit[1]);
  if (event.code.startsWith("Arrow") && event.target.matches("input[type=radio]")) return null; // they move among the options
  return ACTIONS[event.code] ?? null;
}
