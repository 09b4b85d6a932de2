/** What can be done with a point: copy it in the form that is needed, look at it on other maps. */

import { FORMS, MAPS } from "./coordinates.js";
import { copying } from "./copying.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";

/** Buttons and links for `{ lat, lon }`. Links lead away from the page, and only when a person follows them. */
export function pointActions(point) {
  return el("details", { class: "point-actions" },
    el("summary", {}, el("bdi", { dir: "ltr", class: "code" }, FORMS.decimal(point))),
    el("div", { class: "actions" },
      ...Object.entries(FORMS).map(([form, write]) => copying(t(`copy.${form}`), () => write(point)))),
    el("p", {}, t("card.elsewhere"), " ", ...MAPS.flatMap(([name, addressOf], at) => [
      at ? t("list.separator") : "",
      el("a", { href: addressOf(point), rel: "noreferrer noopener", target: "_blank" }, name),
    ])));
}
