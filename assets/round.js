/* The progress round: on to the next project, with the focus on what arrives; Ctrl+Enter saves. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});

  dash.round = {
    go: function (code) {
      if (typeof code !== "string") { return dash.no_update; }
      history.pushState({}, "", "/ronde" + (code ? "?project=" + encodeURIComponent(code) : ""));
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
      return code;
    },
  };

  document.addEventListener("keydown", (event) => {
    const screen = event.target.closest && event.target.closest("[data-arrives]");
    const main = screen && screen.querySelector(".edit-form .btn-primary");
    if (!main || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) { return; }
    event.preventDefault();
    event.target.blur(); /* what was typed last is only known once its field is left */
    setTimeout(() => main.click(), 0);
  });

  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => {
    const arrived = node.nodeType === 1 && (node.matches("[data-arrives]") ? node : node.querySelector("[data-arrives]"));
    if (arrived) {
      arrived.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }))).observe(document.documentElement, { childList: true, subtree: true });
})();
