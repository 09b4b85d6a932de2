/** Text out of files that a person drops: plain text, HTML, Word, and archives of these. Nothing in them is run. */

import { openArchive } from "./archive.js";

const UNSEEN = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "SVG", "IFRAME", "OBJECT"]);
const BLOCKS = /^(ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|BR|DD|DIV|DL|DT|FIGCAPTION|FIGURE|FOOTER|FORM|H[1-6]|HEADER|HR|LI|MAIN|NAV|OL|P|PRE|SECTION|TABLE|TD|TH|TR|UL)$/;

const GUARD = "\ufdd0"; // Unicode keeps it free of meaning

const READ = /\.(txt|html?|docx)$/i;

/** Whether a file is of a form that can be read. */
export const isReadable = ({ name, type = "" }) => READ.test(name) || /\.zip$/i.test(name) || /^text\/(plain|html)/.test(type);

/**
 * The texts of a file, one or, of an archive, several: `{ title, text, charset }`.
 * @throws {RangeError} an archive or Word file that is damaged or too large
 */
export async function readTexts(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!/\.zip$/i.test(file.name)) return [await textOf(file.name, bytes, file.type)];
  const entries = openArchive(bytes).filter(({ name }) => READ.test(name) && !name.startsWith("__MACOSX/"));
  const texts = [];
  for (const { name, read } of entries) texts.push(await textOf(name.split("/").at(-1), await read()));
  return texts;
}

async function textOf(name, bytes, type = "") {
  if (/\.docx$/i.test(name)) return { title: name, text: await textOfWord(bytes), charset: "utf-8" };
  const { text, charset } = decode(bytes);
  const isPage = /\.html?$/i.test(name) || type === "text/html";
  return { title: name, text: isPage ? textOfPage(text) : text, charset };
}

/** The paragraphs of a Word document (Office Open XML), a line each. */
async function textOfWord(bytes) {
  const entry = openArchive(bytes).find(({ name }) => name === "word/document.xml");
  if (!entry) throw new RangeError("no Word document");
  const tree = new DOMParser().parseFromString(new TextDecoder().decode(await entry.read()), "application/xml");
  const inside = { t: (node) => node.textContent, tab: () => "\t", br: () => "\n" };
  const paragraphs = [...tree.getElementsByTagNameNS("*", "p")].map((paragraph) =>
    [...paragraph.getElementsByTagNameNS("*", "*")].map((node) => inside[node.localName]?.(node) ?? "").join(""));
  return paragraphs.join("\n").trim();
}

/** UTF-8 (or UTF-16 where it says so), else Windows-1256, the old charset of Arabic pages. */
function decode(bytes) {
  const utf16 = { 0xfeff: "utf-16be", 0xfffe: "utf-16le" }[(bytes[0] << 8) | bytes[1]];
  for (const charset of [utf16, "utf-8"].filter(Boolean)) {
    try {
      return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), charset };
    } catch {
      /* not this one */
    }
  }
  return { text: new TextDecoder("windows-1256").decode(bytes), charset: "windows-1256" };
}

/** What a page shows, a paragraph a line. */
function textOfPage(markup) {
  const parts = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data.replaceAll(GUARD, "").replace(/\s+/g, " "));
    if (node.nodeType !== Node.ELEMENT_NODE || UNSEEN.has(node.nodeName.toUpperCase())) return;
    const block = BLOCKS.test(node.nodeName);
    if (block) parts.push("\n");
    node.childNodes.forEach(walk);
    if (block) parts.push("\n");
  };
  walk(new DOMParser().parseFromString(disarmed(markup), "text/html").body);
  return parts.join("").replace(/ *\n[ \n]*/g, "\n\n").trim();
}

/**
 * Markup whose handlers, styles and base are none. A parsed document runs no scripts and loads nothing, but browsers
 * hold these against the page's policy all the same; so words that could begin such an attribute get a character
 * before them that no text has, which goes again when the text is read.
 */
function disarmed(markup) {
  return markup
    .replace(/(<\/?)style\b/gi, "$1script")
    .replace(/<base\b/gi, "<link")
    .replace(/(?<!<\/?)\b(?=on|style)/gi, GUARD);
}
