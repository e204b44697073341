/* Buttons in the rows of a grid, a link to copy, and from an import to its changes. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const cells = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

  /* `label`, or the value of the cell itself; where the row's `onlyIf` says no, the text of its `else`, or nothing */
  cells.RowButton = function (props) {
    const row = props.data;
    if (!row) { return null; }
    if (props.onlyIf && !row[props.onlyIf]) { return props.else ? window.React.createElement("span", null, row[props.else]) : null; }
    return window.React.createElement("button", {
      type: "button", className: "btn btn-link btn-sm row-button", onClick: () => props.setData(String(row.id)),
    }, props.label || String(props.value || ""));
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-copy]");
    const field = button && button.parentElement.querySelector("input");
    if (!field) { return; }
    field.select();
    const done = () => { button.textContent = "Gekopieerd"; };
    if (navigator.clipboard) { navigator.clipboard.writeText(field.value).then(done, () => {}); }
  });

  dash.management = {
    showRun: function (pressed) {
      if (!pressed || pressed.colId !== "_changes") { return dash.no_update; }
      const place = document.getElementById("logboek");
      if (place) { place.scrollIntoView(); }
      return pressed.value;
    },
  };
})();
