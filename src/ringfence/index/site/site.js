// Searches and sorts the whole list of plugins. Without this script the page is a plain list, by name.
"use strict";
(() => {
  const table = document.getElementById("plugins");
  if (!table) return;
  const form = document.querySelector("form.search"), shown = document.getElementById("shown");
  const body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
  const plain = Array.from(body.rows), pages = document.querySelector("nav.pages");
  const LIMIT = 200;
  const KINDS = {reviewed: "fine", "not reviewed": "medium", yanked: "high", quarantined: "critical"};
  let all = null, publishers = {}, sorted = 0, falling = false;

  const load = async () => {
    if (all) return;
    const answer = await fetch("search.json");
    if (!answer.ok) throw new Error(answer.statusText);
    const found = await answer.json();
    publishers = found.publishers;
    all = found.plugins.map((row) => ({row, words: row.slice(0, 5).join(" ").toLowerCase()}));
  };

  const link = (to, said) => {
    const made = document.createElement("a");
    made.href = to; made.textContent = said;
    return made;
  };
  const cell = (kind, content) => {
    const made = document.createElement(kind);
    if (kind === "th") made.scope = "row";
    made.append(content);
    return made;
  };
  const line = ({row: [name, summary, publisher, stable, candidate, published, standing]}) => {
    const made = document.createElement("tr"), when = document.createElement("time");
    const badge = document.createElement("span");
    badge.className = "badge " + (KINDS[standing] || "soft"); badge.textContent = standing;
    when.dateTime = published; when.textContent = published.slice(0, 10);
    made.append(cell("th", link("plugins/" + name + ".html", name)), cell("td", summary),
      cell("td", publishers[publisher] ? link(publishers[publisher], publisher) : publisher),
      cell("td", stable), cell("td", candidate), cell("td", when), cell("td", badge));
    return made;
  };

  const draw = async () => {
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const standing = form.elements.standing.value;
    const asked = words.length || standing || sorted || falling;
    if (pages) pages.hidden = Boolean(asked);
    if (!asked) { body.replaceChildren(...plain); shown.textContent = shown.dataset.plain; return; }
    try { await load(); } catch {
      shown.textContent = "The list for the search could not be loaded.";
      return;
    }
    const fit = all.filter(({row, words: has}) => (!standing || row[6] === standing) && words.every((word) => has.includes(word)));
    const way = falling ? -1 : 1;
    fit.sort((one, other) => {
      const a = one.row[sorted], b = other.row[sorted];
      return a === b ? (one.row[0] < other.row[0] ? -1 : 1) : way * (a < b ? -1 : 1);
    });
    body.replaceChildren(...fit.slice(0, LIMIT).map(line));
    shown.textContent = fit.length > LIMIT ? `the first ${LIMIT} of ${fit.length} that fit` : `${fit.length} of ${all.length} fit`;
  };

  heads.forEach((head, number) => {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      falling = sorted === number ? !falling : number === 5;
      sorted = number;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      draw();
    });
  });
  let later = 0;
  form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(draw, 80); });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); form.elements.text.focus(); }
  });
  form.hidden = false;
})();
