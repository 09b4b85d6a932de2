/** How a text comes in: typed, pasted, opened or dropped. What is too large is kept out, and said to be. */

import { askFacts, Trouble } from "./api.js";
import { alertUser, byId } from "./dom.js";
import { isReadable, readTexts } from "./files.js";
import { t } from "./i18n.js";
import { readWorkFile } from "./works.js";

const MANY = 200_000; // characters from which a paste is looked at first
const LONG = 20_000; // characters of a line from which it is not wrapped while it is edited

/**
 * Let texts into a field.
 * @param {Object} calls `onTexts(texts)` hears of those that files brought (`{ title, text }`), `onWork(works)` of the
 *   documents of a work file
 */
export function takeTexts(area, target, calls) {
  const open = (files) => openFiles(files, calls);
  byId("read-open").addEventListener("click", () => byId("read-file").click());
  byId("read-file").addEventListener("change", async ({ target: input }) => {
    await open([...input.files]);
    input.value = "";
  });
  area.addEventListener("paste", onPaste);
  area.addEventListener("input", () => setWrap(area));
  acceptDrops(target, open);
}

/** Put a text into the field. */
export function putText(area, text) {
  area.value = text;
  setWrap(area);
}

/** Whether a text is larger than the service reads; says so. */
export async function refuses(text) {
  try {
    const { max_body_bytes: most } = await askFacts();
    const size = new TextEncoder().encode(JSON.stringify(text)).length + 200;
    if (size > most) throw new Trouble("text-too-large", { size: size / 1e6, most: most / 1e6 });
    return false;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    alertUser(error.words);
    return true;
  }
}

/** A text too large to send is not let in: a browser may stand still for minutes over it. */
async function onPaste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.length < MANY) return;
  event.preventDefault();
  if (await refuses(text)) return;
  const area = event.target;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  setWrap(area);
}

async function openFiles(files, { onTexts, onWork }) {
  const wrong = files.find((file) => !isReadable(file) && !isWork(file));
  if (wrong) return alertUser(t("read.wrong-file", { name: wrong.name }));
  const texts = [];
  for (const file of files) {
    try {
      if (!isWork(file)) texts.push(...(await readTexts(file)));
      else if (!(await openWork(file, onWork))) return undefined;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return alertUser(t("read.damaged", { name: file.name }));
    }
  }
  for (const { text } of texts) if (await refuses(text)) return undefined;
  const old = texts.find(({ charset }) => charset === "windows-1256");
  alertUser(old ? t("read.charset", { charset: old.charset }) : "");
  if (texts.length) onTexts(texts);
  return undefined;
}

const isWork = ({ name }) => /\.json$/i.test(name);

/** Open a file of documents with their decisions; false, and said, where it is none. */
async function openWork(file, onWork) {
  const works = readWorkFile(await file.text());
  if (works) onWork(works);
  else alertUser(t("read.no-work", { name: file.name }));
  return Boolean(works);
}

/** Hear of files that are dropped on an element. */
export function acceptDrops(target, open) {
  target.addEventListener("dragover", (event) => {
    event.preventDefault();
    target.classList.add("is-dropping");
  });
  target.addEventListener("dragleave", () => target.classList.remove("is-dropping"));
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    target.classList.remove("is-dropping");
    const files = [...event.dataTransfer.files];
    if (files.length) open(files);
  });
}

/** Very long lines are not wrapped while they are edited: wrapping them can take a browser minutes. */
function setWrap(area) {
  const long = area.value.length > LONG && area.value.split("\n").some((line) => line.length > LONG);
  area.classList.toggle("is-unwrapped", long);
}
