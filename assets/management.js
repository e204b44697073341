/* Buttons in the rows of a grid, and a link to copy. */
(function () {
  "use strict";
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
})();
