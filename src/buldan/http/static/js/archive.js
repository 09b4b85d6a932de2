/** Files out of a ZIP archive, by the browser's own decompression. Sizes are bounded: an archive may claim anything. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

export const MOST_FILES = 200;
const MOST_BYTES = 20_000_000; // of one file once it is unpacked

/**
 * The entries of an archive: `{ name, read() }`, folders left out.
 * @throws {RangeError} no archive, or one with more than `MOST_FILES` files
 */
export function openArchive(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_FILES) throw new RangeError("too many files");
  const entries = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i += 1) {
    if (view.getUint32(at, true) !== ENTRY) throw new RangeError("damaged");
    const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const start = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (!name.endsWith("/")) entries.push({ name, read: () => unpack(bytes, view, start, packed, method) });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function endOf(view) {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new RangeError("no archive");
}

async function unpack(bytes, view, start, packed, method) {
  if (view.getUint32(start, true) !== LOCAL) throw new RangeError("damaged");
  const body = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  const content = bytes.subarray(body, body + packed);
  if (method === STORED) return content;
  if (method !== DEFLATED) throw new RangeError("unknown compression");
  const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_BYTES) {
      reader.cancel();
      throw new RangeError("too large");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
