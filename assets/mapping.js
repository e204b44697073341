/* Somebody's own file, explained: which sheet, which column, which word is what; and what to repair. The server says what
   it saw (imports-seen); what a person chooses goes back whole (imports-chosen), and the file is read anew. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const NOT_USED = "niet gebruiken";
  const SEPARATORS = [[";", "puntkomma ;"], [",", "komma ,"], ["\t", "tab"], ["|", "streepje |"]];
  const ENCODINGS = [["utf-8", "UTF-8"], ["cp1252", "Windows"], ["cp850", "MS-DOS"], ["mac_roman", "Mac"], ["utf-16", "UTF-16"]];
  let seen = null;
  let open = "";

  function el(tag, props, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (name === "on") { for (const [event, act] of Object.entries(value)) { made.addEventListener(event, act); } }
      else if (value !== undefined && value !== null && value !== false) { made.setAttribute(name, value === true ? "" : value); }
    }
    made.append(...inside.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
    return made;
  }
  function select(key, label, options, value, act, looks) {
    const made = el("select", { class: "form-select form-select-sm " + (looks || ""), "aria-label": label, "data-key": key,
      on: { change: (event) => act(event.target.value) } }, options.map(([code, text]) => el("option", { value: code }, text)));
    made.value = value;
    return made;
  }
  const field = (key, label, value, act, more) => el("input", { class: "form-control form-control-sm", "aria-label": label,
    "data-key": key, value, on: { change: (event) => act(event.target.value) }, ...more });
  const button = (key, text, act, looks, about) => el("button", { type: "button", class: "btn btn-sm " + (looks || "btn-outline-primary"),
    "data-key": key, "aria-label": about ? `${text}: ${about}` : null, on: { click: act } }, text);
  const times = (count, one, many) => `${count.toLocaleString("nl-BE")} ${count === 1 ? one : many}`;

  function choose(change) {
    const map = structuredClone(seen.map);
    change(map);
    dash.set_props("imports-chosen", { data: JSON.stringify(map) });
  }
  const sheetOf = (map, name) => (map.bladen || []).find((one) => one.blad === name);
  function within(name, change) { choose((map) => change(sheetOf(map, name))); }
  const put = (holder, key, value) => { (holder.map[holder.of] = holder.map[holder.of] || {})[key] = value; };

  function card(number, title, done, looks, ...inside) {
    return el("section", { class: "panel " + looks }, el("div", { class: "map-head" }, el("h2", {}, el("span", { class: "map-no" }, number), title),
      done ? el("span", { class: "map-done" }, done) : ""), ...inside);
  }

  function sheetCard(here) {
    const radios = seen.sheets.map((one) => el("label", {}, (() => {
      const radio = el("input", { type: "radio", name: "imports-sheet", "data-key": "sheet " + one.name, on: { change: () => { open = one.name; draw(); } } });
      radio.checked = one.name === open;
      return radio;
    })(), el("span", {}, el("b", {}, one.name), " ", el("span", { class: "map-quiet" }, seen.first ? "" : times(one.rows, "rij", "rijen")))));
    const shown = seen.sheets.find((one) => one.name === open);
    const rows = shown.preview.map(([number, cells]) => el("tr", { class: number === (here.koppen || 1) ? "map-heading" : null },
      el("th", { scope: "row" }, number), cells.map((cell) => el("td", {}, cell))));
    const of = [["", NOT_USED], ...Object.keys(seen.fields).map((name) => [name, name])];
    const said = here.is ? "✓ gevonden" : "";
    return card(1, "Welk blad?", said, "",
      el("fieldset", { class: "map-sheets" }, el("legend", { class: "quiet" }, "Blad van het bestand"), radios),
      el("label", { class: "map-line" }, "Hierin staan ", select("of", "Wat op dit blad staat", of, here.is || "", (value) => within(open, (one) => {
        one.is = value; delete one.kolommen; delete one.woorden; delete one.overal; delete one.koppen; }))),
      el("div", { class: "map-preview" }, el("table", {}, el("caption", { class: "quiet" }, "De eerste rijen van het blad; de rij met de koppen is gekleurd"), el("tbody", {}, rows))),
      el("label", { class: "map-line" }, "Koppen op rij ", field("heading", "Rij met de koppen", here.koppen || 1, (value) => within(open, (one) => {
        one.koppen = Math.max(1, Number(value) || 1); delete one.kolommen; delete one.woorden; }), { type: "number", min: 1, inputmode: "numeric" })),
      seen.text ? textLine() : "");
  }

  function textLine() {
    const set = (name) => (value) => choose((map) => { map.tekst = { scheiding: seen.text.separator, tekens: seen.text.encoding, [name]: value }; map.bladen = []; });
    return el("div", { class: "map-text" + (seen.text.sure ? "" : " unsure") },
      seen.text.sure ? "" : el("b", {}, "Kijk na: de tekst kan op meer dan één manier gelezen worden."),
      el("label", { class: "map-line" }, "Gescheiden door ", select("separator", "Scheidingsteken", SEPARATORS, seen.text.separator, set("scheiding"))),
      el("label", { class: "map-line" }, "Tekens van ", select("encoding", "Tekenset", ENCODINGS, seen.text.encoding, set("tekens"))));
  }

  function columnCard(here) {
    const columns = seen.columns.filter((one) => one.sheet === open);
    const used = columns.filter((one) => one.heading).length;
    const fields = [["", NOT_USED], ...(seen.fields[here.is] || []).map((name) => [name, name])];
    const rows = columns.map((one) => el("tr", { class: one.heading ? null : "off" }, el("th", { scope: "row" }, one.title),
      el("td", {}, select("column " + one.title, "Veld voor " + one.title, fields, one.heading, (value) => within(open, (map) => put({ map, of: "kolommen" }, one.title, value)))),
      el("td", { class: "map-sample" }, one.sample)));
    const head = el("tr", {}, ["Uw kop", "Veld in het portaal", "Voorbeeld uit uw lijst"].map((text) => el("th", { scope: "col" }, text)));
    return card(2, "Welke kolom is wat?", here.is ? `✓ ${used} van ${columns.length} gebruikt` : "", "",
      here.is ? el("div", { class: "map-rows" }, el("table", { class: "map" }, el("thead", {}, head), el("tbody", {}, rows)))
        : el("p", { class: "map-quiet" }, "Dit blad wordt niet gelezen. Kies links wat erop staat als het wel moet."),
      joined(here, columns),
      seen.remembered ? el("p", { class: "source" }, `↺ ${seen.remembered}`) : "");
  }

  /* two columns of the list that are one field */
  function joined(here, columns) {
    const twice = [...new Set(columns.filter((one, at) => one.heading && columns.findIndex((each) => each.heading === one.heading) < at).map((one) => one.heading))];
    if (!twice.length) { return ""; }
    return el("label", { class: "map-line" }, `Twee kolommen voor ${twice.join(" en ")}, met ertussen `,
      field("between", "Wat tussen twee kolommen staat", here.tussen === undefined ? " · " : here.tussen, (value) => within(open, (one) => { one.tussen = value; }), { type: "text", maxlength: 10 }));
  }
  function wordCard(here) {
    const words = seen.words.filter((one) => one.sheet === open);
    const needs = seen.needs.filter((one) => one.sheet === open);
    const open_ = words.filter((one) => !one.meant).length + needs.filter((one) => !one.said).length;
    const lists = seen.choices[here.is] || {};
    const groups = [...new Set(words.map((one) => one.heading))].map((heading) => el("div", {}, el("h3", {}, heading),
      el("ul", { class: "map-words" }, words.filter((one) => one.heading === heading).map((one) => el("li", { class: one.meant ? null : "unsure" },
        el("span", { class: "map-word" }, one.word, " ", el("small", { class: "map-quiet" }, seen.first ? "" : times(one.times, "keer", "keer"))), el("span", { "aria-hidden": "true" }, "→"),
        control("word " + heading + " " + one.word, `${one.word} in ${heading}`, lists[heading], one.meant, (value) => within(open, (map) => {
          map.woorden = map.woorden || {}; put({ map: map.woorden, of: heading }, one.word, value); })))))));
    const asked = needs.map((one) => el("li", { class: one.said ? null : "unsure" }, el("span", { class: "map-word" }, one.heading, " ",
        one.rows === total(open) ? "" : el("small", { class: "map-quiet" }, times(one.rows, "lege cel", "lege cellen"))), el("span", { "aria-hidden": "true" }, "="),
      control("need " + one.heading, `${one.heading} voor alle rijen`, lists[one.heading], one.said, (value) => within(open, (map) => put({ map, of: "overal" }, one.heading, value)))));
    const done = open_ ? `▲ ${open_} te kiezen` : words.length + needs.length ? `✓ alle ${words.length + needs.length}` : "✓ niets te kiezen";
    return card(3, "Welk woord is wat?", here.is ? done : "", open_ ? "unsure" : "",
      el("div", { class: "map-rows" }, asked.length ? el("div", {}, el("h3", {}, "Staat niet in uw lijst: voor nieuwe rijen"), el("ul", { class: "map-words" }, asked)) : "", groups,
        words.length + needs.length ? "" : el("p", { class: "map-quiet" }, "Alle woorden zijn die van het portaal.")));
  }
  const total = (name) => (seen.sheets.find((one) => one.name === name) || { rows: 0 }).rows;
  function control(key, label, list, value, act) {
    return list ? select(key, label, [["", "kies …"], ...list], value, act) : field(key, label, value, act, { type: "text" });
  }

  function repairCard() {
    const here = seen.problems.filter((one) => !one.word);
    const meant = here.filter((one) => one.meant);
    const left = seen.map.weglaten || [];
    const rows = [...new Set(seen.problems.flatMap((one) => one.rows))];
    const leave = (those) => () => choose((map) => { map.weglaten = [...new Set([...(map.weglaten || []), ...those])]; });
    if (!here.length && !left.length && !rows.length) { return null; }
    return el("section", { class: "panel map-repairs" }, el("div", { class: "map-head" }, el("h2", {}, "Wat vraagt nog uw aandacht?")),
      here.map((one) => problem(one, leave)),
      seen.more ? el("p", { class: "map-quiet" }, `En nog ${times(seen.more, "probleem", "problemen")}; verbeter eerst deze.`) : "",
      meant.length > 1 ? el("div", { class: "map-go" }, button("all", `Neem de ${meant.length} voorstellen over`, () => choose((map) => {
        map.cellen = map.cellen || {}; for (const one of meant) { for (const cell of one.at) { map.cellen[cell] = one.meant; } } }), "btn-primary")) : "",
      rows.length ? el("div", { class: "map-go" }, button("leave", `Laat ${times(rows.length, "rij", "rijen")} met een probleem weg`, leave(rows)),
        el("span", { class: "map-quiet" }, `${Math.max(0, seen.total - left.length - rows.length)} van ${seen.total} inlezen, ${times(rows.length, "rij", "rijen")} later`)) : "",
      left.length ? el("div", { class: "map-go" }, el("span", {}, `${times(left.length, "rij is", "rijen zijn")} weggelaten.`),
        button("left-file", "Download ze als Excel", () => document.getElementById("imports-left").click()),
        button("back", "Neem ze weer mee", () => choose((map) => { delete map.weglaten; }))) : "");
  }
  /* new rows that may be there already: the own ones are asked, those of others are told */
  function alikeCard() {
    if (!seen.alike.length) { return null; }
    const own = seen.alike.filter((one) => one.own);
    const rows = [...new Set(seen.alike.filter((one) => !one.own).map((one) => one.row))];
    const others = rows.map((row) => seen.alike.filter((one) => one.row === row && !one.own));
    const link = (one) => [one.path ? el("a", { href: one.path, target: "_blank", rel: "noopener" }, `${one.code} ${one.called}`) : `${one.code} ${one.called}`, ` (${one.whose})`];
    const told = others.map((those) => el("li", {}, el("b", {}, those[0].title), " lijkt op ", those.map((one, at) => [at ? "; " : "", link(one)])));
    return el("section", { class: "panel map-repairs" }, el("div", { class: "map-head" }, el("h2", {}, "Staat het er al?")),
      own.length ? el("ul", { class: "map-alike" }, own.map((one) => el("li", {}, el("b", {}, one.title), one.same ? " staat er al: " : " lijkt op ", link(one), " ",
        button("same " + one.row + one.code, "Is dezelfde", () => choose((map) => { map.zelfde = { ...map.zelfde, [one.row]: one.code }; }), "btn-outline-primary", one.title)))) : "",
      told.length ? el("details", {}, el("summary", {}, times(told.length, "nieuwe rij lijkt", "nieuwe rijen lijken") + " op wat anderen al doen"), el("ul", { class: "map-alike" }, told)) : "");
  }
  function problem(one, leave) {
    const at = `${one.sheet}!${one.cell}`;
    const input = field("fix " + at, "Nieuwe waarde voor " + at, one.meant, () => {}, { type: "text" });
    const fix = () => choose((map) => { map.cellen = map.cellen || {}; for (const cell of one.at) { map.cellen[cell] = input.value; } });
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { fix(); } });
    const label = one.rows.length === 1 ? `Laat rij ${one.rows[0].split("!").pop()} weg` : `Laat ${times(one.rows.length, "rij", "rijen")} weg`;
    return el("div", { class: "map-problem" }, el("p", {}, el("b", {}, "■ ", el("code", {}, at)), one.heading ? [" · ", el("i", {}, one.heading)] : "", " ", one.said),
      el("div", { class: "map-line" }, input, button("do " + at, "Verbeter", fix, "btn-primary", at), button("leave " + at, label, leave(one.rows))));
  }

  function draw() {
    const place = document.getElementById("imports-steps");
    if (!place) { return; }
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    const scrolled = [...place.querySelectorAll(".map-rows")].map((one) => one.scrollTop);
    place.replaceChildren();
    document.getElementById("imports-answer").classList.toggle("drawn", Boolean(seen));
    if (!seen || !seen.sheets.length) { return; }
    if (!seen.sheets.some((one) => one.name === open)) { open = (seen.map.bladen.find((one) => one.is) || { blad: seen.sheets[0].name }).blad; }
    const here = sheetOf(seen.map, open) || {};
    const steps = el("div", { class: "map-cards" }, sheetCard(here), columnCard(here), wordCard(here));
    const used = seen.map.bladen.filter((one) => one.is).length;
    place.append(seen.plain ? el("details", { class: "map-plain" }, el("summary", {}, `Herkend als een bestand van het portaal: ${times(used, "blad", "bladen")}, met alle koppen. Toon wat wat is`), steps) : steps);
    place.append(...[repairCard(), alikeCard()].filter(Boolean));
    [...place.querySelectorAll(".map-rows")].forEach((one, at) => { one.scrollTop = scrolled[at] || 0; });
    const again = focused && [...place.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused);
    if (again) { again.focus(); }
  }

  /* a table from Excel, Word or a page becomes the text that Excel would save */
  function asText(data) {
    const html = data.getData("text/html");
    const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
    if (!table) { return data.getData("text/plain"); }
    const cell = (one) => `"${one.textContent.replace(/\s+/g, " ").trim().replace(/"/g, '""')}"`;
    const wide = (one) => [cell(one), ...Array(Math.min(100, Math.max(1, one.colSpan)) - 1).fill('""')];
    return [...table.rows].map((row) => [...row.cells].flatMap(wide).join("\t")).join("\n");
  }
  function pasted(event) {
    if (event.target.id !== "imports-paste") { return; }
    const text = asText(event.clipboardData);
    if (!text.trim()) { return; }
    event.preventDefault();
    const bytes = new TextEncoder().encode(text);
    const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    dash.set_props("imports-upload", { filename: "geplakt.tsv", contents: `data:text/tab-separated-values;base64,${packed}` });
  }
  document.addEventListener("paste", pasted, true);

  dash.mapping = {
    /* what is proposed stands there while all rows are read */
    begin: function (proposed) {
      open = "";
      seen = proposed && proposed.sheets ? proposed : null;
      draw();
      return proposed ? JSON.stringify(proposed.map) : null;
    },
    draw: function (given) {
      if (!given) { open = ""; }
      seen = given;
      draw();
      return dash.no_update;
    },
    begun: (contents) => [Boolean(contents), !contents],
    again: () => null,
  };
})();
