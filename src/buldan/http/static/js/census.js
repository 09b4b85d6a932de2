/** Every place in short, out of one file that is read while it comes, and is asked for once. */

import { lines } from "./api.js";

const BATCH = 500; // places that are handed on at once, so that keys and clicks are heard in between

const places = [];
let state = "unread"; // then "coming", then "whole"
let more = null;

/**
 * The places by batches, those that are talked of most first: each `{ id, key, kind, lon, lat, name_ar, name_en,
 * admin_pcode }`, with `name_ocha` and `name_ku` where they differ. Ends when all were given.
 * @throws {Trouble} the file cannot be had; the next call asks for it again
 */
export async function* everyPlace() {
  if (state === "unread") read();
  for (let at = 0; ; ) {
    if (at < places.length) {
      const batch = places.slice(at, at + BATCH);
      at += batch.length;
      yield batch;
    } else if (state === "whole") return;
    else await more;
  }
}

async function read() {
  state = "coming";
  let wake, fail;
  const renew = () => (more = new Promise((resolve, reject) => ([wake, fail] = [resolve, reject])));
  renew();
  try {
    let head = null;
    for await (const rows of lines("census.ndjson")) {
      for (const row of rows) {
        if (head) places.push(placeOf(row, head));
        else head = row;
      }
      wake();
      renew();
    }
    state = "whole";
    wake();
  } catch (error) {
    state = "unread";
    places.length = 0;
    fail(error);
  }
}

function placeOf(row, { columns, kinds }) {
  const place = Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null]));
  return { ...place, key: place.id, kind: kinds[place.kind], admin_pcode: place.admin_pcode ?? "" };
}
