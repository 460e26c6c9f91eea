
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const sheet = document.styleSheets[0];
  const form = document.getElementById("filters");
  const count = document.getElementById("shown");

  // ---- filters: what is left out is left out by one rule of the style sheet, however long the report is
  let rules = 0;
  const chosen = (name) => new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => Number(box.value)));
  const filter = () => {
    const kinds = chosen("kind"), severities = chosen("severity"), policies = chosen("policy"), more = chosen("more");
    const out = [];
    let shown = 0;
    data.facets.forEach(([triples, claims], number) => {
      const seen = triples.length
        ? triples.some(([k, s, p]) => kinds.has(k) && severities.has(s) && policies.has(p))
        : more.has(0);
      if (seen) shown += triples.length ? claims : 0; else out.push(`.x${number}`);
    });
    while (rules) { sheet.deleteRule(sheet.cssRules.length - 1); rules -= 1; }
    const add = (rule) => { sheet.insertRule(rule, sheet.cssRules.length); rules += 1; };
    if (out.length) {
      const left = `:is(${out.join(",")})`;
      add(`:is(.note,.remedies li,.helps li)${left} { display: none; }`);
      add(`.c${left} { background: none; text-decoration: none; }`);
      add(`.c${left}::before, .c${left}::after { content: none; }`);
    }
    if (!more.has(1)) {
      add(".said { display: none; }");
      add(".q { background: none; text-decoration: none; }");
      add(".q::after { content: none; }");
    }
    count.textContent = `${shown} of ${data.claims} claims with findings shown`;
  };
  if (form) {
    form.hidden = false;
    form.addEventListener("change", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    filter();
  }

  // ---- a long report: a leaf of it is filled in when it comes near the screen, or is asked for
  const leaves = [...document.getElementsByClassName("leaf")];
  if (leaves.length) {
    const fill = (leaf) => {
      const waiting = leaf.firstChild;
      if (waiting.nodeName === "NOSCRIPT") leaf.innerHTML = waiting.textContent;
    };
    const near = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); fill(entry.target); }
    }, { rootMargin: "100% 0%" });
    for (const leaf of leaves) near.observe(leaf);
    const reach = (name) => {
      if (!/^f\d+[cnqrs]\d+$/.test(name) || document.getElementById(name)) return;
      const file = document.getElementById(name.match(/^f\d+/)[0]);
      const leaf = [...file.getElementsByClassName("leaf")].find((one) => one.textContent.includes(` id="${name}"`));
      if (leaf) fill(leaf);
    };
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
      if (link) reach(link.hash.slice(1));
    });
    addEventListener("hashchange", () => reach(location.hash.slice(1)));
    addEventListener("beforeprint", () => leaves.forEach(fill));
    if (location.hash) {
      reach(location.hash.slice(1));
      document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
  }

  // ---- a claim lights up the qualifiers that speak of it, and a qualifier its claims
  let lit = [];
  let kept = null;
  const joined = (mark) => {
    const file = mark.closest(".file");
    const sets = data.files[Number(file.id.slice(1)) - 1];
    if (mark.dataset.j !== undefined) {
      const name = (number) => file.querySelectorAll(`[data-q="${number}"]`);
      const [near, far] = sets[Number(mark.dataset.j)];
      return [...near.map((one) => [name(one), "near"]), ...far.map((one) => [name(one), "far"])];
    }
    const number = Number(mark.dataset.q);
    return sets.flatMap(([near, far], set) => {
      const how = near.includes(number) ? "near" : far.includes(number) ? "far" : "";
      return how ? [[file.querySelectorAll(`[data-j="${set}"]`), how]] : [];
    });
  };
  const light = (mark) => {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
    if (!mark) return;
    lit.push([mark, "at"]);
    for (const [elements, name] of joined(mark)) for (const element of elements) lit.push([element, name]);
    for (const [element, name] of lit) element.classList.add(name);
  };
  const marked = (event) => event.target instanceof Element ? event.target.closest("[data-j], [data-q]") : null;
  document.addEventListener("mouseover", (event) => light(marked(event) || kept));
  document.addEventListener("focusin", (event) => light(marked(event) || kept));
  document.addEventListener("click", (event) => { kept = marked(event); light(kept); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { kept = null; light(null); } });
})();
