/* A day: typed as dd/mm/jjjj whatever the browser speaks, or chosen in a calendar (the date picker dialog of WAI-ARIA).
   One script for the fields of forms and filters, and for the cells of a grid. Days count in UTC, so none is skipped. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const tools = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const written = (how) => (day) => day.toLocaleDateString("nl-BE", { timeZone: "UTC", ...how });
  const short = written({ day: "2-digit", month: "2-digit", year: "numeric" });
  const long = written({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const monthName = written({ month: "long", year: "numeric" });
  const isoOf = (day) => day.toISOString().slice(0, 10);
  const plus = (day, count) => new Date(day.getTime() + count * 86400000);
  const monday = (day) => plus(day, -((day.getUTCDay() + 6) % 7));

  /* nothing for a day that is not in the calendar */
  function dayOf(year, month, number) {
    const day = new Date(Date.UTC(year, month - 1, number));
    return year > 999 && day.getUTCMonth() === month - 1 && day.getUTCDate() === number ? day : null;
  }
  function today() {
    const now = new Date();
    return dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
  }
  function plusMonths(day, count) {
    const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + count, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    return plus(first, Math.min(day.getUTCDate(), last) - 1);
  }

  /* `day` is certain, `asked` must be asked; neither: the portal says what is wrong with it */
  function read(text) {
    const said = String(text === null || text === undefined ? "" : text).trim();
    const spelled = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said);
    if (spelled) { return { day: dayOf(Number(spelled[1]), Number(spelled[2]), Number(spelled[3])) }; }
    const typed = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(said) || /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(said);
    if (!typed) { return {}; }
    const whole = typed[3].length === 4;
    const day = dayOf(Number(whole ? typed[3] : "20" + typed[3]), Number(typed[2]), Number(typed[1]));
    return whole ? { day } : { asked: day };
  }
  window.portalDays = {
    typed: (text) => { const { day } = read(text); return day ? short(day) : text; },
    spelled: (text) => { const { day } = read(text); return day ? isoOf(day) : text; },
  };
  const order = (text) => { const { day } = read(text); return day ? day.getTime() : -Infinity; };
  tools.byDay = (one, other) => (order(one) === order(other) ? 0 : order(one) - order(other));

  function made(name, marks, ...inside) {
    const element = document.createElement(name);
    Object.entries(marks).forEach(([mark, value]) => element.setAttribute(mark, value));
    element.append(...inside);
    return element;
  }

  /* a field of Dash keeps its value with Dash, a cell that is edited keeps its own */
  function write(input, text) {
    if (!input.id) { input.value = text; return; }
    dash.set_props(input.id.startsWith("{") ? JSON.parse(input.id) : input.id, { value: text });
  }
  function tell(input, said) {
    const place = input.parentNode.querySelector(".day-said");
    if (place) { place.textContent = said; }
  }
  function settle(input) {
    const { day, asked } = read(input.value);
    if (day && short(day) !== input.value) { write(input, short(day)); }
    tell(input, asked ? `Bedoelt u ${short(asked)}? Schrijf het jaar met vier cijfers.` : "");
  }

  /* the calendar: one for the whole page */
  const MOVES = {
    ArrowLeft: (day) => plus(day, -1), ArrowRight: (day) => plus(day, 1),
    ArrowUp: (day) => plus(day, -7), ArrowDown: (day) => plus(day, 7),
    Home: (day) => monday(day), End: (day) => plus(monday(day), 6),
    PageUp: (day, far) => plusMonths(day, far ? -12 : -1), PageDown: (day, far) => plusMonths(day, far ? 12 : 1),
  };
  const TURNS = [["Vorig jaar", "«", -12], ["Vorige maand", "‹", -1], ["Volgende maand", "›", 1], ["Volgend jaar", "»", 12]];
  let calendar, open = null;

  function make() {
    const turns = TURNS.map(([label, sign, count]) => {
      const turn = made("button", { type: "button", class: "calendar-turn", "aria-label": label }, sign);
      turn.addEventListener("click", () => draw(plusMonths(open.at, count)));
      return turn;
    });
    const month = made("h2", { id: "calendar-month", "aria-live": "polite" });
    const weekdays = Array.from({ length: 7 }, (_, place) => plus(monday(today()), place));
    const heads = weekdays.map((day) => made("th", { scope: "col", abbr: written({ weekday: "long" })(day) }, written({ weekday: "short" })(day)));
    const days = made("tbody", {});
    const table = made("table", { role: "grid", "aria-labelledby": "calendar-month" }, made("thead", {}, made("tr", {}, ...heads)), days);
    const now = made("button", { type: "button", class: "btn btn-outline-primary btn-sm" }, "Vandaag");
    const away = made("button", { type: "button", class: "btn btn-outline-primary btn-sm" }, "Sluit");
    const inside = made("div", { class: "calendar-inside" }, made("div", { class: "calendar-head" }, turns[0], turns[1], month, turns[2], turns[3]),
      table, made("div", { class: "calendar-foot" }, now, away));
    /* for a grid this counts as the cell that is edited */
    const dialog = made("dialog", { class: "calendar ag-custom-component-popup" }, inside);
    now.addEventListener("click", () => choose(today()));
    away.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) { dialog.close(); } });
    dialog.addEventListener("close", () => open.back.focus());
    days.addEventListener("click", (event) => {
      const cell = event.target.closest("td");
      if (cell) { choose(read(cell.dataset.day).day); }
    });
    days.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (move) { draw(move(open.at, event.shiftKey)); days.querySelector("[tabindex='0']").focus(); }
      if (event.key === "Enter" || event.key === " ") { choose(open.at); }
      if (move || event.key === "Enter" || event.key === " ") { event.preventDefault(); }
    });
    document.body.append(dialog);
    return { dialog, month, days };
  }

  function cellOf(day) {
    const marks = { role: "gridcell", "data-day": isoOf(day), tabindex: isoOf(day) === isoOf(open.at) ? "0" : "-1",
      "aria-label": long(day), "aria-selected": String(Boolean(open.chosen) && isoOf(day) === isoOf(open.chosen)) };
    if (isoOf(day) === isoOf(today())) { marks["aria-current"] = "date"; }
    if (tooLate(day)) { marks["aria-disabled"] = "true"; }
    if (day.getUTCMonth() !== open.at.getUTCMonth()) { marks.class = "other-month"; }
    return made("td", marks, String(day.getUTCDate()));
  }
  function draw(at) {
    if (at.getUTCFullYear() < 1000 || at.getUTCFullYear() > 9999) { return; }
    open.at = at;
    const first = monday(plus(at, 1 - at.getUTCDate()));
    const weeks = Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_unused, place) => plus(first, week * 7 + place)));
    calendar.month.textContent = monthName(at);
    calendar.days.replaceChildren(...weeks.map((days) => made("tr", {}, ...days.map(cellOf))));
  }
  const tooLate = (day) => Boolean(open.latest) && isoOf(day) > open.latest;
  function choose(day) {
    if (tooLate(day)) { return; }
    write(open.input, short(day));
    tell(open.input, "");
    calendar.dialog.close();
  }
  function place(dialog, field) {
    const at = field.getBoundingClientRect(), size = dialog.getBoundingClientRect();
    const below = at.bottom + 4, above = at.top - size.height - 4;
    dialog.style.left = Math.max(8, Math.min(at.left, window.innerWidth - size.width - 8)) + "px";
    dialog.style.top = Math.max(8, below + size.height < window.innerHeight ? below : above) + "px";
  }
  function show(field) {
    const input = field.querySelector("input"), button = field.querySelector(".day-button");
    const { day, asked } = read(input.value);
    calendar = calendar || make();
    open = { input, back: input.id ? button : input, chosen: day, latest: button.dataset.latest || "" };
    calendar.dialog.setAttribute("aria-label", button.getAttribute("aria-label"));
    draw(day || asked || today());
    calendar.dialog.showModal();
    place(calendar.dialog, field);
    calendar.days.querySelector("[tabindex='0']").focus();
  }

  const fieldOf = (event) => event.target instanceof Element && event.target.closest(".day-field");
  document.addEventListener("click", (event) => {
    if (fieldOf(event) && event.target.closest(".day-button")) { show(fieldOf(event)); }
  });
  document.addEventListener("mousedown", (event) => { /* what is typed in a cell stays under way */
    if (fieldOf(event) && event.target.closest(".day-button")) { event.preventDefault(); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "ArrowDown" && fieldOf(event)) { event.preventDefault(); show(fieldOf(event)); }
  });
  document.addEventListener("focusout", (event) => {
    if (fieldOf(event) && event.target.matches("input[id]")) { settle(event.target); }
  });

  /* a cell of a grid; what is no day goes to the portal as it was typed, and comes back with what is wrong with it */
  tools.DayEditor = class {
    init(params) {
      const begun = params.eventKey && params.eventKey.length === 1;
      const label = "Kies een dag: " + params.colDef.headerName;
      this.input = made("input", { type: "text", inputmode: "numeric", placeholder: "dd/mm/jjjj", maxlength: "30", autocomplete: "off",
        class: "day-typed", "aria-label": params.colDef.headerName });
      this.input.value = begun ? params.eventKey : params.eventKey === "Backspace" || params.eventKey === "Delete" ? "" : params.value || "";
      this.whole = !begun;
      this.field = made("div", { class: "day-field day-cell" }, this.input,
        made("button", { type: "button", class: "day-button", tabindex: "-1", "aria-label": label, title: "Kalender (Alt + pijl omlaag)" }));
    }
    getGui() { return this.field; }
    afterGuiAttached() {
      this.input.focus();
      if (this.whole) { this.input.select(); }
    }
    getValue() { return window.portalDays.typed(this.input.value.trim()) || null; }
  };
})();
