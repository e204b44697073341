/* Links marked data-inside change the page without loading the application again, as dcc.Link does.
   Unlike dcc.Link they can carry aria-current, and they work inside grid cells and tile maps. */
(function () {
  "use strict";
  /* another part of this page, with what was chosen since the page came */
  function atPart(link) {
    const wanted = new URLSearchParams(location.search);
    wanted.set("deel", new URLSearchParams(link.search).get("deel"));
    return "?" + wanted.toString().replace(/%2C/g, ",");
  }
  function follow(event) {
    const link = event.target.closest && event.target.closest("a[data-inside]");
    const plain = !event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !plain || link.origin !== location.origin || link.target) {
      return;
    }
    event.preventDefault();
    if (window.portalChoose && window.portalChoose(link)) {
      return;
    }
    const samePage = link.pathname === location.pathname;
    history.pushState({}, "", link.closest("[data-parts]") ? atPart(link) : link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    document.querySelectorAll("details.menu[open], .parts details[open]").forEach((menu) => menu.removeAttribute("open"));
    if (!samePage) {
      window.scrollTo(0, 0);
      const main = document.querySelector("main");
      if (main) {
        main.focus({ preventScroll: true });
      }
    }
  }
  document.addEventListener("click", follow);
})();
