/** The documents under review: which are open, which is shown; every change is kept in the browser. */

import { Reading } from "./reading.js";
import { dropWork, keepDecisions, keepWork, readWorks, writeWorkFile } from "./works.js";

export class Documents {
  #all = [];
  #shown = null;

  /** Open what an earlier visit left. */
  async restore() {
    const works = await readWorks();
    this.#all = works.map((work) => ({ reading: Reading.fromWork(work), opened: work.opened }));
    this.#shown ??= this.#all.at(-1)?.reading ?? null;
  }

  get readings() {
    return this.#all.map(({ reading }) => reading);
  }

  /** The reading on the screen, or null. */
  get shown() {
    return this.#shown;
  }

  /** Open one more, show it and keep it; `answer` is the text that its collection was read from. */
  add(reading, answer = JSON.stringify(reading.head)) {
    const { collection, ...work } = reading.toWork();
    const opened = Date.now() + this.#all.length;
    this.#all.push({ reading, opened });
    this.#shown = reading;
    return keepWork({ ...work, answer, opened });
  }

  show(id) {
    this.#shown = this.readings.find((reading) => reading.id === id) ?? null;
    return this.#shown;
  }

  /** No document is shown; all stay open. */
  hide() {
    this.#shown = null;
  }

  /** Keep the decisions of a document. */
  keep(reading) {
    return keepDecisions(reading.id, reading.entries);
  }

  /** Close a document and forget its decisions. */
  drop(id) {
    this.#all = this.#all.filter(({ reading }) => reading.id !== id);
    if (this.#shown?.id === id) this.#shown = null;
    return dropWork(id);
  }

  /** Put documents of a work file beside the open ones; one that is open already is replaced. */
  async take(works) {
    for (const work of works) {
      await this.drop(work.id);
      await this.add(Reading.fromWork(work));
    }
  }

  /** All of them as the text of a work file. */
  toFile() {
    return writeWorkFile(this.readings.map((reading) => reading.toWork()));
  }
}
