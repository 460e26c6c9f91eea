// The page: asks the server about the draft while it is written, and shows the newest answer.

import { byId, make, named, tell } from "./dom.js";
import { Editor } from "./editor.js";
import { moved, sendable, toUnits } from "./offsets.js";
import { Results } from "./results.js";
import { ask, Problem, settings } from "./talk.js";

const PATIENCE = 800; // ms, after which an answer about an older draft is waited for no more
const MOST_NAME = 60;
const SHOWN = 6000; // ms that a message stays
const OFFERED = 30_000; // ms that one with a button stays
const FORMATS = { txt: "plain text", md: "Markdown", html: "HTML" };
const EXAMPLE = `# Our glycolic peel

A peel in our clinic smooths fine lines and fades dark spots. It is clinically proven to boost collagen.

Results vary from person to person.

# Who performs it

Every peel is performed by a licensed nurse. Our after-care serum reduces redness in 2 weeks and heals acne.
`;

const editor = new Editor(byId("text"), byId("marks"));
const narrow = window.matchMedia("(max-width: 60rem)");
let known = null;
let file = null; // the file that was opened: {name, blob, editable}
let chosen = false; // whether somebody has said what the draft is to be read as
let kept = null; // the draft that the file took the place of, as `current` gives it
let answer = null;
let asking = null; // the request whose answer is wanted: {stop, since, text}
let typed = false; // whether the draft was changed since it was sent
let peeked = null; // the claim that the bar at the bottom of a narrow window speaks of
let opening = null; // stops the file that is being opened

const results = new Results({ opened: unfolded, shown: show, suggested: suggest, used: use, copied: copy });

// ----------------------------------------------------------------------------- checking

/** Whether the draft is the words of a file that cannot be edited here. */
function isFixed() {
  return file !== null && !file.editable;
}

function copyToCheck() {
  if (isFixed()) return { name: file.name, data: file.blob };
  const ending = byId("format").value;
  return { name: ending === "file" ? file.name : `draft.${ending}`, data: sendable(editor.text) };
}

/** What to judge by; throws a `Problem` if that is nothing. */
function asked() {
  const query = new URLSearchParams({ subject: byId("subject").value });
  for (const box of byId("policies").querySelectorAll("input:checked")) query.append("policy", box.value);
  if (!query.has("policy")) throw new Problem("Choose a policy to judge by.");
  if (isFixed()) query.set("opened", "1");
  return query;
}

/** Checks the draft at once, or when the answer about an older one has come. */
function changed() {
  results.refused = "";
  // One paste can tell of itself several times.
  if (asking?.text === editor.text) return;
  if (asking && performance.now() - asking.since < PATIENCE) typed = true;
  else check();
}

async function check() {
  forget();
  const text = editor.text;
  if (!text.trim() && !isFixed()) {
    clear();
    return;
  }
  let query;
  try {
    query = asked();
  } catch (error) {
    // What is on the screen was judged by other policies.
    clear();
    results.complain([error.message]);
    return;
  }
  const mine = { stop: new AbortController(), since: performance.now(), text };
  asking = mine;
  document.body.classList.add("busy");
  try {
    const told = await (await ask("check", copyToCheck(), query, mine.stop.signal)).json();
    if (asking === mine) tellAll(told, text);
  } catch (error) {
    if (asking === mine) results.complain([error.message]);
  }
  if (asking !== mine) return;
  const again = typed;
  forget();
  if (again) check();
}

/** Waits for no answer any more. */
function forget() {
  asking?.stop.abort();
  asking = null;
  typed = false;
  document.body.classList.remove("busy");
}

function clear() {
  answer = null;
  peek(null);
  editor.show([]);
  results.show(null, null);
}

/**
 * Shows an answer.
 *
 * @param {object} told by the server
 * @param {string} text that it is about; what was typed since has moved its words
 */
function tellAll(told, text) {
  const open = results.open === null ? null : answer?.claims[results.open];
  const place = moved(text, editor.text);
  answer = told;
  const units = toUnits(text);
  const spread = ([start, end]) => ({ start: units(start), end: units(end), from: start });
  const marks = told.claims.flatMap((claim, number) =>
    claim.places.map((at) => ({ ...spread(at), look: claim.severity || "fine", claim: number })),
  );
  for (const { place: at } of told.qualifiers) marks.push({ ...spread(at), look: "caveat", claim: -1 });
  editor.show(marks.flatMap((mark) => {
    const at = place(mark.start, mark.end);
    return at ? [{ ...mark, start: at[0], end: at[1] }] : [];
  }));
  results.editable = !isFixed();
  results.show(told, same(open, told.claims));
  peek(same(peeked, told.claims));
  emphasise(results.open);
}

/** Number of the claim that was open before: the nearest of the same words; `null` if it is gone. */
function same(open, claims) {
  if (!open) return null;
  const at = open.places[0][0];
  const found = claims
    .map((claim, number) => ({ number, words: claim.text, far: Math.abs(claim.places[0][0] - at) }))
    .filter(({ words }) => words === open.text)
    .sort((one, other) => one.far - other.far)[0];
  return found ? found.number : null;
}

