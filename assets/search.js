/* The box in the rail: "/" or Ctrl+K leads to it, the arrows walk through its suggestions, Enter opens one, Escape closes
   them. And lists that narrow a page, folded on a narrow screen. */
(function () {
  "use strict";
  const NARROW = "(max-width: 999px)";
  const formNow = () => document.querySelector("form[data-find]");
  const inputOf = (form) => form.querySelector("input");
  const listOf = (form) => form.querySelector("[role=listbox]");
  const optionsOf = (form) => [...listOf(form).querySelectorAll("[role=option]")];
  const chosenOf = (form) => listOf(form).querySelector("[aria-selected=true]");

  function choose(form, option) {
    optionsOf(form).forEach((one) => { one.setAttribute("aria-selected", String(one === option)); });
    if (option) {
      inputOf(form).setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      inputOf(form).removeAttribute("aria-activedescendant");
    }
  }
  function show(form, open) {
    const list = listOf(form);
    const there = open && list.childElementCount > 0;
    list.hidden = !there;
    inputOf(form).setAttribute("aria-expanded", String(there));
    if (!there) { choose(form, null); return; }
    const box = form.getBoundingClientRect();
    list.style.top = `${box.bottom + 4}px`;
    list.style.maxHeight = `${window.innerHeight - box.bottom - 16}px`;
  }
  function unfold(open) {
    const place = document.querySelector(".find-place");
    place.classList.toggle("open", open);
    place.querySelector(".find-open").setAttribute("aria-expanded", String(open));
  }
  function reach() {
    const form = formNow();
    if (!form) { return; }
    unfold(true);
    inputOf(form).focus();
    inputOf(form).select();
  }
  /* as a link inside the portal: navigate.js follows it */
  function follow(href) {
    const link = document.createElement("a");
    link.href = href;
    link.setAttribute("data-inside", "");
    document.body.append(link);
    link.click();
    link.remove();
  }
  function leave(form) {
    show(form, false);
    unfold(false);
  }

  function ready(form) {
    const input = inputOf(form), list = listOf(form);
    if (input.getAttribute("role")) { return; }
    const said = { role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": list.id, "aria-keyshortcuts": "/ Control+K" };
    Object.entries(said).forEach(([name, value]) => input.setAttribute(name, value));
    unfold(false);
    new MutationObserver(() => {
      optionsOf(form).forEach((option, place) => { option.id = `${list.id}-${place}`; });
      choose(form, null);
      show(form, document.activeElement === input);
    }).observe(list, { childList: true });
    list.addEventListener("mousedown", (event) => event.preventDefault()); /* the box keeps the focus */
    list.addEventListener("click", (event) => { if (event.target.closest("a")) { leave(form); } });
    input.addEventListener("focus", () => show(form, true));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) { show(form, false); } });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (input.value.trim()) { follow(`${form.getAttribute("action")}?q=${encodeURIComponent(input.value.trim())}`); }
      leave(form);
    });
  }

  function walk(form, event) {
    const options = optionsOf(form), at = options.indexOf(chosenOf(form));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) { return; }
      event.preventDefault();
      show(form, true);
      const to = at < 0 && event.key === "ArrowUp" ? options.length - 1 : at + (event.key === "ArrowDown" ? 1 : -1);
      choose(form, options[to] || null); /* past either end the typed text is chosen again */
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      options[at].click();
      leave(form);
    } else if (event.key === "Escape") {
      if (!listOf(form).hidden) { event.preventDefault(); show(form, false); } else { unfold(false); }
    }
  }

  document.addEventListener("keydown", (event) => {
    const form = formNow(), at = event.target;
    if (!form) { return; }
    const typing = at.closest && at.closest("input, select, textarea, [contenteditable=true], [data-slides]");
    if ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing && !event.ctrlKey && !event.altKey)) {
      event.preventDefault();
      reach();
    } else if (at === inputOf(form)) {
      walk(form, event);
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".find-open");
    if (!button) { return; }
    if (button.getAttribute("aria-expanded") === "true") { unfold(false); } else { reach(); }
  });

  new MutationObserver(() => {
    const form = formNow();
    if (form && listOf(form) && inputOf(form)) { ready(form); }
    document.querySelectorAll("details[data-folds]:not([data-folded])").forEach((box) => {
      box.dataset.folded = "";
      if (window.matchMedia(NARROW).matches) { box.removeAttribute("open"); }
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
