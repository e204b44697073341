/* What a reader would see go wrong in the layout of the page as it stands: a list of sentences, empty when all is well.
   `budget`: how high the page's main part may be, in pixels, or null. */
(budget) => {
  const LEAST_TEXT = 12, LEAST_GAP = 4, SLACK = 1.5;
  const faults = new Map();
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const style = (one) => getComputedStyle(one);
  const said = (text) => text.replace(/\s+/g, " ").trim().slice(0, 60);

  /* where: the question of the card, and the element with its class */
  function where(one) {
    const card = one.closest(".panel, .filter-card, .rail, .foot-page, dialog");
    const named = one.closest("[id]");
    const title = card && card.querySelector("h2, h3");
    const kind = one.tagName.toLowerCase() + (one.classList[0] ? "." + [...one.classList].slice(0, 2).join(".") : "");
    const column = one.closest("[col-id]");
    return [title && `“${said(title.textContent)}”`, named && "#" + named.id.slice(0, 60), column && `[${column.getAttribute("col-id")}]`, kind]
      .filter(Boolean).join(" ");
  }
  function fault(kind, one, text) {
    const key = `${kind}: ${said(text)} (${where(one)})`;
    faults.set(key, key);
  }

  /* meant for a screen reader alone, or out of the way until it is focused */
  const unseen = (one) => {
    for (let up = one; up && up !== document.body; up = up.parentElement) {
      const look = style(up);
      if (look.clipPath.startsWith("inset(50%") || (up.offsetWidth <= 1 && look.overflow === "hidden" && look.position === "absolute")) { return true; }
    }
    return Boolean(one.closest(".skip"));
  };
  function texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      if (!node.data.trim() || holder.closest("script, style, noscript, option, textarea, svg") || !shown(holder) || unseen(holder)) { continue; }
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0.5);
      if (rects.length) { found.push({ node, holder, rects }); }
    }
    return found;
  }

  /* the grid moves these itself, together with its rows */
  const moves = (one, axis) => /auto|scroll/.test(style(one)["overflow" + axis]) || /ag-.*viewport/.test(one.className);
  function inside(one) {
    const box = one.getBoundingClientRect();
    const left = box.left + one.clientLeft, top = box.top + one.clientTop;
    return { left, top, right: left + one.clientWidth, bottom: top + one.clientHeight };
  }
  function cut({ node, holder, rects }) {
    const open = { X: true, Y: true };
    let inline = true;
    for (let up = holder; up && up !== document.documentElement && (open.X || open.Y); up = up.parentElement) {
      const look = style(up), fixed = look.position === "fixed";
      if (look.display === "contents" || look.display === "inline") { continue; }
      const clip = inside(up);
      if (inline && look.overflowX === "visible") {
        const edge = up.getBoundingClientRect();
        if (rects.some((rect) => rect.right > edge.right + SLACK || rect.left < edge.left - SLACK)) { fault("overflows its box", holder, node.data); return; }
      }
      inline = false;
      for (const axis of ["X", "Y"]) {
        if (!open[axis]) { continue; }
        if (moves(up, axis)) { open[axis] = false; continue; }
        if (look["overflow" + axis] === "visible") { continue; }
        const high = axis === "X" ? SLACK : Math.max(SLACK, rects[0].height * 0.25);  // the face is higher than its letters
        const [from, to] = axis === "X" ? ["left", "right"] : ["top", "bottom"];
        if (rects.some((rect) => rect[from] < clip[from] - high || rect[to] > clip[to] + high)) {
          fault(holder.closest(".ag-cell, .ag-header-cell, td, th, dd") ? "a value is shown by half" : "text is cut", holder, node.data);
          return;
        }
      }
      if (fixed) { break; }
    }
  }

  /* what ends on dots has rectangles that fit: there the width of its content tells */
  function dotted() {
    for (const one of document.querySelectorAll("body *:not(svg *)")) {
      if (!one.clientWidth || one.scrollWidth <= one.clientWidth || /viewport|ag-root|ag-body|ag-header-(cell|group)(?!-text)/.test(one.className)) { continue; }
      const look = style(one), slack = look.textOverflow === "ellipsis" ? 0 : 1;
      if (look.writingMode === "horizontal-tb" && one.scrollWidth > one.clientWidth + slack && /hidden|clip/.test(look.overflowX) && one.textContent.trim() && shown(one) && !unseen(one)
        && ![...one.children].some((child) => child.scrollWidth > child.clientWidth && child.clientWidth)) {
        fault(one.closest(".ag-cell, .ag-header-cell, td, th, dd") ? "a value is shown by half" : "text is cut", one, one.textContent);
      }
    }
  }

  /* what a field holds, or says while it is empty */
  const pen = document.createElement("canvas").getContext("2d");
  function fields() {
    for (const one of document.querySelectorAll("input, select")) {
      if (/checkbox|radio|hidden|file|range/.test(one.type) || !shown(one) || unseen(one)) { continue; }
      const text = one.tagName === "SELECT" ? (one.selectedOptions[0] || {}).text || "" : one.value || one.placeholder;
      const look = style(one);
      pen.font = `${look.fontStyle} ${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
      const room = one.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
      if (pen.measureText(text).width > room + SLACK) { fault("a value is shown by half", one, text); }
    }
  }

  /* one word on two lines: only after a sign at which a word may be parted; an address has no hyphen to give */
  function broken({ node, holder, rects }) {
    if (rects.length < 2 || style(holder).writingMode !== "horizontal-tb") { return; }
    const range = document.createRange();
    for (const match of node.data.matchAll(/\S+/g)) {
      const word = match[0], start = match.index;
      if (word.length > 32) { continue; } /* longer than the line of a phone: a browser that knows Dutch parts it with a hyphen */
      if (/^sha256:[0-9a-f]{64}$/.test(word)) { continue; } /* no word: a hyphen would be one of its signs */
      const top = (place) => {
        range.setStart(node, start + place);
        range.setEnd(node, start + place + 1);
        const rect = [...range.getClientRects()].filter(({ width }) => width > 0).pop();  // before it may come the hyphen of the line above
        return rect && rect.top + rect.height / 2;
      };
      const after = /@|:\/\/|^www\./.test(word) ? /[-/\u00ad\u2013@._:?=&\u200b]/ : /[-/\u00ad\u2013\u2014\u200b]/;
      for (let place = 1, before = top(0); place < word.length; place += 1) {
        const here = top(place);
        if (here === undefined) { continue; }
        if (Math.abs(here - before) > 4 && !after.test(word[place - 1])) { fault("a word is broken", holder, `${word.slice(0, place)}|${word.slice(place)}`); break; }
        before = here;
      }
    }
  }

  function small({ node, holder }) {
    if (parseFloat(style(holder).fontSize) < LEAST_TEXT - 0.05) { fault("text under 12 px", holder, node.data); }
  }

  /* what goes sideways says so, in words that can be read where it stands */
  function tells(one) {
    for (let up = one, steps = 0; up && steps < 14; up = up.parentElement, steps += 1) {
      for (const place of ["::before", "::after"]) {
        const look = getComputedStyle(up, place);
        if (/opzij/.test(look.content) && look.display !== "none" && parseFloat(look.height) > 10) { return true; }
      }
    }
    return false;
  }
  function sideways() {
    const wide = document.documentElement.scrollWidth;
    if (wide > document.documentElement.clientWidth + 1) { faults.set("page", `the page goes sideways: ${wide} px wide`); }
    for (const one of document.querySelectorAll("body *:not(svg *)")) {
      if (one.scrollWidth > one.clientWidth + 1 && one.clientWidth && /auto|scroll/.test(style(one).overflowX) && shown(one)
        && !/ag-(header|body-horizontal|horizontal|floating|sticky)/.test(one.className) && !tells(one)) {
        fault("goes sideways without saying so", one, one.textContent);
      }
    }
  }

  const clear = (colour) => colour === "transparent" || /, 0\)$/.test(colour);
  function controls() {
    const boxed = (one) => {
      if (/^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName)) { return !/hidden|file/.test(one.type); }  // a file is dropped on what lies over its field
      const look = style(one);
      return look.display !== "inline" && (parseFloat(look.borderTopWidth) > 0 || !clear(look.backgroundColor) || look.backgroundImage !== "none");
    };
    const found = [...document.querySelectorAll("button, a, input, select, textarea, summary, [role=button]")]
      .filter((one) => shown(one) && !one.closest(".ag-root-wrapper, .tiles, .rail, .modebar-container") && boxed(one) && !unseen(one))
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 2 && box.height > 2);
    const apart = (one, other) => Math.hypot(
      Math.max(0, one.left - other.right, other.left - one.right), Math.max(0, one.top - other.bottom, other.top - one.bottom));
    found.forEach((first, place) => found.slice(place + 1).forEach((second) => {
      if (first.one.contains(second.one) || second.one.contains(first.one) || covers(first.one) !== covers(second.one)) { return; }
      if (apart(first.box, second.box) < LEAST_GAP) {
        const name = ({ one }) => said(one.textContent || one.getAttribute("aria-label") || one.value || one.placeholder || one.id);
        fault("two controls touch", second.one, `${name(first).slice(0, 25)} | ${name(second).slice(0, 25)}`);
      }
    }));
  }
  /* what lies over the page touches nothing below it */
  const covers = (one) => one.closest("dialog, [popover], .choices-list, .number-said, .meaning");

  const overlap = (one, other) => Math.min(
    Math.min(one.right, other.right) - Math.max(one.left, other.left), Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
  function clipOf(one) {
    const held = one.closest("[clip-path]");
    const id = held && (/#([^"')]+)/.exec(held.getAttribute("clip-path")) || [])[1];
    const rect = id && document.getElementById(id) && document.getElementById(id).querySelector("rect");
    if (!rect) { return null; }
    const at = held.getScreenCTM(), size = (name) => rect[name].baseVal.value;
    const corner = new DOMPoint(size("x"), size("y")).matrixTransform(at);
    const far = new DOMPoint(size("x") + size("width"), size("y") + size("height")).matrixTransform(at);
    return { left: corner.x, top: corner.y, right: far.x, bottom: far.y };
  }
  /* the letters of a line of svg text, without the room above and below them */
  function letters(one) {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const lines = Math.max(1, one.querySelectorAll("tspan.line").length), room = ((bottom - top) / lines) * 0.18;
    return { left: left + 0.5, right: right - 0.5, top: top + room, bottom: bottom - room };
  }
  function chart(one) {
    const paper = one.querySelector(".main-svg, svg");
    if (!paper || !shown(paper)) { return; }
    const edge = paper.getBoundingClientRect();
    const words = [...one.querySelectorAll("svg text")].filter((text) => text.textContent.trim() && shown(text) && !text.closest(".modebar, .hoverlayer"))
      .map((text) => ({ text, box: letters(text), upright: !/rotate\((?!0)/.test(text.getAttribute("transform") || "") }));
    for (const { text, box } of words) {
      const scale = text.getScreenCTM() ? Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b) : 1;
      if (parseFloat(style(text).fontSize) * scale < LEAST_TEXT - 0.05) { fault("text under 12 px", text, text.textContent); }
      const off = (frame) => frame && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
      if (off(edge) || off(clipOf(text))) { fault("chart: a label is cut", one, text.textContent); }
    }
    words.forEach((first, place) => words.slice(place + 1).forEach((second) => {
      if (first.upright && second.upright && overlap(first.box, second.box) > 1) {
        fault("chart: text over text", one, `${said(first.text.textContent).slice(0, 28)} | ${said(second.text.textContent).slice(0, 28)}`);
      }
    }));
    const legend = one.querySelector(".legend");
    if (!legend) { return; }
    const cover = legend.getBoundingClientRect();
    const marks = [...one.querySelectorAll(".plot .point path, .plot path.point, .plot path.js-line, .plot .lines path")].filter(shown);
    const under = marks.find((mark) => overlap(mark.getBoundingClientRect(), cover) > 2)
      || (words.find(({ text, box }) => !legend.contains(text) && overlap(box, cover) > 2) || {}).text;
    if (under) { fault("chart: the legend covers something", one, legend.textContent); }
  }

  for (const text of texts()) { cut(text); broken(text); small(text); }
  dotted();
  fields();
  sideways();
  controls();
  document.querySelectorAll(".js-plotly-plot, figure:has(> svg)").forEach(chart);
  const main = document.querySelector("main");
  if (budget && main && main.getBoundingClientRect().height > budget) {
    faults.set("height", `higher than its budget: ${Math.round(main.getBoundingClientRect().height)} px of ${budget}`);
  }
  return [...faults.values()];
}
