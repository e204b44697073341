/* The grid in our clothes and our language. Text from rows becomes React text, never HTML. */
(function () {
  "use strict";
  const tools = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const missing = (value) => value === null || value === undefined || value === "";
  const h = (...parts) => window.React.createElement(...parts);

  let theme;
  tools.portalTheme = function (base) {
    theme = theme || base.withParams({
      accentColor: "var(--leie)", backgroundColor: "var(--surface)", foregroundColor: "var(--ink)",
      borderColor: "var(--line)", wrapperBorder: false, wrapperBorderRadius: 0, columnBorder: false,
      rowBorder: { color: "var(--line-soft)" }, headerRowBorder: { color: "var(--line)" },
      headerBackgroundColor: "var(--surface)", headerTextColor: "var(--ink-soft)", headerFontSize: 13, headerFontWeight: 600,
      headerColumnResizeHandleColor: "transparent", oddRowBackgroundColor: "var(--surface)",
      rowHoverColor: "#faf8f3", selectedRowBackgroundColor: "var(--leie-wash)",
      fontFamily: "inherit", fontSize: 15, cellHorizontalPadding: 10, rowHeight: 40, headerHeight: 40,
      focusShadow: "0 0 0 3px var(--vlas)", pinnedRowBorder: { color: "var(--line)" },
    });
    return theme;
  };

  tools.dutchText = function (asked) {
    const text = (window.portalGridTexts || {})[asked.key];
    if (text === undefined) { return asked.defaultValue; }
    return (asked.variableValues || []).reduce((said, value) => said.replace("${variable}", value), text);
  };

  /* a grid without filters says in its own words that there is nothing */
  tools.dutchOrEmpty = (asked) => (asked.key === "noRowsToShow" && asked.context ? asked.context.empty : tools.dutchText(asked));

  /* Belgian: 1.234,5 and 31/12/2025 and € 1.234,50, as portal/text.py writes them */
  function group(value, decimals) {
    const said = Number(value).toLocaleString("nl-BE", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    return said.replace(/^-(?=[0,.]+$)/, "").replace("-", "−");
  }
  tools.asNumber = (value) => (missing(value) ? "" : group(value, Number.isInteger(Number(value)) ? 0 : 1));
  tools.asCount = (value) => (missing(value) ? "geen gegevens" : group(value, 0));
  tools.asEuro = (value) => (missing(value) ? "" : "€\u00a0" + group(value, 2));
  tools.asForecast = (value) => (missing(value) ? "geen prognose" : tools.asEuro(value));
  tools.asDate = function (value) {
    const day = /^(\d{4})-(\d{2})-(\d{2})/.exec(value || "");
    return day ? `${day[3]}/${day[2]}/${day[1]}` : "";
  };

  /* Rows as high as their text. The library's own way (autoHeight) makes the browser lay the page out again for every
     cell; here all rows that are drawn are looked at together, before they are painted. */
  const fitting = new Set();
  function fit(api, root) {
    const needed = new Map(), least = api.getGridOption("rowHeight") || 40;
    root.classList.add("measured");
    root.querySelectorAll(".ag-row[row-id] > .ag-cell-wrap-text").forEach((cell) => {
      const id = cell.parentElement.getAttribute("row-id");
      needed.set(id, Math.max(needed.get(id) || 0, cell.offsetHeight));
    });
    root.classList.remove("measured");
    let changed = false;
    needed.forEach((height, id) => {
      const node = api.getRowNode(id), wanted = Math.max(height, least);
      if (!height || !node || node.rowHeight === wanted) { return; }
      node.setRowHeight(wanted);
      changed = true;
    });
    if (changed) { api.onRowHeightChanged(); }
    root.dataset.fitted = "";
  }
  tools.fitRows = function (event) {
    const id = event.api.getGridId();
    if (fitting.has(id)) { return; }
    fitting.add(id);
    requestAnimationFrame(() => {
      fitting.delete(id);
      const root = event.api.isDestroyed() ? null : document.querySelector(`[grid-id="${id}"]`);
      if (root) { fit(event.api, root); }
    });
  };

  /* a first column that stays in sight leaves room for the others on a narrow screen */
  tools.giveRoom = function (event) {
    const first = event.api.getAllDisplayedColumns()[0];
    const width = first && first.isPinnedLeft() && (window.innerWidth < 600 ? 128 : first.getColDef().width);
    if (width && first.getActualWidth() !== width) {
      event.api.setColumnWidths([{ key: first, newWidth: width }]);
    }
  };

  tools.byAmount = (one, other) => Number(one ?? -Infinity) - Number(other ?? -Infinity);

  /* a long word may be parted, at the end of a syllable and with a hyphen; no browser is sure to know how in Dutch */
  const LONG = /[a-zà-ÿ]{12,}/gi;
  const SEAM = /(?<=[a-z](?:ings|heids|teits))(?=[a-z]{4})|(?<=[^aeiou])(?=(?:aan|onder|over|antwoord|effect)[a-z]{2})/gi;
  const SYLLABLE = /(?<=[a-zà-ÿ]{2}[aeiouyà-ÿ]|[a-zà-ÿ][aeiouyà-ÿ]{2})([^aeiouyà-ÿ\u00ad]*?)((?:sch[rl]?|s[pt][rl]|[bcdfgkptvw][rl]|[cp]h|k[nw]|q)|[^aeiouyà-ÿ\u00ad])(?=[aeiouyà-ÿ][a-zà-ÿ]{2})/gi;
  tools.parted = (value) => (typeof value === "string"
    ? value.replace(LONG, (word) => word.replace(SEAM, "\u00ad").replace(SYLLABLE, "$1\u00ad$2")) : value);

  cells.InsideLink = function (props) {
    const code = (props.data || {})[props.codeField];
    if (missing(props.value)) { return null; }
    const said = tools.parted(String(props.value));
    if (missing(code)) { return h("span", null, said); }
    const href = props.path ? props.path + encodeURIComponent(code) : code; // a row may hold its own address
    return h("a", { href: href, "data-inside": "", title: String(props.value) }, said);
  };

  cells.LinkAbove = function (props) {
    const below = (props.data || {})[props.belowField];
    return h("span", { className: "link-above" }, cells.InsideLink(props), missing(below) ? null : h("small", null, below));
  };

  cells.Tag = function (props) {
    if (missing(props.value)) { return null; }
    const sign = (props.signs || {})[props.value] || { word: String(props.value), tone: "", symbol: "" };
    return h("span", { className: "tag " + sign.tone }, sign.symbol && h("span", { "aria-hidden": true }, sign.symbol + " "), sign.word);
  };

  cells.Mark = function (props) {
    const sign = (props.signs || {})[props.value];
    if (!sign) { return null; }
    const said = (props.data || {})[props.toldField] || sign.word;
    return h("span", { className: "sign " + props.value, role: "img", "aria-label": said, title: said }, sign.symbol);
  };

  cells.Dots = function (props) {
    if (missing(props.value)) { return null; }
    const full = Math.max(0, Math.min(Number(props.value), props.most));
    return h("span", { className: "dots", role: "img", "aria-label": `${full} van ${props.most}`, title: `${full} van ${props.most}` },
      "●".repeat(full), h("i", null, "●".repeat(props.most - full)));
  };

  tools.oldNew = (before, after) => h("span", null,
    h("del", null, tools.parted(String(before))), " → ", h("ins", null, missing(after) ? "—" : tools.parted(String(after))));

  cells.OldNew = function (props) {
    const before = (props.data || {})[props.oldField];
    if (missing(before) || before === props.value) { return h("span", null, tools.parted(String(props.value ?? ""))); }
    return tools.oldNew(before, props.value);
  };
})();
