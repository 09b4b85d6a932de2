/** Decisions by key, each change of which can be taken back and made again. Plain values; nothing is drawn here. */

export class Decisions {
  #all;
  #past = [];
  #future = [];

  /** @param {Array} entries `[key, decision]`, as `entries` gave them */
  constructor(entries = []) {
    this.#all = new Map(entries);
  }

  get entries() {
    return [...this.#all];
  }

  of(key) {
    return this.#all.get(key);
  }

  /** Put these `[key, decision]` in one step; without a decision, the key is undecided again. */
  change(entries) {
    const step = entries.map(([key, after]) => [key, this.#all.get(key), after]);
    this.#past.push(step);
    this.#future = [];
    this.#put(step.map(([key, , after]) => [key, after]));
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Take the last step back; the first key of it, or null. */
  undo() {
    const step = this.#past.pop();
    if (!step) return null;
    this.#future.push(step);
    return this.#put(step.map(([key, before]) => [key, before]));
  }

  redo() {
    const step = this.#future.pop();
    if (!step) return null;
    this.#past.push(step);
    return this.#put(step.map(([key, , after]) => [key, after]));
  }

  #put(entries) {
    for (const [key, decision] of entries) {
      if (decision) this.#all.set(key, decision);
      else this.#all.delete(key);
    }
    return entries[0][0];
  }
}
