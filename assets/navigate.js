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
  /* the page is drawn anew around the tab that was chosen: who came by keyboard goes on from there */
  function stayAt(name) {
    const watch = new MutationObserver(() => {
      if (!document.querySelector(`[data-part="${name}"]`)) { return; }
      watch.disconnect();
      const tab = [...document.querySelectorAll(".parts [aria-current], .parts summary")].find((one) => one.offsetParent);
      if (tab && document.activeElement === document.body) { tab.focus({ preventScroll: true }); }
    });
    watch.observe(document.body, { childList: true, subtree: true });
  }
  /* Dash draws the whole page for an address that is new to it. It knows nothing of the parts that were chosen since:
     back at the address that it drew last, the part is asked here. */
  let drawn = location.pathname + location.search;
  function askPart() {
    window.dash_clientside.set_props("part-asked", { data: location.search });
  }
  function arrive() {
    const here = location.pathname + location.search;
    if (here === drawn && document.querySelector("[data-part]")) { askPart(); }
    drawn = here;
  }
  window.addEventListener("popstate", arrive);
  window.portalGo = function (href) {
    history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    arrive();
  };
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
    const tab = link.closest("[data-parts]");
    if (tab) {
      history.pushState({}, "", atPart(link));
      stayAt(new URLSearchParams(location.search).get("deel"));
      askPart();
    } else {
      window.portalGo(link.href);
    }
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
