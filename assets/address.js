/* A page's filters and its address say the same. The address changes without loading the page again; a link to the same
   page with other filters sets the fields. Links inside [data-choose="key"] add or remove their one value of that key. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});

  function textOf(value) {
    return (Array.isArray(value) ? [...value].sort().join(",") : value || "").toString().trim();
  }
  function fieldsHere() {
    const bar = document.querySelector("[data-fields]");
    return bar ? JSON.parse(bar.dataset.fields) : {};
  }
  function queryOf(keys, values) {
    const fields = fieldsHere();
    /* "tab=uitdagingen": what a field is without being chosen does not stand in the address */
    return keys.map((name, place) => [...name.split("="), (fields[name] || {}).day ? window.portalDays.spelled(textOf(values[place])) : textOf(values[place])])
      .map((parts) => (parts.length > 2 && parts[1] === parts[2] ? [parts[0], ""] : [parts[0], parts[parts.length - 1]]))
      .filter((pair) => pair[1] !== "")
      .map((pair) => pair[0] + "=" + encodeURIComponent(pair[1]).replace(/%2C/g, ",")).join("&");
  }
  /* the open part, where an address without any choice would open another */
  function partOpen() {
    const open = document.querySelector("[data-part]"), first = document.querySelector("[data-parts] a");
    const name = open ? open.dataset.part : "";
    return first && new URLSearchParams(first.search).get("deel") !== name ? name : "";
  }
  function markChosen() {
    const chosen = new URLSearchParams(location.search);
    document.querySelectorAll("[data-choose] a[href*='?']").forEach((link) => {
      const key = link.closest("[data-choose]").dataset.choose;
      const value = new URLSearchParams(link.search).get(key);
      if ((chosen.get(key) || "").split(",").includes(value)) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    });
  }

  dash.address = {
    /* (value of each field ..., keys, query now) -> the query the fields mean, or nothing new */
    write: function (...given) {
      const now = given.pop(), keys = given.pop();
      const query = queryOf(keys, given);
      if (query === now) {
        markChosen();
        return dash.no_update;
      }
      const part = new URLSearchParams(location.search).get("deel") || (query ? "" : partOpen()), whole = [query, part && "deel=" + part].filter(Boolean).join("&");
      history.replaceState(history.state, "", location.pathname + (whole ? "?" + whole : ""));
      markChosen();
      return query;
    },
    /* the rows of an infinite grid are asked anew when what is wanted changes */
    refresh: function (wanted, id) {
      const grid = document.getElementById(id);
      if (grid && grid.querySelector("[role=row]")) { /* else it is on the other tab, and asks when it opens */
        window.dash_ag_grid.getApi(id).purgeInfiniteCache();
      }
      return dash.no_update;
    },
    /* (click on a chart, its id) -> the click is done; to the row of the bar, where the chart leads somewhere */
    follow: function (click, id) {
      const row = click && click.points.length && click.points[0].customdata, holder = row && document.getElementById(id).closest("[data-leads]");
      if (!holder) { return dash.no_update; }
      const wanted = new URLSearchParams(location.search);
      for (const [key, value] of new URLSearchParams(holder.dataset.leads + encodeURIComponent(row))) {
        if (value) { wanted.set(key, value); } else { wanted.delete(key); }
      }
      window.portalGo("?" + wanted.toString());
      return null; /* the same bar again is a click again */
    },
  };

  /* called by navigate.js for a link to this very page; true when the fields could take it over */
  window.portalChoose = function (link) {
    const fields = fieldsHere();
    if (!Object.keys(fields).length || link.pathname !== location.pathname) {
      return false;
    }
    let wanted = new URLSearchParams(link.search);
    const open = document.querySelector("[data-part]");
    if (open && wanted.has("deel") && wanted.get("deel") !== open.dataset.part) { return false; } /* it is on another part */
    const holder = link.closest("[data-choose]");
    if (holder) {
      const key = holder.dataset.choose, value = wanted.get(key);
      wanted = new URLSearchParams(location.search);
      const chosen = new Set((wanted.get(key) || "").split(",").filter(Boolean));
      const had = chosen.delete(value);
      if (!fields[key].many) { chosen.clear(); }
      if (!had) { chosen.add(value); }
      wanted.set(key, [...chosen].join(","));
    }
    const now = new URLSearchParams(location.search);
    Object.entries(fields).forEach(([key, field]) => {
      const text = wanted.get(key) || "";
      if (text === (now.get(key) || "")) { return; } /* what stays is not drawn again, so the focus stays too */
      const one = field.day ? window.portalDays.typed(text) : text;
      const value = field.many ? text.split(",").filter(Boolean) : one || field.empty;
      dash.set_props(field.id, { value });
    });
    return true;
  };
  new MutationObserver(() => markChosen()).observe(document.documentElement, { childList: true, subtree: true });
})();
