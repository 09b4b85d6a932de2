/** A view with a desk: the base of Read and Tables. The keys, the steps and the decisions are the same in both. */

import { askFacts, askUnits, Trouble } from "./api.js";
import { Desk } from "./desk.js";
import { alertUser, breathe, byId, el, say } from "./dom.js";
import { t } from "./i18n.js";
import { hearShortcuts } from "./shortcuts.js";

/**
 * A subclass gives `review` (a `Review`, or null), `choose(at)`, `closeCard()` and `keep()`, which keeps the work in the
 * browser and shows it as it now stands.
 */
export class ReviewView {
  chosen = null; // the number of the mention on the desk
  facts = null;
  units = null;
  #allDone;

  /** @param {Object} ids `card` and `results`, elements; `allDone`, the key of what is said when nothing is open */
  constructor(map, { card, results, allDone }) {
    this.map = map;
    this.#allDone = allDone;
    this.desk = new Desk(byId(card), {
      decide: (decision, how) => this.decide(decision, how),
      annotate: (note) => this.#annotate(note),
      close: () => this.closeCard(),
      move: (step) => this.#move(step),
      pickPoint: () => this.#pickPoint(),
      onTrouble: (error) => alertUser(error.words ?? t("trouble.fault")),
    });
    const chosen = () => this.review?.mentions[this.chosen];
    hearShortcuts(byId(results), {
      next: () => this.review && this.#move(1),
      previous: () => this.review && this.#move(-1),
      accept: () => chosen()?.first && this.decide({ answer: "accepted" }, { alike: this.desk.alike }),
      reject: () => this.decide({ answer: "none" }, { alike: this.desk.alike }),
      search: () => this.desk.focusSearch(),
      point: () => chosen() && this.desk.setPoint(),
      alike: () => this.desk.toggleAlike(),
      add: () => byId("add-words")?.focus(),
      note: () => byId("desk-note")?.focus(),
      undo: () => this.review && this.showAgain(this.review.undo(), "desk.undone"),
      redo: () => this.review && this.showAgain(this.review.redo(), "desk.redone"),
      close: () => chosen() && this.closeCard(),
      choose: (rank) => chosen() && this.desk.choose(rank),
    });
  }

  again() {
    /* all is said again by `show` */
  }

  /** Facts and units, which cards need; false, and said, where they cannot be had. */
  async prepare() {
    try {
      [this.facts, this.units] = await Promise.all([askFacts(), askUnits()]);
      return true;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      alertUser(error.words);
      return false;
    }
  }

  showCard() {
    this.desk.show(this.review, this.chosen, this.facts, this.units);
  }

  chooseNextOpen(from) {
    const next = this.review.nextOpen(from);
    if (next !== null) return this.choose(next);
    this.closeCard();
    say(t(this.#allDone));
    return undefined;
  }

  /** A decision about the chosen mention; then, unless it is to stay chosen, the next open one is shown. */
  decide(decision, { alike = false, stay = false } = {}) {
    const at = this.chosen;
    if (at === null) return;
    const { text } = this.review.mentions[at];
    const count = this.review.decide(at, decision, { alike });
    this.keep();
    if (decision && !stay) this.chooseNextOpen(at);
    else this.choose(Math.min(at, this.review.mentions.length - 1));
    if (stay) this.desk.focusChoice();
    say(t("read.corrected", { count, name: text }));
  }

  /** The mention that an undone or repeated decision was about. */
  showAgain(at, words) {
    if (at === null) return;
    this.keep();
    this.choose(at);
    say(t(words));
  }

  /** How far the review has come, and what can be done next; `words` says the progress, ids begin with `prefix`. */
  toolbar(prefix, words, ...notes) {
    const { all, reviewed } = this.review.progress;
    return el("div", { class: "desk-bar", role: "group", "aria-label": t("desk.title") },
      el("progress", { max: all, value: reviewed, "aria-label": t("desk.progress") }),
      el("span", { id: `${prefix}-progress` }, t(words, { reviewed, all })),
      el("button", { type: "button", id: `${prefix}-start`, onclick: () => this.chooseNextOpen(this.chosen ?? -1) }, t("desk.next-open")),
      el("button", { type: "button", id: `${prefix}-undo`, disabled: !this.review.canUndo, onclick: () => this.showAgain(this.review.undo(), "desk.undone") }, t("desk.undo")),
      el("button", { type: "button", id: `${prefix}-redo`, disabled: !this.review.canRedo, onclick: () => this.showAgain(this.review.redo(), "desk.redone") }, t("desk.redo")),
      el("details", { class: "keys" }, el("summary", {}, t("desk.keys")), el("p", {}, t("desk.keys-list"))),
      ...notes.map((note) => el("p", { class: "note" }, t(note))));
  }

  #move(step) {
    const { mentions } = this.review;
    if (mentions.length) this.choose(((this.chosen ?? (step > 0 ? -1 : 0)) + step + mentions.length) % mentions.length);
  }

  async #annotate(note) {
    const at = this.chosen;
    if (at === null) return;
    this.review.annotate(at, note);
    this.keep();
    this.chosen = at; // its card stays, and its keys
    await breathe();
    if (document.activeElement === document.body) this.choose(at); // what Tab or Enter led to was drawn again
  }

  async #pickPoint() {
    say(t("desk.pick"));
    alertUser(t("desk.pick"));
    const point = await this.map.pickPoint();
    alertUser("");
    return point;
  }
}