// ----------------------------------------------------------------------------- what is found, and what to do about it

/** Makes a claim stand out in the text, with the caveats that are spoken of. */
function emphasise(number) {
  const claim = number === null || !answer ? null : answer.claims[number];
  const caveats = new Map();
  for (const one of claim?.findings.flatMap((finding) => finding.far) ?? []) caveats.set(one.place[0], "far");
  for (const one of [...(claim?.present ?? []), ...(claim?.findings.flatMap((finding) => finding.present) ?? [])]) {
    if (!caveats.has(one.place[0])) caveats.set(one.place[0], "near");
  }
  editor.stress((mark) => (mark.claim < 0 ? (caveats.get(mark.from) ?? "") : mark.claim === number ? "open" : ""));
}

function unfolded(number) {
  peek(null);
  emphasise(number);
}

/** Speaks of a claim at the bottom of a narrow window, or of none. */
function peek(number) {
  peeked = number === null ? null : answer.claims[number];
  byId("peek").hidden = !peeked;
  if (!peeked) return;
  tell(byId("peek-text"), `${peeked.severity || "nothing found"}: “${peeked.text}”`);
  byId("peek-why").onclick = () => results.select(number, { focus: true });
}

function show(place) {
  const mark = editor.markFrom(place[0]);
  if (mark) editor.go(mark.start, mark.end);
  else say("Those words have changed.");
}

async function suggest(about) {
  const text = editor.text;
  try {
    const query = asked();
    query.set("about", about);
    const { suggestions } = await (await ask("suggest", copyToCheck(), query)).json();
    return suggestions.map((one) => ({ ...one, text }));
  } catch (error) {
    say(error.message);
    return [];
  }
}

function use({ edit: [start, end, words], text }) {
  if (editor.text !== text) {
    say("The draft has changed since. Try again.");
    return;
  }
  const units = toUnits(text);
  editor.replace(units(start), units(end), words);
  say("Written into the draft.");
  check();
}

/** Tells of the claim at the cursor. */
function pointed({ focus }) {
  const { selectionStart, selectionEnd } = editor.area;
  const claim = selectionStart === selectionEnd || focus ? editor.claimAt(selectionStart) : -1;
  peek(null);
  if (claim < 0) {
    if (focus) say("There is no marked claim at the cursor.");
    return;
  }
  if (narrow.matches && !focus) peek(claim);
  else results.select(claim, { focus });
}

// ----------------------------------------------------------------------------- files and downloads

async function open(blob) {
  if (blob.size > known.most_bytes) {
    say(`“${blob.name}” is larger than ${Math.round(known.most_bytes / 1e6)} MB.`);
    return;
  }
  opening?.abort();
  const mine = new AbortController();
  opening = mine;
  const { text } = editor;
  try {
    const query = asked();
    query.set("opened", "1");
    const told = await (await ask("check", { name: blob.name, data: blob }, query, mine.signal)).json();
    if (opening !== mine) return;
    if (editor.text !== text) {
      say("The draft has changed since. Try again.");
    } else if (told.text === undefined) {
      results.refuse(`${blob.name}: ${told.problem}`);
    } else {
      const opened = { name: blob.name, blob, editable: told.editable };
      const before = text.trim() ? current() : kept;
      exchange({ text: told.text, file: opened, format: "file", chosen: true, kept: before });
      if (told.editable) {
        check();
      } else {
        // An answer that is still on its way is about another text.
        forget();
        tellAll(told, editor.text);
      }
      say(`Opened ${blob.name}.`);
    }
  } catch (error) {
    if (opening === mine) say(error.message);
  }
}

/** The draft, with what it is read as and the one that it took the place of. */
function current() {
  return { text: editor.text, file, format: byId("format").value, chosen, kept };
}

/** Puts a draft in the place of the one that is there. */
function exchange(draft) {
  results.refused = "";
  ({ file, chosen, kept } = draft);
  read(draft.format);
  editor.text = draft.text;
  editor.area.readOnly = isFixed();
  results.open = null;
}

function putBack(draft) {
  const before = current();
  exchange(draft);
  editor.area.focus();
  check();
  say("Your draft is back.", ["Undo", () => putBack(before)]);
}

/** Lets the words of a file that cannot be edited be edited as plain text. */
function detach() {
  file = null;
  editor.area.readOnly = false;
  read("txt");
  editor.area.focus();
  check();
}

