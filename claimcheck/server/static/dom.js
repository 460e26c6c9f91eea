// Elements are made here and nowhere else: text is always text, never markup.

/**
 * An element.
 *
 * @param {string} tag its name
 * @param {Object<string, any>} attributes attributes, and handlers of events as `onclick`; `null` and `false` leave one out
 * @param {...(Node | string | null)} children what is in it
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Puts text into an element, unless it is there: a live region tells what is put into it. */
export function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** "1 word", "2 words". */
export function counted(number, noun) {
  return `${number.toLocaleString("en-GB")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A policy as people call it: markets are in capitals. */
export function named(policy) {
  return policy.length === 2 ? policy.toUpperCase() : policy;
}
