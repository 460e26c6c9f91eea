// What was found, as a list of remedies and a list of claims of which each opens to say why.

import { byId, counted, make, named, tell } from "./dom.js";

const MOST_CLAIMS = 100;
const PAUSE = 700; // ms without a new answer, until suggestions are asked for anew

/**
 * What is done when something in the lists is used.
 *
 * @typedef {object} Handlers
 * @property {(claim: number | null) => void} opened
 * @property {(place: [number, number]) => void} shown
 * @property {(about: string) => Promise<object[]>} suggested
 * @property {(suggestion: object) => void} used
 * @property {(text: string) => void} copied
 */

export class Results {
  /** @param {Handlers} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.answer = null;
    this.open = null;
    this.most = MOST_CLAIMS;
    this.timer = 0;
    this.refused = ""; // why a file was not opened, which stays while the draft does
    this.lines = [];
    byId("more").addEventListener("click", () => {
      this.most += MOST_CLAIMS;
      this.list();
    });
  }

  /**
   * Shows an answer of the server.
   *
   * @param {object | null} answer `null` for none
   * @param {number | null} open the claim that is to be open
   */
  show(answer, open) {
    this.answer = answer;
    this.most = Math.max(MOST_CLAIMS, (open ?? 0) + 1);
    byId("intro").hidden = answer !== null;
    tell(byId("headline"), answer?.headline ?? "");
    this.complain([answer?.problem, ...(answer?.notices ?? [])].filter(Boolean));
    this.advise();
    this.open = open;
    this.list();
  }

  /** Tells why a file is not opened. */
  refuse(line) {
    this.refused = line;
    this.complain(this.lines);
  }

  /** Tells what is wrong with the draft, or with how it is to be judged. */
  complain(told) {
    this.lines = told;
    const lines = this.refused ? [this.refused, ...told] : told;
    const box = byId("problem");
    if (box.textContent !== lines.join("")) box.replaceChildren(...lines.map((line) => make("p", {}, line)));
  }

  advise() {
    const remedies = this.answer?.remedies ?? [];
    byId("remedies-part").hidden = remedies.length === 0;
    byId("remedies").replaceChildren(...remedies.slice(0, 5).map((one, index) => this.remedy(one, index)));
  }

  remedy(one, index) {
    const id = `remedy-${index}`;
    const where = one.title ? ` under “${one.title}”` : "";
    const add = make("button", { type: "button", "aria-describedby": id }, "Add it");
    add.addEventListener("click", async () => {
      add.disabled = true;
      const [first] = await this.handlers.suggested(one.id);
      add.disabled = false;
      if (first) this.handlers.used(first);
      else add.replaceWith(make("p", { class: "quiet" }, "There is no place for it that would do. Write it by hand."));
    });
    return make(
      "li",
      {},
      make("p", { id }, one.suggestion, make("span", { class: "quiet" }, `${where} (${named(one.policy)})`)),
      make("p", { class: "foot" }, make("span", {}, `clears ${counted(one.clears, "finding")}`), one.ready && this.editable ? add : null),
    );
  }

  list() {
    const claims = this.answer?.claims ?? [];
    byId("claims-part").hidden = claims.length === 0;
    byId("claims").replaceChildren(...claims.slice(0, this.most).map((claim, index) => this.item(claim, index)));
    const left = claims.length - this.most;
    byId("more").hidden = left <= 0;
    if (left > 0) tell(byId("more"), `Show ${Math.min(left, MOST_CLAIMS)} more of ${counted(left, "claim")}`);
    if (this.open !== null) this.unfold(this.open, PAUSE);
  }

  item(claim, index) {
    const policies = [...new Set(claim.findings.map((one) => named(one.policy)))];
    const button = make(
      "button",
      { type: "button", "aria-expanded": "false", "aria-controls": `claim-${index}`, class: "claim" },
      make("span", { class: `badge ${claim.severity || "fine"}` }, claim.severity || "nothing found"),
      make("span", { class: "words" }, `“${claim.text}”`),
      make("span", { class: "quiet" }, [places(claim), ...policies].join(" · ")),
    );
    button.addEventListener("click", () => this.toggle(index));
    return make("li", { "data-claim": index }, button, make("div", { class: "why", id: `claim-${index}`, hidden: true }));
  }

  toggle(index) {
    const before = this.open;
    if (before !== null) this.fold(before);
    this.open = before === index ? null : index;
    if (this.open !== null) this.unfold(this.open, 0);
    this.handlers.opened(this.open);
  }

