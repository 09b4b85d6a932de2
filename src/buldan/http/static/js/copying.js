/** A button that copies something to the clipboard. */

import { copyText, el, say } from "./dom.js";
import { t } from "./i18n.js";

/** A button that copies what `content()` gives (or promises), and says so. */
export function copying(label, content) {
  const button = el("button", { type: "button", onclick: async () => {
    try {
      await copyText(await content());
      button.textContent = t("card.copied");
    } catch (error) {
      button.textContent = error.words ?? t("trouble.fault");
    }
    say(button.textContent);
    setTimeout(() => (button.textContent = label), 2_000);
  } }, label);
  return button;
}
