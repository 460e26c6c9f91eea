
"use strict";
(() => {
  // Paper has nothing to click.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const one of unfolded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of unfolded) one.open = false; });

  const form = document.getElementById("filters");
  if (!form) return;
  const rows = [...document.querySelectorAll("tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = () => {
    const words = form.elements.words.value.toLowerCase().trim();
    const chosen = [...form.querySelectorAll("select")].filter((list) => list.value);
    let shown = 0;
    rows.forEach((row, number) => {
      const seen = texts[number].includes(words)
        && chosen.every((list) => row.cells[Number(list.name)].textContent.split(", ").includes(list.value));
      row.hidden = !seen;
      if (seen) shown += 1;
    });
    document.getElementById("shown").textContent = `${shown} of ${rows.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
})();
