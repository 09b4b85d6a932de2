/** What is under review, kept in this browser (IndexedDB) so that nothing is lost on reload; kept nowhere else. */

import { breathe } from "./dom.js";

const NAME = "buldan";
const WORKS = "works"; // documents
const DECISIONS = "decisions"; // of documents, apart from them: a long text is not written again at every key
const TABLES = "tables"; // tables, under their ids

/** Runs one transaction; undefined where the browser keeps nothing (private windows, full disks). */
async function transact(store, mode, run) {
  try {
    const base = await opened();
    return await new Promise((resolve, reject) => {
      const transaction = base.transaction(store, mode);
      const request = run(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } catch {
    return undefined; // the work still stands on the page, and can be saved as a file
  }
}

let opening;
function opened() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 3);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(WORKS, { keyPath: "id" });
      if (oldVersion < 2) request.result.createObjectStore(TABLES);
      request.result.createObjectStore(DECISIONS, { keyPath: "id" });
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // a newer page in another tab goes before
      resolve(request.result);
    };
    request.onerror = request.onblocked = () => reject(request.error);
  });
  return opening;
}

/** Every kept document, in the order in which they were opened. */
export async function readWorks() {
  const [works, decided] = await Promise.all([WORKS, DECISIONS].map((store) => transact(store, "readonly", (kept) => kept.getAll())));
  const decisionsOf = new Map((decided ?? []).map(({ id, decisions }) => [id, decisions]));
  return (works ?? [])
    .map(({ answer, ...work }) => ({ collection: answer && JSON.parse(answer), ...work, decisions: decisionsOf.get(work.id) ?? work.decisions }))
    .sort((a, b) => a.opened - b.opened);
}

/** Keep a document; its `answer` is a text, which a browser copies much sooner than thousands of objects. */
export const keepWork = (work) => breathe().then(() => transact(WORKS, "readwrite", (store) => store.put(work)));
export const keepDecisions = (id, decisions) => transact(DECISIONS, "readwrite", (store) => store.put({ id, decisions }));
export const dropWork = (id) => Promise.all([WORKS, DECISIONS].map((kept) => transact(kept, "readwrite", (store) => store.delete(id))));

/** Every kept table, in the order in which they were opened. */
export async function readTables() {
  const tables = (await transact(TABLES, "readonly", (store) => store.getAll())) ?? [];
  return tables.map((table) => ({ id: "table", opened: 0, ...table })).sort((a, b) => a.opened - b.opened); // one alone was kept once, unnumbered
}

export const keepTable = (table) => transact(TABLES, "readwrite", (store) => store.put(table, table.id));
export const dropTable = (id) => transact(TABLES, "readwrite", (store) => store.delete(id));

const FORMAT = "buldan-review";

/** The text of a file that holds documents with their decisions. */
export const writeWorkFile = (works) => JSON.stringify({ format: FORMAT, version: 1, documents: works }, null, 1);

/** The documents of such a file; null where it is none. */
export function readWorkFile(text) {
  try {
    const { format, documents } = JSON.parse(text);
    const isWork = ({ id, text: words, collection, decisions }) =>
      typeof id === "string" && typeof words === "string" && Array.isArray(collection?.features) && Array.isArray(decisions);
    return format === FORMAT && Array.isArray(documents) && documents.every(isWork) ? documents : null;
  } catch {
    return null;
  }
}
