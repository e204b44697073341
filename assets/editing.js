/* Cells that save by themselves: one edit at a time per grid, each with the version of the row that was seen. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const tools = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const h = (...parts) => window.React.createElement(...parts);
  const missing = (value) => value === null || value === undefined || value === "";
  const CHANGE_SHOWN = 12000;
  const PATIENCE = 20000; /* an answer that never came does not stop the next edit */
  const grids = {};
  let numbered = 0;

  /* by this an edit that is sent again is known */
  function newKey() {
    const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (part) => part.toString(16).padStart(2, "0")).join("");
    return "once-" + [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => hex.slice(from, to)).join("-");
  }

  const nameOf = (id) => JSON.stringify(id, Object.keys(id).sort());
  function stateOf(id) {
    const key = nameOf(id);
    return (grids[key] = grids[key] || { waiting: [], under: null, done: [], clash: null });
  }
  /* null once the grid was closed: what becomes of an edit is told later than that too */
  function apiOf(id) {
    try { return window.dash_ag_grid.getApi(id); } catch (gone) { return null; }
  }
  function rowOf(id, rowId) {
    const api = apiOf(id), node = api && api.getRowNode(String(rowId));
    return node && { node, data: node.data };
  }
  function mark(id, rowId, field, state, said) {
    const row = rowOf(id, rowId);
    if (row) { row.node.setData({ ...row.data, _said: field ? { field, state, said } : null }); }
  }
  const busy = (grid) => grid.under && (grid.under.asking || Date.now() - grid.under.since < PATIENCE);

  /* what stood in the cell for this person: before the edit, or by now */
  function seenOf(edit, row) {
    const seen = edit.seen === undefined && row ? row.data[edit.field] : edit.seen;
    return missing(seen) ? null : seen;
  }

  /* the next edit that waits, with the version its row has by now; nothing while another is under way */
  function next(id) {
    const grid = stateOf(id);
    if (busy(grid) || !grid.waiting.length) { return undefined; }
    const edit = grid.waiting.shift();
    const row = rowOf(id, edit.id);
    grid.under = { ...edit, before: seenOf(edit, row), since: Date.now() };
    mark(id, edit.id, edit.field, "saving", "wordt bewaard");
    const version = row ? row.data.version : edit.version;
    return { what: id.what, of: id.of, id: edit.id, version: version, act: edit.act, field: edit.field || "",
      value: missing(edit.value) ? null : edit.value, seen: seenOf(edit, row), once: newKey(), number: (numbered += 1) };
  }
  function sendNext(id) {
    const edit = next(id);
    if (edit) { dash.set_props({ ...id, type: "edit-sent" }, { data: edit }); }
  }

  /* a day that was saved shows what it was, for a while */
  function isDay(api, edit) {
    const column = edit.field && api.getColumnDef(edit.field);
    return Boolean(column && (column.cellRendererParams || {}).kind === "day");
  }
  function settle(id, edit) {
    const row = rowOf(id, edit.id), told = row && row.data._said;
    if (told && told.field === edit.field && told.before !== undefined) { mark(id, edit.id, told.field, told.state, told.said); }
  }

  /* the page draws anew what an edit changed: its stores say once more what they hold */
  function refresh(id) { refreshAround(document.getElementById(nameOf({ ...id, type: "edit-place" }))); }
  function refreshAround(place) {
    const holder = place && place.closest("[data-refreshes]");
    JSON.parse((holder && holder.dataset.refreshes) || "[]").forEach((store) => {
      const kept = window.dash_component_api && window.dash_component_api.getLayout(store);
      if (kept && kept.props) { dash.set_props(store, { data: kept.props.data }); }
    });
  }

  dash.editing = {
    collect: function (changes, rendered, undone, asked, id) {
      const grid = stateOf(id);
      const by = (dash.callback_context.triggered[0] || {}).prop_id || "";
      if (by.endsWith("cellValueChanged")) {
        (changes || []).filter((change) => !change.colId.startsWith("_")).forEach((change) => grid.waiting.push(
          { act: "set", id: change.data.id, version: change.data.version, field: change.colId, value: change.value, old: change.oldValue,
            seen: missing(change.oldValue) ? null : change.oldValue }));
      } else if (by.endsWith("cellRendererData") && rendered) {
        grid.waiting.push({ act: "archive", id: Number(rendered.rowId), version: rendered.value, field: "" });
      } else if (undone && grid.done.length) {
        const last = grid.done.pop();
        grid.waiting.push(last.act === "archive"
          ? { act: "restore", id: last.id, version: last.version, field: "", undo: true }
          : { act: "set", id: last.id, version: 0, field: last.field, value: last.old, undo: true });
      }
      return next(id) || dash.no_update;
    },

    /* what became of it, at the cell; then the next one goes */
    apply: function (answer, id) {
      const grid = stateOf(id), edit = grid.under;
      grid.under = null;
      if (!answer || !edit) { return !grid.done.length; }
      const api = apiOf(id), row = rowOf(id, edit.id);
      if (answer.row && row) {
        const told = { field: edit.field, state: answer.state, said: answer.said };
        row.node.setData({ ...answer.row, _said: isDay(api, edit) && answer.state === "saved" ? { ...told, before: edit.before } : told });
        setTimeout(() => settle(id, edit), CHANGE_SHOWN);
      } else if (answer.row && api) {
        api.applyTransaction({ add: [answer.row], addIndex: 0 });
      } else if (row && answer.state === "saved") {
        api.applyTransaction({ remove: [row.data] });
      }
      if (answer.state === "saved") {
        if (!edit.undo) { grid.done.push(edit); }
        refresh(id);
      }
      grid.clash = answer.state === "conflict" ? edit : null;
      setTimeout(() => sendNext(id), 0);
      return !grid.done.length;
    },

    /* keep theirs: it stands there already; take mine: once more, now that theirs has been seen */
    choose: function (kept, taken, id) {
      const grid = stateOf(id), edit = grid.clash;
      const by = (dash.callback_context.triggered[0] || {}).prop_id || "";
      if (!kept && !taken) { return dash.no_update; }
      grid.clash = null;
      if (edit && by.includes("edit-take")) {
        grid.waiting.unshift({ ...edit, seen: undefined });
        setTimeout(() => sendNext(id), 0);
      } else if (edit) {
        mark(id, edit.id, "", "", "");
      }
      return [];
    },

    post: function (clicks, values, ids, seen, asked) {
      if (!clicks) { return dash.no_update; }
      const typed = {};
      ids.forEach((id, place) => { typed[id.field] = values[place] === undefined ? null : values[place]; });
      return { ...asked, ...seen, typed, number: (numbered += 1) };
    },

    /* the same form, beside the twin whose button was clicked */
    join: function (clicks, values, ids, seen, asked) {
      const by = dash.callback_context.triggered[0];
      if (!by || !by.value) { return dash.no_update; }
      const twin = JSON.parse(by.prop_id.slice(0, by.prop_id.lastIndexOf("."))).field;
      return { ...dash.editing.post(1, values, ids, seen, asked), twin };
    },

    reload: function (clicks, asked) {
      return clicks ? { ...asked, reload: true, number: (numbered += 1) } : dash.no_update;
    },
  };

  /* nobody knows yet whether it was kept, or the portal could not keep it: said where it was typed, which stays */
  function tellCell(place, state, said) {
    const id = { ...place, type: "edit-grid" }, grid = stateOf(id), edit = grid.under;
    if (!edit) { return; }
    edit.asking = state === "unknown";
    if (state === "answered") { return; }
    mark(id, edit.id, edit.field, state, said);
    dash.set_props({ ...place, type: "edit-said" }, { children: said, className: "edit-said " + state });
    if (state === "refused") {
      grid.under = null;
      setTimeout(() => sendNext(id), 0);
    }
  }
  function tellForm(place, state, said) {
    const fields = document.getElementById(nameOf({ ...place, type: "edit-form" })).querySelector("fieldset");
    if (fields) { fields.disabled = state === "unknown"; } /* what is asked again is what was typed */
    dash.set_props({ ...place, type: "edit-unanswered" }, { children: said });
  }
  document.addEventListener("portal-asked", (event) => {
    const by = ((event.detail.body.inputs || [])[0] || {}).id || {};
    const tell = { "edit-sent": tellCell, "edit-posted": tellForm }[by.type];
    if (!tell) { return; }
    event.preventDefault();
    tell(by, event.detail.state, event.detail.said);
  });

  /* a form that was saved changes the page around it */
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    const saved = node.nodeType === 1 && node.querySelector && (node.matches("[data-saved]") ? node : node.querySelector("[data-saved]"));
    if (saved && !saved.dataset.told) {
      saved.dataset.told = "1";
      refreshAround(saved);
    }
  }))).observe(document.documentElement, { childList: true, subtree: true });

  tools.foldText = (params) => String(params === null || params === undefined ? "" : params).toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  tools.nameIn = function (params) {
    const value = params.data[params.colDef.field];
    return (params.colDef.cellRendererParams.names || {})[value] || value;
  };

  /* amounts as they are typed, with a comma */
  const typed = (value) => (missing(value) ? -Infinity : Number(String(value).replace(",", ".")));
  tools.byTyped = (one, other) => typed(one) - typed(other);

  const WORDS = { saving: "…", saved: "✓ bewaard", refused: "✕ geweigerd", conflict: "⇄ conflict", unknown: "? onbekend" };
  cells.EditCell = function (props) {
    const value = props.value;
    let text = missing(value) ? "" : String(value);
    if (props.kind === "euro" && text) { text = /^-?\d+(,\d{1,2})?$/.test(text) ? tools.asEuro(text.replace(",", ".")) : "€\u00a0" + text; }
    if (props.kind === "share" && text && !text.endsWith("%")) { text += "\u00a0%"; }
    if (props.names && props.names[value]) { text = props.names[value]; }
    const said = (props.data || {})._said;
    const here = said && said.field === props.colDef.field;
    if (here && said.before !== undefined) {
      return h("span", { className: "edit-value changed", title: said.said }, tools.oldNew(said.before || props.empty || "leeg", text),
        h("small", { className: "told saved" }, "\u00a0✓"));
    }
    return h("span", { className: "edit-value", title: here ? said.said : text },
      h("span", { className: text ? "" : "leeg" }, text || props.empty || "leeg"),
      here ? h("small", { className: "told " + said.state }, WORDS[said.state] || "") : null);
  };

  cells.Archiver = function (props) {
    if (!props.data) { return null; }
    return h("button", { type: "button", className: "btn btn-link btn-sm", onClick: () => props.setData(props.data.version) }, "Archiveer");
  };
})();
