/* A chart keeps the width it has on the screen; while the page is printed it has the width of its place on paper. A
   list whose columns are wider than that is printed smaller. */
(function () {
  "use strict";
  const PAPER = 1032; // A4 landscape within its margins, in CSS pixels
  const charts = () => document.querySelectorAll(".js-plotly-plot");
  const fit = (widths) => charts().forEach((chart, place) => {
    chart.style.width = widths ? `${widths[place]}px` : "";
    if (window.Plotly) { window.Plotly.Plots.resize(chart); }
  });
  const shrink = (ratio) => document.querySelectorAll(".grid-frame").forEach((frame) => {
    const columns = [...frame.querySelectorAll(".ag-header-row-column")].map((row) => row.offsetWidth).reduce((sum, one) => sum + one, 0);
    frame.style.zoom = ratio && columns ? Math.min(1, (frame.clientWidth * ratio) / columns) : "";
  });
  window.addEventListener("beforeprint", () => {
    const main = document.querySelector("main");
    const ratio = main ? Math.min(1, PAPER / main.clientWidth) : 1;
    fit([...charts()].map((chart) => Math.floor(chart.clientWidth * ratio)));
    shrink(ratio);
  });
  window.addEventListener("afterprint", () => { fit(null); shrink(0); });
})();
