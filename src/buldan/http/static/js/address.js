/** The view in the address, after `#`: `#find?q=يلدا&place=bd…&at=9/34.8/38.5`. It never reaches the server. */

/** What the address asks for. */
export function readAddress() {
  const [view, query] = location.hash.slice(1).split(/\?(.*)/s);
  return { view: view || "find", ...Object.fromEntries(new URLSearchParams(query)) };
}

/**
 * Put a view into the address.
 * @param {Object} view its members; empty ones are left out
 * @param {boolean} anew whether the back button should return to what was before
 */
export function writeAddress({ view, ...members }, { anew = false } = {}) {
  const href = addressOf({ view, ...members });
  if (href === location.hash) return;
  history[anew ? "pushState" : "replaceState"](null, "", href);
}

/** The part of a link after the page's own address. */
export function addressOf({ view, ...members }) {
  const given = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const query = new URLSearchParams(given).toString();
  return `#${view}${query ? `?${query}` : ""}`;
}
