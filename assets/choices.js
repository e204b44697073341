/* A <details class="choices"> with a checklist: says in its summary what is chosen, closes on Escape and outside. So does
   a <details class="number-says">, which says what a number means. */
(function () {
  "use strict";
  function say(box) {
    const chosen = [...box.querySelectorAll("input:checked")].map((input) => (input.labels[0] || input).textContent.trim());
    const summary = box.querySelector("summary");
    const text = chosen.length > 1 ? chosen.length + " gekozen" : chosen[0];
    if (text && summary.dataset.chosen !== text) {
      summary.dataset.chosen = text;
    } else if (!text && summary.dataset.chosen !== undefined) {
      delete summary.dataset.chosen;
    }
  }
  const sayAll = () => document.querySelectorAll("details.choices").forEach(say);
  let waiting = false;
  function soon() {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => { waiting = false; sayAll(); });
    }
  }
  function start() {
    /* the class of a label changes when Dash sets its value, as from the address of the page */
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    soon();
  }
  document.addEventListener("change", soon);
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details:is(.choices, .number-says)[open]").forEach((box) => {
      if (!box.contains(event.target)) { box.removeAttribute("open"); }
    });
  });
  document.addEventListener("keydown", (event) => {
    const box = event.key === "Escape" && event.target.closest && event.target.closest("details:is(.choices, .number-says)[open]");
    if (box) {
      box.removeAttribute("open");
      box.querySelector("summary").focus();
    }
  });
  if (document.body) { start(); } else { document.addEventListener("DOMContentLoaded", start); }
})();