/** Says what the draft is read as. */
function read(ending) {
  const select = byId("format");
  const choices = Object.entries(FORMATS).map(([value, title]) => make("option", { value }, title));
  if (file) choices.unshift(make("option", { value: "file" }, shortened(file.name)));
  select.replaceChildren(...choices);
  select.value = ending;
  const fixed = isFixed();
  select.disabled = fixed;
  const origin = [];
  if (fixed) {
    origin.push(
      `The words of ${shortened(file.name)}; the file itself stays as it is. `,
      make("button", { type: "button", onclick: detach }, "Edit them as plain text"),
    );
  }
  if (kept) {
    const before = kept;
    const title = before.file ? `Put ${shortened(before.file.name)} back` : "Put my draft back";
    origin.push(" ", make("button", { type: "button", onclick: () => putBack(before) }, title));
  }
  byId("origin").hidden = !origin.length;
  byId("origin").replaceChildren(...origin);
  offer();
}

function guess(text) {
  if (/^\s*<(!doctype|!--|[a-z][\w-]*[\s>])/i.test(text)) return "html";
  return /^#{1,6} \S|\]\([^)\s]+\)|\*\*\S/m.test(text) ? "md" : "txt";
}

function shortened(name) {
  return name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name;
}

function offer() {
  const titles = { csv: "CSV report", json: "JSON report", html: "HTML report", docx: "Word with comments" };
  const formats = known.reports.filter((name) => name !== "docx" || file?.name.toLowerCase().endsWith(".docx"));
  const buttons = formats.map((name) => [titles[name], () => report(name)]);
  if (!isFixed()) buttons.unshift(["Text", keepText]);
  byId("downloads").replaceChildren(
    ...buttons.map(([title, act]) => make("li", {}, make("button", { type: "button", onclick: () => download(act) }, title))),
  );
}

async function download(act) {
  byId("download").open = false;
  byId("download").querySelector("summary").focus();
  try {
    await act();
  } catch (error) {
    say(error.message);
  }
}

async function report(name) {
  const query = asked();
  query.set("about", name);
  const told = await ask("report", copyToCheck(), query);
  const stem = (file?.name ?? "draft").replace(/\.[^.]*$/, "");
  keep(await told.blob(), `${stem}-${name === "docx" ? "reviewed" : "claimcheck"}.${name}`);
}

function keepText() {
  keep(new Blob([editor.text], { type: "text/plain;charset=utf-8" }), copyToCheck().name);
}

function keep(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function copy(text = editor.text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Only what is served from this machine, or encrypted, may use the clipboard so.
    editor.area.focus();
    editor.area.select();
    document.execCommand("copy");
  }
  say("Copied.");
}

// ----------------------------------------------------------------------------- the page

let fading = 0;

/** Says something for a while, with the title of a button and what it does, if there is one. */
function say(text, offer = null) {
  clearTimeout(fading);
  const toast = byId("toast");
  tell(toast, text);
  if (offer) toast.append(" ", make("button", { type: "button", onclick: offer[1] }, offer[0]));
  fading = setTimeout(() => tell(toast, ""), offer ? OFFERED : SHOWN);
}

function listen() {
  const { area } = editor;
  area.addEventListener("input", () => {
    if (!chosen) byId("format").value = guess(editor.text);
    editor.follow();
    peek(null);
    changed();
  });
  area.addEventListener("click", () => pointed({ focus: false }));
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      pointed({ focus: true });
    }
  });
  byId("choices").addEventListener("submit", (event) => event.preventDefault());
  byId("choices").addEventListener("change", ({ target }) => {
    if (target.id === "format") chosen = true;
    check();
  });
  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", ({ target }) => {
    if (target.files.length) open(target.files[0]);
    // The same file can be opened again.
    target.value = "";
  });
  byId("copy").addEventListener("click", () => copy());
  byId("example").addEventListener("click", () => {
    editor.area.focus();
    editor.replace(0, editor.text.length, EXAMPLE);
    editor.area.setSelectionRange(0, 0);
    check();
  });
  byId("download").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    byId("download").open = false;
    byId("download").querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!byId("download").contains(event.target)) byId("download").open = false;
  });
  drop();
}

/** A file that is dropped anywhere on the page is opened. */
function drop() {
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (!hasFiles(event)) return;
    event.preventDefault();
    const dropped = [...event.dataTransfer.files];
    if (dropped.length === 1) open(dropped[0]);
    else say("Drop one file at a time.");
  });
}

function choose() {
  byId("policies").replaceChildren(
    ...known.policies.map(({ name, title, chosen: checked }) =>
      make("label", { title }, make("input", { type: "checkbox", value: name, checked }), make("span", {}, named(name))),
    ),
  );
  const subjects = known.subjects.map((value) => make("option", { value }, value === "auto" ? "whatever it says" : value));
  byId("subject").replaceChildren(...subjects);
  byId("subject").value = known.subject;
  read("txt");
  tell(byId("version"), `claimcheck ${known.version}.`);
}

async function start() {
  try {
    known = await settings();
  } catch (error) {
    results.complain([error.message]);
    return;
  }
  choose();
  listen();
  // Some browsers put back what was typed before the page was loaded anew.
  if (editor.text.trim()) {
    byId("format").value = guess(editor.text);
    check();
  }
  document.body.classList.add("ready");
}

start();
