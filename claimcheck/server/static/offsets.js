// The server counts code points; JavaScript counts UTF-16 units, of which some characters have two.

const WIDE = /[\ud800-\udbff][\udc00-\udfff]/;

/**
 * What turns offsets in code points into offsets in units of a text.
 *
 * @param {string} text
 * @returns {(offset: number) => number}
 */
export function toUnits(text) {
  if (!WIDE.test(text)) return (offset) => offset;
  const starts = [];
  let at = 0;
  for (const character of text) {
    starts.push(at);
    at += character.length;
  }
  starts.push(at);
  return (offset) => starts[Math.min(offset, starts.length - 1)];
}

/**
 * The text as it is sent: with as many code points as it has, and none that the server takes for something else.
 *
 * A byte order mark would be dropped, and a NUL is taken for a file that is no text.
 *
 * @param {string} text
 */
export function sendable(text) {
  return text.replace(/^\ufeff/, "\u200b").replaceAll("\0", "\ufffd");
}

/**
 * Where what stood in a text stands after it was edited.
 *
 * @param {string} before
 * @param {string} after
 * @returns {(start: number, end: number) => [number, number] | null} `null` for what the edit touched
 */
export function moved(before, after) {
  if (before === after) return (start, end) => [start, end];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const changed = before.length - tail;
  const shift = after.length - before.length;
  return (start, end) => {
    if (end <= head) return [start, end];
    return start >= changed ? [start + shift, end + shift] : null;
  };
}
