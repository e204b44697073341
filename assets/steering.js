/* A meeting on the room's screen: one thing at a time, by arrow keys and by buttons; and a page that is printed. */
(function () {
  "use strict";
  const AROUND = ".rail, .demo, .foot-page, .skip";
  const deckNow = () => document.querySelector("[data-slides]");
  const pagesOf = (deck) => [...deck.querySelectorAll(".slide")];
  const placeOf = (deck) => pagesOf(deck).findIndex((page) => !page.hidden);

  function turn(deck, to) {
    const pages = pagesOf(deck);
    const place = Math.max(0, Math.min(to, pages.length - 1));
    pages.forEach((page, at) => { page.hidden = at !== place; });
    deck.querySelector("[data-place]").textContent = `${place + 1} / ${pages.length}`;
    deck.querySelector("[data-turn=back]").disabled = place === 0;
    deck.querySelector("[data-turn=on]").disabled = place === pages.length - 1;
    deck.querySelector(".slides-pages").scrollTop = 0;
    if (!deck.contains(document.activeElement) || document.activeElement.disabled) {
      deck.focus({ preventScroll: true }); /* a button that is switched off would keep the keys to itself */
    }
  }

  const KEYS = {
    ArrowRight: (place) => place + 1, PageDown: (place) => place + 1,
    ArrowLeft: (place) => place - 1, PageUp: (place) => place - 1,
    Home: () => 0, End: () => Infinity,
  };

  document.addEventListener("keydown", (event) => {
    const deck = deckNow();
    if (!deck || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) { return; }
    if (event.key === "Escape") {
      event.preventDefault();
      deck.querySelector("[data-leave]").click();
    } else if (KEYS[event.key]) {
      event.preventDefault();
      turn(deck, KEYS[event.key](placeOf(deck)));
    }
  });

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest && event.target.closest("[data-turn], [data-print]");
    if (!pressed) { return; }
    if (pressed.hasAttribute("data-print")) {
      window.print();
      return;
    }
    const deck = deckNow();
    turn(deck, placeOf(deck) + (pressed.dataset.turn === "on" ? 1 : -1));
  });

  /* while the room watches, the keyboard stays within the screen; afterwards everything is there again */
  let watched = null;
  new MutationObserver(() => {
    const deck = deckNow();
    if (deck === watched) { return; }
    watched = deck;
    document.querySelectorAll(AROUND).forEach((part) => { part.inert = Boolean(deck); });
    if (deck) { turn(deck, 0); deck.focus({ preventScroll: true }); }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
