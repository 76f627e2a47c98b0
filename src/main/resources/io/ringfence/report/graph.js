"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const graph = data.graph, count = graph.states.length;
  const canvas = document.getElementById("canvas"), frame = canvas.parentElement, pen = canvas.getContext("2d");
  const tip = document.getElementById("tip"), status = document.getElementById("status"), details = document.getElementById("details");
  const FONT = '12px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace';
  const RADIUS = 5, LEAST_ROW = 26, MOST_ROW = 64, LEAST_COLUMN = 56, MOST_COLUMN = 600, INLINE = 48;
  const initial = new Set(graph.initial), outside = new Set(graph.outside);

  /* Lines: all edges from one state to one other. A state's parent is where the first edge to it begins. */
  const lines = [], out = [], into = [], parents = new Int32Array(count).fill(-1);
  for (let i = 0; i < count; i++) { out.push([]); into.push([]); }
  graph.edges.forEach((steps, from) => {
    const known = new Map();
    for (let i = 0; i < steps.length; i += 2) {
      const to = steps[i + 1];
      if (!known.has(to)) {
        const line = { from: from, to: to, actions: [] };
        known.set(to, line);
        lines.push(line);
        out[from].push(line);
        into[to].push(line);
        if (parents[to] < 0 && !initial.has(to)) { parents[to] = from; }
      }
      known.get(to).actions.push(graph.actions[steps[i]]);
    }
  });
  const lineOf = (from, to) => out[from].find((line) => line.to === to);

  /* Ways of counterexamples: the states, and the lines between them. */
  const sections = Array.from(document.querySelectorAll("section.way"));
  const ways = sections.map((section) => {
    const buttons = Array.from(section.querySelectorAll("[data-state]"));
    const states = buttons.map((button) => Number(button.dataset.state));
    return { section: section, buttons: buttons, states: states,
      lines: states.slice(1).map((to, i) => lineOf(states[i], to)).filter(Boolean) };
  });
  const wayStates = new Set(), ends = new Set();
  ways.forEach((way) => {
    way.states.forEach((state) => wayStates.add(state));
    if (way.states.length) { ends.add(way.states[way.states.length - 1]); }
  });

  /* Values of all variables in a state: what the first way to it changed, over what was before. */
  const vectors = new Map();
  function vector(state) {
    const chain = [];
    let at = state;
    while (at >= 0 && !vectors.has(at)) { chain.push(at); at = parents[at]; }
    let values = at >= 0 ? vectors.get(at) : [];
    while (chain.length) {
      const next = chain.pop(), changes = graph.states[next];
      values = values.slice();
      for (let i = 0; i < changes.length; i += 2) { values[changes[i]] = changes[i + 1]; }
      vectors.set(next, values);
    }
    return values;
  }

  const shape = (value) => graph.shapes[graph.values[value][0]];
  const parts = (value) => graph.values[value].slice(1);
  const written = new Map();
  function text(value) {
    if (!written.has(value)) {
      const of = shape(value), inside = parts(value);
      written.set(value,
        of.kind === "TEXT" ? graph.texts[inside[0]]
          : of.kind === "SET" ? "{" + inside.map(text).join(", ") + "}"
          : of.kind === "SEQUENCE" ? "<<" + inside.map(text).join(", ") + ">>"
          : of.kind === "RECORD" ? "[" + inside.map((part, i) => of.keys[i] + " |-> " + text(part)).join(", ") + "]"
          : "(" + inside.map((part, i) => of.keys[i] + " :> " + text(part)).join(" @@ ") + ")");
    }
    return written.get(value);
  }

  function element(name, kind, content) {
    const made = document.createElement(name);
    if (kind) { made.className = kind; }
    if (content !== undefined) { made.textContent = content; }
    return made;
  }

  /* Named parts of a value, or null. */
  function entries(value) {
    const of = shape(value);
    if (of.kind === "TEXT" || of.kind === "SET") { return null; }
    const inside = parts(value);
    return new Map(inside.map((part, i) => [of.kind === "SEQUENCE" ? String(i + 1) : of.keys[i], part]));
  }

  /* A value as a tree, as on the pages of counterexamples. */
  function tree(label, value, before) {
    const changed = before !== undefined && before !== value;
    const item = element("li", changed ? "changed" : "same");
    if (label) { item.append(element("span", "label", label), " "); }
    const named = entries(value);
    if (named && !(text(value).length <= INLINE && !changed)) {
      const old = changed || before !== undefined ? entries(before) : null, list = element("ul", "value");
      named.forEach((part, key) => list.append(tree(key, part, old ? old.get(key) : undefined)));
      item.append(list);
    } else if (changed && shape(value).kind === "SET" && shape(before).kind === "SET") {
      const list = element("ul", "value"), now = parts(value), old = parts(before);
      now.forEach((part) => list.append(old.includes(part) ? leaf(part) : leaf(part, "not there")));
      old.filter((part) => !now.includes(part)).forEach((part) => list.append(leaf(null, text(part))));
      item.append(list);
    } else {
      item.append(element("span", "leaf", text(value)));
      if (changed) { item.append(" ", element("span", "was", text(before))); }
    }
    return item;
  }

  function leaf(value, was) {
    const item = element("li", was === undefined ? "same" : "changed");
    item.append(element("span", "leaf", value === null ? "gone" : text(value)));
    if (was !== undefined) { item.append(" ", element("span", "was", was)); }
    return item;
  }

  /* Places in the picture, with columns and rows as far apart as makes it about as wide as its frame. */
  const depth = Math.max(1, Math.max(...data.layers)), breadth = Math.max(1, Math.max(...data.places));
  const shapeOfFrame = frame.clientWidth / Math.max(1, frame.clientHeight);
  const column = Math.min(MOST_COLUMN, Math.max(LEAST_COLUMN, (breadth + 1) * LEAST_ROW * shapeOfFrame / depth));
  const row = Math.min(MOST_ROW, Math.max(LEAST_ROW, depth * column / shapeOfFrame / (breadth + 1)));
  const xs = data.layers.map((layer) => layer * column), ys = data.places.map((place) => place * row);

  /* A line's curve: forward from right to left, back in a bow, to itself in a loop. */
  lines.forEach((line) => {
    const x1 = xs[line.from], y1 = ys[line.from], x2 = xs[line.to], y2 = ys[line.to];
    const bow = LEAST_ROW * (0.7 + Math.min(4, Math.abs(x1 - x2) / column * 0.5));
    if (line.from === line.to) {
      line.curve = [x1 - 3, y1 - 4, x1 - 14, y1 - 22, x1 + 14, y1 - 22, x1 + 3, y1 - 4];
    } else if (x2 > x1) {
      line.curve = [x1, y1, x1 + column * 0.45, y1, x2 - column * 0.45, y2, x2, y2];
    } else if (x1 === x2) {
      const aside = Math.min(column * 0.45, Math.abs(y1 - y2) * 0.5);
      line.curve = [x1, y1, x1 + aside, y1, x2 + aside, y2, x2, y2];
    } else {
      line.curve = [x1, y1, x1 + (x2 - x1) * 0.3, y1 + bow, x2 - (x2 - x1) * 0.3, y2 + bow, x2, y2];
    }
    const c = line.curve;
    line.box = [Math.min(c[0], c[2], c[4], c[6]), Math.min(c[1], c[3], c[5], c[7]),
      Math.max(c[0], c[2], c[4], c[6]), Math.max(c[1], c[3], c[5], c[7])];
  });
  const forward = lines.filter((line) => xs[line.to] > xs[line.from]);
  const sideways = lines.filter((line) => xs[line.to] <= xs[line.from]);
  function along(c, t) {
    const u = 1 - t, a = u * u * u, b = 3 * u * u * t, d = 3 * u * t * t, e = t * t * t;
    return [a * c[0] + b * c[2] + d * c[4] + e * c[6], a * c[1] + b * c[3] + d * c[5] + e * c[7]];
  }

  const view = { scale: 1, x: 0, y: 0, width: 1, height: 1, ratio: 1 };
  let least = 0.01, selected = -1, cameFrom = -1, hovered = null, way = 0, step = -1, moved = false;
  let colors = {}, waiting = false;

  function readColors() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["ink", "soft", "paper", "accent", "bad"]) { colors[name] = style.getPropertyValue("--" + name).trim(); }
  }

  function resize() {
    const middle = [(view.width / 2 - view.x) / view.scale, (view.height / 2 - view.y) / view.scale];
    view.ratio = window.devicePixelRatio || 1;
    view.width = Math.max(1, canvas.clientWidth);
    view.height = Math.max(1, canvas.clientHeight);
    canvas.width = Math.round(view.width * view.ratio);
    canvas.height = Math.round(view.height * view.ratio);
    least = Math.min(0.5, fit().scale * 0.6);
    if (moved) {
      view.x = view.width / 2 - middle[0] * view.scale;
      view.y = view.height / 2 - middle[1] * view.scale;
      draw();
    } else { showAll(); }
  }

  function fit() {
    const margin = 26, wide = Math.max(1, depth * column), high = Math.max(1, breadth * row);
    const scale = Math.min(2.5, (view.width - 2 * margin) / wide, (view.height - 2 * margin) / high);
    return { scale: Math.max(0.005, scale), wide: wide, high: high };
  }

  function showAll() {
    const all = fit();
    view.scale = all.scale;
    view.x = (view.width - all.wide * all.scale) / 2;
    view.y = (view.height - all.high * all.scale) / 2;
    moved = false;
    draw();
  }

  function zoom(by, x, y) {
    const scale = Math.min(6, Math.max(least, view.scale * by));
    view.x = x - (x - view.x) * scale / view.scale;
    view.y = y - (y - view.y) * scale / view.scale;
    view.scale = scale;
    moved = true;
  }

  function pan(x, y) {
    view.x += x;
    view.y += y;
    moved = true;
  }

  function center(state) {
    view.scale = Math.max(view.scale, Math.min(0.8, 300 / column));
    view.x = view.width / 2 - xs[state] * view.scale;
    view.y = view.height / 2 - ys[state] * view.scale;
    moved = true;
  }

  /* Drawing. */
  function soon() {
    if (!waiting) { waiting = true; requestAnimationFrame(draw); }
  }

  function visible(box) {
    return box[2] * view.scale + view.x >= 0 && box[0] * view.scale + view.x <= view.width
      && box[3] * view.scale + view.y >= 0 && box[1] * view.scale + view.y <= view.height;
  }

  function stroke(some, color, width, alpha) {
    pen.beginPath();
    some.forEach((line) => {
      if (visible(line.box)) {
        const c = line.curve;
        pen.moveTo(c[0], c[1]);
        pen.bezierCurveTo(c[2], c[3], c[4], c[5], c[6], c[7]);
      }
    });
    pen.strokeStyle = color;
    pen.lineWidth = width / view.scale;
    pen.globalAlpha = alpha;
    pen.stroke();
    pen.globalAlpha = 1;
  }

  function heads(some, color, size) {
    pen.beginPath();
    some.forEach((line) => {
      if (!visible(line.box)) { return; }
      const back = RADIUS + 1, end = line.curve.slice(6), near = along(line.curve, 0.93);
      const length = Math.hypot(end[0] - near[0], end[1] - near[1]) || 1;
      const dx = (end[0] - near[0]) / length, dy = (end[1] - near[1]) / length, s = size / Math.max(view.scale, 0.5);
      const x = end[0] - dx * back, y = end[1] - dy * back;
      pen.moveTo(x, y);
      pen.lineTo(x - dx * s - dy * s * 0.45, y - dy * s + dx * s * 0.45);
      pen.lineTo(x - dx * s + dy * s * 0.45, y - dy * s - dx * s * 0.45);
      pen.closePath();
    });
    pen.fillStyle = color;
    pen.fill();
  }

  function dots(some, color, radius) {
    pen.beginPath();
    some.forEach((state) => { pen.moveTo(xs[state] + radius, ys[state]); pen.arc(xs[state], ys[state], radius, 0, 7); });
    pen.fillStyle = color;
    pen.fill();
  }

  function rings(some, color, radius, dash) {
    pen.beginPath();
    some.forEach((state) => { pen.moveTo(xs[state] + radius, ys[state]); pen.arc(xs[state], ys[state], radius, 0, 7); });
    pen.setLineDash(dash ? [2, 2] : []);
    pen.strokeStyle = color;
    pen.lineWidth = Math.max(1 / view.scale, 1);
    pen.stroke();
    pen.setLineDash([]);
  }

  function label(content, x, y, color, align) {
    pen.textAlign = align || "center";
    pen.lineWidth = 4;
    pen.strokeStyle = colors.paper;
    pen.strokeText(content, x, y);
    pen.fillStyle = color;
    pen.fillText(content, x, y);
  }

  function named(line) {
    const more = line.actions.length - 1;
    return line.actions[0] + (more ? " and " + more + " more" : "");
  }

  function draw() {
    waiting = false;
    const radius = Math.max(RADIUS, 1.6 / view.scale), wayRadius = Math.max(RADIUS, 2.6 / view.scale);
    pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    pen.fillStyle = colors.paper;
    pen.fillRect(0, 0, view.width, view.height);
    pen.setTransform(view.ratio * view.scale, 0, 0, view.ratio * view.scale, view.ratio * view.x, view.ratio * view.y);
    const clear = 0.15 + 0.5 * Math.min(1, 1200 / lines.length) * Math.min(1, view.scale + 0.3);
    stroke(sideways, colors.soft, 1, clear * 0.6);
    stroke(forward, colors.soft, 1, clear);
    if (view.scale > 0.7) { heads(lines, colors.soft, 6); }
    ways.forEach((one, i) => {
      stroke(one.lines, colors.bad, i === way ? 2.5 : 1.2, 1);
      heads(one.lines, colors.bad, i === way ? 9 : 6);
    });
    const near = selected < 0 ? [] : out[selected].concat(into[selected]);
    stroke(near, colors.accent, 1.8, 1);
    heads(near, colors.accent, 8);
    if (hovered && hovered.line) { stroke([hovered.line], colors.ink, 2, 1); heads([hovered.line], colors.ink, 8); }
    const shown = [];
    for (let i = 0; i < count; i++) {
      const x = xs[i] * view.scale + view.x, y = ys[i] * view.scale + view.y;
      if (x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20) { shown.push(i); }
    }
    const plain = shown.filter((state) => !wayStates.has(state) && !outside.has(state));
    const onWays = shown.filter((state) => wayStates.has(state));
    const unexplored = shown.filter((state) => outside.has(state) && !wayStates.has(state));
    dots(plain, colors.soft, radius);
    dots(unexplored, colors.paper, radius);
    rings(unexplored, colors.soft, radius, true);
    dots(onWays, colors.bad, wayRadius);
    onWays.filter((state) => ends.has(state)).forEach((state) => {
      const r = wayRadius * 1.5;
      pen.beginPath();
      pen.moveTo(xs[state] - r, ys[state]); pen.lineTo(xs[state], ys[state] - r); pen.lineTo(xs[state] + r, ys[state]); pen.lineTo(xs[state], ys[state] + r);
      pen.fill();
    });
    rings(shown.filter((state) => initial.has(state)), colors.ink, wayRadius * 1.6, false);
    if (selected >= 0) { dots([selected], colors.accent, wayRadius * 1.2); rings([selected], colors.ink, wayRadius * 1.9, false); }
    labels(shown, near);
    canvas.dataset.zoom = view.scale.toFixed(4);
    canvas.dataset.shown = String(shown.length);
  }

  /* Texts have the same size at each zoom, so they are put on the screen, not into the picture. */
  function labels(shown, near) {
    pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    if (row * view.scale > 13) {
      const beside = column * view.scale > 70;
      pen.font = FONT.replace("12px", "10px");
      shown.forEach((state) => {
        const x = xs[state] * view.scale + view.x, y = ys[state] * view.scale + view.y, r = RADIUS * view.scale;
        if (beside) { label(String(state), x + r + 4, y - 5, colors.soft, "left"); } else { label(String(state), x, y + r + 8, colors.soft); }
      });
    }
    pen.font = FONT;
    const taken = [];
    if (hovered && hovered.line) { lineLabel(hovered.line, colors.ink, taken); }
    if (near.length <= 12) { near.forEach((line) => lineLabel(line, colors.accent, taken)); }
    if (column * view.scale > 90 && ways[way]) {
      ways[way].lines.filter((line) => !near.includes(line)).forEach((line) => lineLabel(line, colors.bad, taken));
    }
  }

  /* A line's label stands at its middle, or at the first place near it that no other has taken. */
  function lineLabel(line, color, taken) {
    if (!visible(line.box)) { return; }
    const content = named(line), half = pen.measureText(content).width / 2 + 3;
    for (const aside of [-13, 24, -28, 39, -43]) {
      for (const t of [0.5, 0.35, 0.65, 0.2, 0.8]) {
        const [px, py] = along(line.curve, t), y = py * view.scale + view.y + aside;
        const x = Math.min(Math.max(px * view.scale + view.x, half), view.width - half);
        if (y > 8 && y < view.height - 8 && taken.every((box) => Math.abs(box[0] - x) > box[2] + half || Math.abs(box[1] - y) > 14)) {
          taken.push([x, y, half]);
          label(content, x, y, color);
          return;
        }
      }
    }
  }

  /* Selecting. */
  function select(state, from) {
    selected = state;
    cameFrom = from === undefined ? parents[state] : from;
    describe();
    draw();
    if (state >= 0) { history.replaceState(null, "", "#state-" + state); }
  }

  function stepTo(index, chosen) {
    const one = ways[chosen];
    if (!one || !one.states.length) { return; }
    way = chosen;
    step = Math.min(Math.max(index, 0), one.states.length - 1);
    mark();
    center(one.states[step]);
    select(one.states[step], step ? one.states[step - 1] : -1);
  }

  function mark() {
    ways.forEach((one, i) => {
      one.section.classList.toggle("current", i === way);
      one.buttons.forEach((button, k) => {
        if (i === way && k === step) {
          button.setAttribute("aria-current", "step");
          const list = one.section.parentElement, row = button.getBoundingClientRect(), box = list.getBoundingClientRect();
          if (row.top < box.top + 34 || row.bottom > box.bottom) { list.scrollTop += row.top - box.top - list.clientHeight / 2; }
        } else { button.removeAttribute("aria-current"); }
      });
    });
  }

  function jump(line, to) {
    const button = element("button", "", to === line.to ? line.actions.join(", ") + " → " + to : to + " → " + line.actions.join(", "));
    button.type = "button";
    button.addEventListener("click", () => { forgetStep(); center(to); select(to, to === line.to ? line.from : undefined); details.focus(); });
    const item = element("li");
    item.append(button);
    return item;
  }

  function forgetStep() {
    step = -1;
    mark();
  }

  function list(title, some, to) {
    const block = element("div"), items = element("ul", "steps-of");
    some.forEach((line) => items.append(jump(line, to(line))));
    block.append(element("h3", "", title + ": " + some.length), items);
    return block;
  }

  function describe() {
    details.replaceChildren();
    if (selected < 0) { status.textContent = "no state is selected"; return; }
    const now = vector(selected), old = cameFrom >= 0 ? vector(cameFrom) : null;
    const line = cameFrom >= 0 ? lineOf(cameFrom, selected) : null;
    const facts = ["state " + selected, "layer " + data.layers[selected]];
    if (initial.has(selected)) { facts.push("initial"); }
    if (outside.has(selected)) { facts.push("outside the bounds"); }
    if (step >= 0) { facts.push("step " + step + " of the counterexample"); }
    facts.push("states that follow: " + out[selected].length);
    status.textContent = facts.join(", ");
    const changed = element("ul", "value"), same = element("ul", "value");
    graph.variables.forEach((name, i) => {
      const before = old ? old[i] : undefined;
      (old && before === now[i] ? same : changed).append(tree(name, now[i], before));
    });
    const values = element("div"), rest = element("details"), whole = element("button", "", "whole values");
    whole.type = "button";
    whole.setAttribute("aria-pressed", "false");
    whole.addEventListener("click", () => whole.setAttribute("aria-pressed", String(!changed.classList.toggle("only-changes"))));
    values.append(element("h3", "", old ? "changed by " + (line ? line.actions.join(", ") : "the step") + " from state " + cameFrom : "variables"));
    values.append(changed.children.length ? changed : element("p", "", "nothing"));
    if (old && changed.children.length) { changed.classList.add("only-changes"); values.append(whole); }
    if (same.children.length) {
      rest.append(element("summary", "", "unchanged variables: " + same.children.length), same);
      values.append(rest);
    }
    const around = element("div");
    around.append(list("steps from here", out[selected], (one) => one.to), list("steps that lead here", into[selected], (one) => one.from));
    details.append(element("h2", "", "State " + selected), values, around);
  }
  details.tabIndex = -1;

  /* Finding what is under the pointer. */
  function nearest(x, y, reach) {
    const px = (x - view.x) / view.scale, py = (y - view.y) / view.scale;
    let best = null, least = reach / view.scale;
    for (let i = 0; i < count; i++) {
      const distance = Math.hypot(xs[i] - px, ys[i] - py);
      if (distance < least) { least = distance; best = { state: i }; }
    }
    if (best) { return best; }
    least = Math.min(reach, 6) / view.scale;
    lines.forEach((line) => {
      const b = line.box;
      if (px < b[0] - least || px > b[2] + least || py < b[1] - least || py > b[3] + least) { return; }
      for (let i = 1; i < 24; i++) {
        const [qx, qy] = along(line.curve, i / 24), [rx, ry] = along(line.curve, (i + 1) / 24);
        const length = (rx - qx) * (rx - qx) + (ry - qy) * (ry - qy) || 1;
        const t = Math.max(0, Math.min(1, ((px - qx) * (rx - qx) + (py - qy) * (ry - qy)) / length));
        const distance = Math.hypot(qx + t * (rx - qx) - px, qy + t * (ry - qy) - py);
        if (distance < least) { least = distance; best = { line: line }; }
      }
    });
    return best;
  }

  function hover(found, x, y) {
    const same = found === hovered || found && hovered && found.state === hovered.state && found.line === hovered.line;
    hovered = found;
    tip.hidden = !found;
    if (found) {
      tip.textContent = found.line
        ? found.line.from + " → " + found.line.to + "\n" + found.line.actions.slice(0, 12).join("\n") + (found.line.actions.length > 12 ? "\nand " + (found.line.actions.length - 12) + " more" : "")
        : "state " + found.state + (parents[found.state] >= 0 ? "\n" + named(lineOf(parents[found.state], found.state)) + " from " + parents[found.state] : "");
      tip.style.left = Math.max(0, Math.min(x + 14, view.width - tip.offsetWidth - 4)) + "px";
      tip.style.top = (y + 18 + tip.offsetHeight > view.height ? Math.max(0, y - tip.offsetHeight - 10) : y + 18) + "px";
    }
    if (!same) { soon(); }
  }

  const pointers = new Map();
  let pressed = null;
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
    pressed = pointers.size === 1 ? { at: place(event), moved: false } : null;
  });
  canvas.addEventListener("pointermove", (event) => {
    const [x, y] = place(event), before = pointers.get(event.pointerId);
    if (!before) { hover(nearest(x, y, 10), x, y); return; }
    if (pointers.size === 2) {
      const other = Array.from(pointers.entries()).find((entry) => entry[0] !== event.pointerId)[1];
      const was = Math.hypot(before[0] - other[0], before[1] - other[1]) || 1;
      zoom(Math.hypot(x - other[0], y - other[1]) / was, (x + other[0]) / 2, (y + other[1]) / 2);
      pan((x - before[0]) / 2, (y - before[1]) / 2);
    } else if (pressed && (pressed.moved || Math.hypot(x - pressed.at[0], y - pressed.at[1]) > 4)) {
      pressed.moved = true;
      pan(x - before[0], y - before[1]);
    } else { return; }
    pointers.set(event.pointerId, [x, y]);
    hover(null);
    soon();
  });
  canvas.addEventListener("pointerup", (event) => {
    const [x, y] = place(event);
    if (pressed && !pressed.moved) { choose(nearest(x, y, event.pointerType === "touch" ? 22 : 12)); }
    pointers.delete(event.pointerId);
    pressed = null;
  });
  canvas.addEventListener("pointercancel", (event) => { pointers.delete(event.pointerId); pressed = null; });
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== canvas) { return; }
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...place(event));
    soon();
  }, { passive: false });

  function choose(found) {
    forgetStep();
    if (!found) { clear(); } else if (found.line) { select(found.line.to, found.line.from); } else { select(found.state); }
  }

  function clear() {
    selected = -1;
    forgetStep();
    describe();
    draw();
    history.replaceState(null, "", location.pathname + location.search);
  }

  const far = () => Math.min(view.width, view.height) * 0.2;
  const middle = () => [view.width / 2, view.height / 2];
  const commands = {
    in: () => { zoom(1.3, ...middle()); draw(); },
    out: () => { zoom(1 / 1.3, ...middle()); draw(); },
    all: showAll,
    left: () => { pan(far(), 0); draw(); },
    right: () => { pan(-far(), 0); draw(); },
    up: () => { pan(0, far()); draw(); },
    down: () => { pan(0, -far()); draw(); },
    next: () => stepTo(step + 1, way),
    previous: () => stepTo(step < 0 ? 0 : step - 1, way),
    nearest: () => choose(nearest(...middle(), Infinity)),
    nothing: clear,
  };
  const keys = { "+": "in", "=": "in", "-": "out", "0": "all", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
    n: "next", p: "previous", Enter: "nearest", Escape: "nothing" };
  canvas.addEventListener("keydown", (event) => {
    const command = keys[event.key];
    if (!command || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    commands[command]();
  });
  document.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => commands[button.dataset.do]()));
  ways.forEach((one, i) => one.buttons.forEach((button, k) => button.addEventListener("click", () => stepTo(k, i))));
  document.getElementById("go").addEventListener("submit", (event) => {
    event.preventDefault();
    const state = Number(document.getElementById("number").value);
    if (Number.isInteger(state) && state >= 0 && state < count) { forgetStep(); center(state); select(state); }
  });

  function fromHash() {
    let hash = location.hash.slice(1);
    try { hash = decodeURIComponent(hash); } catch (e) { return; }
    const state = /^state-(\d+)$/.exec(hash), named = sections.findIndex((section) => section.id === hash);
    if (state && Number(state[1]) < count) { center(Number(state[1])); select(Number(state[1])); }
    if (named >= 0) { way = named; mark(); draw(); }
  }

  readColors();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColors(); draw(); });
  resize();
  describe();
  mark();
  fromHash();
  window.addEventListener("hashchange", fromHash);
  window.addEventListener("resize", resize);
})();
