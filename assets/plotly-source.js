/* Where dcc.Graph fetches plotly.js, the first time a page has a chart: our smaller bundle, by its fingerprint.
   Dash sets this address itself; a fixed property keeps ours. Without the meta tag Dash's own bundle is used. */
(function () {
  "use strict";
  const bundle = document.querySelector('meta[name="plotly-bundle"]');
  if (bundle) {
    Object.defineProperty(window, "_dashPlotlyJSURL", { get: () => bundle.content, set: () => undefined });
  }
})();
