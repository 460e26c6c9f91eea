// The draft: a textarea, and beneath it the same words with marks, which only show what is behind the text.

import { make } from "./dom.js";
import { moved } from "./offsets.js";

/**
 * A stretch of the text that is marked.
 *
 * @typedef {object} Mark
 * @property {number} start in UTF-16 units
 * @property {number} end
 * @property {number} from where it begins, as the server says it: in code points of the text that was checked
 * @property {number} claim its number, -1 for a caveat
 * @property {string} look
 * @property {string} [stress] a further look, while a claim is open
 */

export class Editor {
  /**
   * @param {HTMLTextAreaElement} area
   * @param {HTMLElement} layer what lies beneath it
   */
  constructor(area, layer) {
    this.area = area;
    this.layer = layer;
    /** @type {Mark[]} */
    this.marks = [];
    this.drawn = "";
  }

  get text() {
    return this.area.value;
  }

  /** Replaces everything, as when a file is opened: what was done before cannot be undone into it. */
  set text(text) {
    this.area.value = text;
    this.show([]);
  }

  /**
   * Marks the text.
   *
   * @param {Mark[]} marks of the text as it was
   * @param {string} [text] that text
   */
  show(marks, text = this.text) {
    this.marks = marks;
    this.drawn = text;
    this.follow();
  }

  /** Moves the marks with the words that were typed since; what was typed into loses its mark. */
  follow() {
    const text = this.text;
    const place = moved(this.drawn, text);
    this.marks = this.marks.flatMap((mark) => {
      const at = place(mark.start, mark.end);
      return at ? [{ ...mark, start: at[0], end: at[1] }] : [];
    });
    this.drawn = text;
    this.draw();
  }

  draw() {
    const parts = [];
    const edges = new Set([0, this.drawn.length]);
    for (const { start, end } of this.marks) edges.add(start).add(end);
    const cuts = [...edges].sort((one, other) => one - other);
    const marks = [...this.marks].sort((one, other) => one.start - other.start);
    let next = 0;
    let open = [];
    for (let index = 0; index + 1 < cuts.length; index += 1) {
      const [start, end] = [cuts[index], cuts[index + 1]];
      open = open.filter((mark) => mark.end > start);
      while (next < marks.length && marks[next].start <= start) {
        if (marks[next].end > start) open.push(marks[next]);
        next += 1;
      }
      const words = this.drawn.slice(start, end);
      if (!open.length) {
        parts.push(words);
        continue;
      }
      const claim = open.find((mark) => mark.claim >= 0)?.claim ?? null;
      const looks = open.flatMap(({ look, stress }) => (stress ? [look, stress] : [look]));
      parts.push(make("mark", { class: looks.join(" "), "data-claim": claim }, words));
    }
    // A last empty line has a height only if something stands in it.
    this.layer.replaceChildren(...parts, "\u200b");
  }

  /**
   * Makes some of what is marked stand out.
   *
   * @param {(mark: Mark) => string} look empty for what does not
   */
  stress(look) {
    for (const mark of this.marks) mark.stress = look(mark);
    this.draw();
  }

  /** What is marked now of what began there when it was checked. */
  markFrom(offset) {
    return this.marks.find((mark) => mark.from === offset);
  }

  /** Number of the claim that holds a place; -1 for none. */
  claimAt(offset) {
    return this.marks.find((mark) => mark.claim >= 0 && mark.start <= offset && offset <= mark.end)?.claim ?? -1;
  }

  /** Edits the text as if it was typed, so that it can be undone. */
  replace(start, end, words) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    // There is no other way that the browser remembers for its undo.
    if (!document.execCommand("insertText", false, words)) {
      this.area.setRangeText(words, start, end, "end");
      this.area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    const first = words.search(/\S/);
    this.area.setSelectionRange(start + Math.max(first, 0), start + words.trimEnd().length);
  }

  /** Brings a place into view and puts the cursor there. */
  go(start, end) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, end);
    this.reveal(start, end);
  }

  reveal(start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(this.layer, NodeFilter.SHOW_TEXT);
    let at = 0;
    while (walker.nextNode()) {
      const { length } = walker.currentNode;
      if (start < at + length || at + length === this.drawn.length) {
        range.setStart(walker.currentNode, Math.min(start - at, length));
        range.setEnd(walker.currentNode, Math.min(end - at, length));
        break;
      }
      at += length;
    }
    const box = range.getBoundingClientRect();
    if (box.top < 0 || box.bottom > window.innerHeight) {
      window.scrollBy({ top: box.top - window.innerHeight / 3 });
    }
  }
}
