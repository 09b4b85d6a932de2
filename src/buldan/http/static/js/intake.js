/** How a text comes in: typed, pasted, opened or dropped. What is too large is kept out, and said to be. */

import { askFacts, Trouble } from "./api.js";
import { alertUser, byId } from "./dom.js";
import { readTextFile } from "./files.js";
import { t } from "./i18n.js";

const MANY = 200_000; // characters from which a paste is looked at first
const LONG = 20_000; // characters of a line from which it is not wrapped while it is edited

/** Let texts into a field; `onFile(text)` hears of one that a file brought. */
export function takeTexts(area, target, { onFile }) {
  const open = (file) => openFile(file, onFile);
  byId("read-open").addEventListener("click", () => byId("read-file").click());
  byId("read-file").addEventListener("change", ({ target: input }) => {
    if (input.files[0]) open(input.files[0]);
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

async function openFile(file, onFile) {
  if (!/\.(txt|html?)$/i.test(file.name) && !/^text\/(plain|html)/.test(file.type)) {
    return alertUser(t("read.wrong-file", { name: file.name }));
  }
  const { text, charset } = await readTextFile(file);
  if (await refuses(text)) return;
  alertUser(charset === "windows-1256" ? t("read.charset", { charset }) : "");
  onFile(text);
}

function acceptDrops(target, open) {
  target.addEventListener("dragover", (event) => {
    event.preventDefault();
    target.classList.add("is-dropping");
  });
  target.addEventListener("dragleave", () => target.classList.remove("is-dropping"));
  target.addEventListener("drop", (event) => {
    event.preventDefault();
    target.classList.remove("is-dropping");
    const [file] = event.dataTransfer.files;
    if (file) open(file);
  });
}

/** Very long lines are not wrapped while they are edited: wrapping them can take a browser minutes. */
function setWrap(area) {
  const long = area.value.length > LONG && area.value.split("\n").some((line) => line.length > LONG);
  area.classList.toggle("is-unwrapped", long);
}