  /** Opens a claim, and brings it into view. */
  select(index, { focus }) {
    if (index >= this.most) {
      this.most = index + MOST_CLAIMS;
      this.list();
    }
    if (this.open !== index) this.toggle(index);
    const item = byId("claims").children[index];
    const panel = byId("results");
    if (panel.scrollHeight > panel.clientHeight) panel.scrollTop += item.getBoundingClientRect().top - panel.getBoundingClientRect().top;
    else item.scrollIntoView({ block: focus ? "start" : "nearest" });
    if (focus) item.querySelector("button").focus({ preventScroll: true });
  }

  fold(index) {
    const item = byId("claims").children[index];
    if (!item) return;
    item.querySelector("button").setAttribute("aria-expanded", "false");
    byId(`claim-${index}`).hidden = true;
  }

  unfold(index, pause) {
    const item = byId("claims").children[index];
    if (!item) return;
    item.querySelector("button").setAttribute("aria-expanded", "true");
    const claim = this.answer.claims[index];
    const why = byId(`claim-${index}`);
    why.hidden = false;
    why.replaceChildren(
      ...(claim.findings.length ? claim.findings.map((one) => this.finding(one)) : [this.unopposed(claim)]),
      this.suggestions(claim, pause),
      make("p", { class: "foot" }, this.button("Show it in the text", () => this.handlers.shown(claim.places[0]))),
    );
  }

  finding(one) {
    const lists = [
      ["Not found", one.missing.map((says) => make("li", {}, says))],
      ["Too far away", [...one.far.map((witness) => this.witness(witness)), ...one.provided.map(provided)]],
      ["Found near enough", one.present.map((witness) => this.witness(witness))],
    ];
    return make(
      "article",
      {},
      make(
        "p",
        { class: "which" },
        make("span", { class: `badge ${one.severity}` }, one.prohibited ? `${one.severity}: not allowed` : one.severity),
        ` ${named(one.policy)}`,
      ),
      make("p", {}, one.message),
      ...lists.filter(([, items]) => items.length).map(([title, items]) => titled(title, make("ul", {}, ...items))),
      one.helps.length ? titled("What helps", make("p", {}, one.helps.join(" Or: "))) : null,
      one.why ? titled("Why", make("p", {}, one.why)) : null,
      one.sources.length ? titled("Who says so", make("ul", {}, ...one.sources.map(source))) : null,
    );
  }

  unopposed(claim) {
    const items = claim.present.map((witness) => this.witness(witness));
    return make(
      "article",
      {},
      make("p", {}, "The policies that were chosen find nothing wanting here."),
      items.length ? titled("Found near enough", make("ul", {}, ...items)) : null,
    );
  }

  /** A caveat, what it says, and how far away it stands. */
  witness(one) {
    const words = Math.abs(one.words);
    const far = words ? `, ${counted(words, "word")} ${one.words > 0 ? "after" : "before"} the claim` : "";
    return make(
      "li",
      {},
      `${one.says}: `,
      this.button(`“${one.text}”`, () => this.handlers.shown(one.place), "link"),
      make("span", { class: "quiet" }, ` ${place(one)}, ${one.near}${far}`),
    );
  }

  suggestions(claim, pause) {
    const box = make("div", { class: "suggestions" });
    clearTimeout(this.timer);
    if (!this.editable || !claim.severity) return box;
    box.append(make("p", { class: "quiet" }, "Looking for wording that clears it …"));
    this.timer = setTimeout(async () => {
      const found = await this.handlers.suggested(`${claim.places[0][0]}`);
      const items = found.map((one, index) => this.suggestion(one, `suggestion-${index}`));
      box.replaceChildren(...(items.length ? [titled("What you can write", make("ul", { class: "boxes" }, ...items))] : []));
    }, pause);
    return box;
  }

  suggestion(one, id) {
    const use = this.button("Use it", () => this.handlers.used(one));
    use.setAttribute("aria-describedby", id);
    const whose = one.policy ? make("span", { class: "quiet" }, ` An example of the policy ${named(one.policy)}: fit it to your copy.`) : null;
    return make("li", {}, make("p", { id }, one.title, whose), make("p", { class: "foot" }, use));
  }

  button(title, act, look = "") {
    return make("button", { type: "button", class: look || null, onclick: act }, title);
  }
}

function titled(title, content) {
  return make("div", { class: "part" }, make("h4", {}, title), content);
}

function provided(one) {
  return make("li", {}, `${one.says}: what the site adds to the page (${one.where})`);
}

function source(one) {
  const elsewhere = { href: one.url, target: "_blank", rel: "noopener noreferrer" };
  return make("li", {}, /^https?:\/\//.test(one.url) ? make("a", elsewhere, one.title) : one.title);
}

function places(claim) {
  const more = claim.places.length - 1;
  return more ? `${place(claim)} and ${counted(more, "more place")}` : place(claim);
}

function place(one) {
  return one.page ? `page ${one.page}` : `line ${one.line}`;
}
