/* A dotted word opens its meaning beside it; one small dialog for the whole page, by mouse or by keyboard. And a place
   on a page that is named in the address is gone to when it has come, opened first where it lies closed. */
(function () {
  "use strict";
  let box, word = null;

  function made(name, marks, ...inside) {
    const element = document.createElement(name);
    Object.entries(marks).forEach(([mark, value]) => element.setAttribute(mark, value));
    element.append(...inside);
    return element;
  }
  function make() {
    box = made("div", {
      class: "meaning", popover: "manual", role: "dialog", tabindex: "-1",
      "aria-labelledby": "meaning-word", "aria-describedby": "meaning-said",
    },
    made("button", { type: "button", class: "meaning-close", "aria-label": "Sluiten" }, "✕"),
    made("b", { id: "meaning-word" }), made("p", { id: "meaning-said" }),
    made("small", {}, made("span", {}), made("a", { "data-inside": "" }, "alle begrippen")));
    document.body.append(box);
  }
  function place() {
    const at = word.getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left - 16, wide - box.offsetWidth - 8));
    const above = at.bottom + box.offsetHeight + 16 > window.innerHeight && at.top > box.offsetHeight + 16;
    box.classList.toggle("above", above);
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${(above ? at.top - box.offsetHeight - 10 : at.bottom + 10) + window.scrollY}px`;
    box.style.setProperty("--at", `${Math.max(12, Math.min(at.left + at.width / 2 - left, box.offsetWidth - 12))}px`);
  }
  function show(button) {
    if (!box) { make(); }
    if (word) { hide(); }
    word = button;
    const { word: name, meaning, source, place: where } = button.dataset;
    box.querySelector("b").textContent = name.charAt(0).toUpperCase() + name.slice(1);
    box.querySelector("p").textContent = meaning;
    box.querySelector("span").textContent = source ? `Bron: ${source} · ` : "";
    box.querySelector("a").href = where;
    button.setAttribute("aria-expanded", "true");
    button.setAttribute("aria-describedby", "meaning-said");
    box.showPopover();
    place();
    box.focus({ preventScroll: true });
  }
  function hide(back) {
    if (!word) { return; }
    const button = word;
    word = null;
    button.setAttribute("aria-expanded", "false");
    button.removeAttribute("aria-describedby");
    box.hidePopover();
    if (back) { button.focus({ preventScroll: true }); }
  }
  document.addEventListener("click", (event) => {
    const target = event.target.closest ? event.target : event.target.parentElement;
    const button = target.closest("button[data-word]");
    if (button) {
      return button === word ? hide(true) : show(button);
    }
    if (word && (!box.contains(target) || target.closest("a"))) { hide(); }
    if (word && target.closest(".meaning-close")) { hide(true); }
  });
  document.addEventListener("keydown", (event) => {
    if (!word) { return; }
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      hide(true);
    } else if (event.key === "Tab" && box.contains(document.activeElement)) {
      const first = document.activeElement === box || document.activeElement.matches(".meaning-close");
      if (event.shiftKey ? first : document.activeElement.matches("a")) {
        if (event.shiftKey) { event.preventDefault(); }
        hide(true); /* with Tab the browser goes on to what comes after the word */
      }
    }
  }, true);
  window.addEventListener("resize", () => hide());

  let wanted = "";
  const watch = new MutationObserver(() => arrive());
  function arrive() {
    const found = wanted && document.getElementById(wanted);
    if (!found) { return; }
    wanted = "";
    watch.disconnect();
    const closed = found.closest("details");
    if (closed) { closed.open = true; }
    found.scrollIntoView();
    (found.matches("details") ? found.querySelector("summary") : found).focus({ preventScroll: true });
  }
  function seek() {
    watch.disconnect();
    hide();
    wanted = location.hash.slice(1);
    if (wanted) {
      watch.observe(document.body, { childList: true, subtree: true });
      arrive();
    }
  }
  window.addEventListener("hashchange", seek);
  window.addEventListener("popstate", seek);
  window.addEventListener("_dashprivate_pushstate", seek);
  seek();

  /* on paper the whole guide is read */
  const parts = () => document.querySelectorAll(".guide-part:not([open])");
  let opened = [];
  window.addEventListener("beforeprint", () => { opened = [...parts()]; opened.forEach((part) => { part.open = true; }); });
  window.addEventListener("afterprint", () => opened.forEach((part) => { part.open = false; }));
})();
