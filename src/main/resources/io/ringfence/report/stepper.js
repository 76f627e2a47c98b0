"use strict";
(function () {
  const steps = Array.from(document.querySelectorAll(".step"));
  const links = Array.from(document.querySelectorAll(".steps a"));
  const list = document.querySelector(".steps");
  const lanes = document.querySelector(".lanes");
  const status = document.getElementById("status");
  const changes = document.getElementById("changes");
  const filter = document.getElementById("filter");
  let current = 0;
  document.documentElement.classList.add("js");

  function fromHash() {
    const match = /^#step-(\d+)$/.exec(location.hash);
    return match ? Math.min(Number(match[1]), steps.length - 1) : null;
  }

  function show(index, remember) {
    if (steps.length === 0) { return; }
    steps[current].classList.remove("current");
    links[current].removeAttribute("aria-current");
    current = Math.max(0, Math.min(index, steps.length - 1));
    steps[current].classList.add("current");
    links[current].setAttribute("aria-current", "step");
    list.scrollTop = links[current].offsetTop - list.clientHeight / 2;
    mark(current);
    const shown = select(steps[current]);
    status.textContent = "step " + current + " of " + (steps.length - 1) + ": " + links[current].textContent.trim().replace(/^\d+ /, "") + shown;
    if (remember) { history.replaceState(null, "", "#step-" + current); }
    arrows(steps[current]);
  }

  /* Only the variables whose name has what was typed; says how many that are. Steps that are not in
     sight are left alone: there may be a thousand. */
  function select(step) {
    const text = filter.value.trim().toLowerCase();
    const variables = Array.from(step.querySelectorAll(":scope>ul.value>li"));
    variables.forEach((li) => {
      li.hidden = !li.querySelector(".label").textContent.toLowerCase().includes(text);
    });
    const left = variables.filter((li) => !li.hidden).length;
    return text === "" ? "" : ", " + left + " of " + variables.length + " variables";
  }

  /* The row of the step among the threads, with the thread that took it in sight. */
  function mark(index) {
    if (!lanes) { return; }
    lanes.querySelectorAll("tr[aria-current]").forEach((row) => row.removeAttribute("aria-current"));
    const row = lanes.querySelector("tr[data-step='" + index + "']");
    row.setAttribute("aria-current", "step");
    const box = lanes.getBoundingClientRect(), at = row.getBoundingClientRect();
    const top = box.top + lanes.querySelector("thead").offsetHeight, bottom = box.top + lanes.clientHeight;
    if (at.top < top || at.bottom > bottom) { lanes.scrollTop += at.top - (top + bottom) / 2; }
    const actor = row.querySelector(".actor");
    if (actor) {
      const cell = actor.getBoundingClientRect(), left = box.left + row.firstElementChild.offsetWidth;
      if (cell.left < left || cell.right > box.left + lanes.clientWidth) { lanes.scrollLeft += cell.left - left; }
    }
  }

  /* Arrows between objects: from the word that holds the pointer to the object. */
  function arrows(step) {
    const memory = step.querySelector(".memory");
    if (!memory) { return; }
    let svg = memory.querySelector("svg");
    if (svg) { svg.remove(); }
    svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("aria-hidden", "true");
    svg.innerHTML = '<defs><marker id="tip' + current + '" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" style="fill:var(--accent);stroke:none"/></marker></defs>';
    const base = memory.getBoundingClientRect();
    memory.querySelectorAll("[data-to]").forEach((word) => {
      const target = Array.from(memory.querySelectorAll("[data-name]")).find((o) => o.dataset.name === word.dataset.to);
      const own = word.closest("[data-name]");
      if (!target || target === own) { return; }
      const a = word.getBoundingClientRect(), b = target.getBoundingClientRect();
      const right = b.left + b.width / 2 >= a.left + a.width / 2;
      const x1 = (right ? a.right : a.left) - base.left, y1 = a.top + a.height / 2 - base.top;
      const same = Math.abs(b.left - own.getBoundingClientRect().left) < 5;
      const x2 = (same ? b.right : right ? b.left : b.right) - base.left, y2 = b.top + 11 - base.top;
      const bend = same ? 26 : Math.max(24, Math.abs(x2 - x1) / 2);
      const c1 = same ? x1 + bend + 40 : x1 + (right ? bend : -bend), c2 = same ? x2 + bend : x2 - (right ? bend : -bend);
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", "M" + x1 + " " + y1 + " C" + c1 + " " + y1 + " " + c2 + " " + y2 + " " + x2 + " " + y2);
      path.setAttribute("marker-end", "url(#tip" + current + ")");
      svg.appendChild(path);
    });
    memory.appendChild(svg);
  }

  const moves = { first: () => 0, previous: () => current - 1, next: () => current + 1, last: () => steps.length - 1 };
  document.querySelectorAll("[data-move]").forEach((button) =>
    button.addEventListener("click", () => show(moves[button.dataset.move](), true)));
  document.addEventListener("keydown", (event) => {
    if (event.target === filter && event.key === "Escape") { filter.value = ""; show(current, false); filter.blur(); }
    if (event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const inLanes = lanes && lanes.contains(event.target);
    const key = Object.assign({ j: "next", k: "previous", Home: "first", End: "last" },
      inLanes ? { ArrowDown: "next", ArrowUp: "previous" } : { ArrowRight: "next", ArrowLeft: "previous" })[event.key];
    if (event.key === "/") { event.preventDefault(); filter.focus(); }
    if (key) { event.preventDefault(); show(moves[key](), true); }
  });
  /* At once, where the browser would tell of another address only after it drew the page. */
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    show(links.indexOf(link), true);
  });
  if (lanes) {
    lanes.addEventListener("click", (event) => {
      const row = event.target.closest("tr[data-step]");
      if (!row || event.ctrlKey || event.metaKey || !getSelection().isCollapsed) { return; }
      event.preventDefault();
      show(Number(row.dataset.step), true);
    });
  }
  changes.addEventListener("click", () => {
    changes.setAttribute("aria-pressed", String(document.body.classList.toggle("only-changes")));
  });
  filter.addEventListener("input", () => show(current, false));
  document.addEventListener("mouseover", (event) => {
    const word = event.target.closest("[data-to]");
    document.querySelectorAll(".object.hot").forEach((o) => o.classList.remove("hot"));
    if (word) {
      word.closest(".memory").querySelectorAll("[data-name]").forEach((o) => {
        if (o.dataset.name === word.dataset.to) { o.classList.add("hot"); }
      });
    }
  });
  window.addEventListener("hashchange", () => { const at = fromHash(); if (at !== null) { show(at, false); } });
  /* A step that the address names begins below the buttons, which stay in sight and may need several lines. */
  function measure() {
    document.documentElement.style.setProperty("--controls", document.querySelector(".controls").offsetHeight + "px");
  }
  window.addEventListener("resize", () => { measure(); arrows(steps[current]); });
  measure();
  const wanted = fromHash();
  show(wanted === null ? steps.length - 1 : wanted, false);
})();
