// Hides what the filters of a page do not ask for. Without this script the page is the whole list, and no filters.
"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const shown = document.getElementById("shown");
  const items = Array.from(document.querySelectorAll("[data-item]"), (element) => ({
    element, group: element.closest("[data-group]"), words: null,
    has: (name, value) => (element.dataset[name] || "").split(" ").includes(value),
  }));
  const groups = Array.from(document.querySelectorAll("[data-group]"));
  const search = form.querySelector("input[type=search]");

  // A control of the form narrows by its name: data-severity, data-control, data-file … of every item.
  const asked = () => {
    const boxes = new Map(), picked = [], wanted = [];
    for (const field of form.elements) {
      if (field.type === "checkbox" && field.dataset.only !== undefined) {
        if (field.checked) wanted.push([field.name, field.value]);
      } else if (field.type === "checkbox") {
        if (!boxes.has(field.name)) boxes.set(field.name, []);
        if (field.checked) boxes.get(field.name).push(field.value);
      } else if (field.localName === "select" && field.value) {
        picked.push([field.name, field.value]);
      }
    }
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return {boxes: Array.from(boxes), exact: picked.concat(wanted), words};
  };

  const fits = (item, ask) => {
    if (!ask.boxes.every(([name, values]) => values.some((value) => item.has(name, value)))) return false;
    if (!ask.exact.every(([name, value]) => item.has(name, value))) return false;
    if (!ask.words.length) return true;
    if (item.words === null) {
      const heading = item.group ? item.group.dataset.group + " " : "";
      item.words = (heading + item.element.textContent).toLowerCase();
    }
    return ask.words.every((word) => item.words.includes(word));
  };

  const show = () => {
    const ask = asked(), alive = new Set();
    let count = 0;
    for (const item of items) {
      const fit = fits(item, ask);
      if (item.element.hidden === fit) item.element.hidden = !fit;
      if (fit) { count += 1; alive.add(item.group); }
    }
    for (const group of groups) group.hidden = !alive.has(group);
    shown.textContent = count === items.length ? `all ${count} shown` : `${count} of ${items.length} shown`;
  };

  let later = 0;
  form.addEventListener("input", () => { clearTimeout(later); later = setTimeout(show, items.length > 500 ? 150 : 0); });
  form.addEventListener("reset", () => setTimeout(show, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); search.focus(); }
  });
  // Where a link leads to something that is hidden, everything is shown again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) { form.reset(); setTimeout(() => target.scrollIntoView(), 10); }
  });
  form.hidden = false;
  show();
})();
