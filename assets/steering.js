/* A meeting: which point of its agenda is shown, its order, what is typed at it, the time it takes; on the room's screen
   one thing at a time, by keys and by buttons; and a page that is printed. */
(function () {
  "use strict";
  const AROUND = ".rail, .demo, .foot-page, .skip";
  const set = (id, data) => window.dash_clientside.set_props(id, { data: data });
  const deckNow = () => document.querySelector("[data-slides]");
  const pagesOf = (deck) => [...deck.querySelectorAll(".slide")];
  const placeOf = (deck) => pagesOf(deck).findIndex((page) => !page.hidden);
  const pointsNow = () => [...document.querySelectorAll(".points a[data-point]")];

  /* -- the point that is shown */
  function withPoint(address, point) {
    const to = new URL(address, location.href);
    if (point) { to.searchParams.set("punt", point); } else { to.searchParams.delete("punt"); }
    return to.pathname + to.search;
  }
  function choose(link) {
    const point = link.dataset.point;
    history.replaceState(history.state, "", withPoint(location.href, point));
    pointsNow().forEach((one) => {
      if (one.dataset.point === point) { one.setAttribute("aria-current", "true"); } else { one.removeAttribute("aria-current"); }
    });
    set("steering-point", point);
  }

  /* -- the order: dragged, or by Alt and an arrow. The portal says whether it may be */
  let dragged = null;
  let follows = null;
  const rowOf = (node) => node && node.closest && node.closest("[data-move]");
  function move(row, to) {
    const link = row.querySelector("a");
    follows = document.activeElement === link ? link.dataset.point : null;
    set("steering-move", `${row.dataset.move} ${to}`);
  }
  document.addEventListener("dragstart", (event) => { dragged = rowOf(event.target); });
  document.addEventListener("dragover", (event) => {
    const row = rowOf(event.target);
    if (!dragged || !row) { return; }
    event.preventDefault();
    document.querySelectorAll(".points li.over").forEach((one) => one.classList.toggle("over", one === row));
    row.classList.add("over");
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    document.querySelectorAll(".points li.over").forEach((one) => one.classList.remove("over"));
  });
  document.addEventListener("drop", (event) => {
    const row = rowOf(event.target);
    if (!dragged || !row) { return; }
    event.preventDefault();
    if (row !== dragged) { move(dragged, Number(row.dataset.place)); }
  });
  function byKey(event, link) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) { return; }
    event.preventDefault();
    const row = rowOf(link);
    if (event.altKey && row) {
      const to = Number(row.dataset.place) + step;
      if (to >= 1 && to <= pointsNow().length) { move(row, to); }
    } else if (!event.altKey) {
      const all = pointsNow();
      const next = all[all.indexOf(link) + step];
      if (next) { next.focus(); }
    }
  }

  /* -- what is typed at a point: one panel is open */
  function openPanel(notes, name, focus) {
    notes.querySelectorAll("[data-note]").forEach((tab) => tab.setAttribute("aria-expanded", String(tab.dataset.note === name)));
    notes.querySelectorAll("[data-panel]").forEach((panel) => { panel.hidden = panel.dataset.panel !== name; });
    const field = focus && notes.querySelector(`[data-panel="${name}"] textarea`);
    if (field) { field.focus(); }
  }
  const PANELS = { b: "decide", a: "promise", n: "note" };

  /* what was kept leaves its own fields empty; what is typed in others stays */
  function clear(notes, names) {
    notes.querySelectorAll("[id^='{'][id*='steering-note-field']").forEach((field) => {
      const id = JSON.parse(field.id);
      if (names.includes(id.field)) { window.dash_clientside.set_props(id, { value: "" }); }
    });
  }

  /* -- the time: what a point took, beside what it was given */
  function usedBy(node) {
    const began = node.dataset.began ? (Date.now() - Date.parse(node.dataset.began)) / 60000 : 0;
    return Number(node.dataset.used || 0) + Math.max(0, Math.floor(began));
  }
  function tick() {
    document.querySelectorAll(".brief-state .time[data-began]").forEach((node) => {
      const given = Number(node.dataset.minutes);
      const used = usedBy(node);
      node.textContent = given ? `${used} van ${given} min` : `${used} min`;
      node.classList.toggle("over", given > 0 && used > given);
    });
    const deck = deckNow();
    if (deck) { clock(deck); }
  }
  function clock(deck) {
    const page = pagesOf(deck)[placeOf(deck)];
    const now = new Date().toLocaleTimeString("nl-BE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
    const shown = page && page.querySelector(".time");
    const left = shown ? Number(shown.dataset.minutes) - usedBy(shown) : 0;
    const given = shown && Number(shown.dataset.minutes) > 0;
    const said = !given ? "" : left >= 0 ? ` · nog ${left} min voor dit punt` : ` · ${-left} min over de tijd`;
    deck.querySelector("[data-clock]").textContent = `${now} u.${said}`;
  }
  window.setInterval(tick, 15000);

  /* -- the room's screen */
  function turn(deck, to) {
    const pages = pagesOf(deck);
    const place = Math.max(0, Math.min(to, pages.length - 1));
    pages.forEach((page, at) => { page.hidden = at !== place; });
    deck.querySelector("[data-place]").textContent = `${place + 1} / ${pages.length}`;
    deck.querySelector("[data-turn=back]").disabled = place === 0;
    deck.querySelector("[data-turn=on]").disabled = place === pages.length - 1;
    deck.querySelector(".slides-pages").scrollTop = 0;
    const points = pages.filter((page) => page.dataset.at);
    [...deck.querySelectorAll(".slides-course i")].forEach((part, at) => {
      part.className = points[at] === pages[place] ? "here" : pages.indexOf(points[at]) < place ? "past" : "";
    });
    const next = pages[place + 1];
    deck.querySelector("[data-next]").textContent = next && next.dataset.title ? `straks: ${next.dataset.title}` : "";
    const leave = deck.querySelector("[data-leave]");
    leave.setAttribute("href", withPoint(leave.href, pages[place].dataset.at || ""));
    clock(deck);
    if (!deck.contains(document.activeElement) || document.activeElement.disabled || !pages[place].contains(document.activeElement)) {
      deck.focus({ preventScroll: true }); /* a button that is switched off would keep the keys to itself */
    }
  }

  const KEYS = {
    ArrowRight: (place) => place + 1, PageDown: (place) => place + 1,
    ArrowLeft: (place) => place - 1, PageUp: (place) => place - 1,
    Home: () => 0, End: () => Infinity,
  };

  function inDeck(event, deck) {
    const typing = event.target.closest("input, select, textarea");
    if (typing) {
      if (event.key === "Escape") {
        event.preventDefault();
        deck.focus({ preventScroll: true });
      }
      return;
    }
    const notes = pagesOf(deck)[placeOf(deck)].querySelector("[data-notes]");
    const panel = PANELS[event.key.toLowerCase()];
    if (event.key === "Escape") {
      event.preventDefault();
      deck.querySelector("[data-leave]").click();
    } else if (KEYS[event.key]) {
      event.preventDefault();
      turn(deck, KEYS[event.key](placeOf(deck)));
    } else if (panel && notes && notes.querySelector(`[data-panel="${panel}"]`)) {
      event.preventDefault();
      openPanel(notes, panel, true);
    }
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!target.closest) { return; }
    const panel = target.closest("[data-panel]");
    if (panel && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const send = panel.querySelector(".edit-choices .btn-primary");
      if (send) {
        event.preventDefault();
        send.click();
        const deck = deckNow();
        if (deck) { deck.focus({ preventScroll: true }); }
      }
      return;
    }
    const link = target.closest(".points a[data-point]");
    if (link) {
      byKey(event, link);
      return;
    }
    const deck = deckNow();
    if (deck && !event.altKey && !event.ctrlKey && !event.metaKey) { inDeck(event, deck); }
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!target.closest) { return; }
    const tab = target.closest("[data-note]");
    if (tab) {
      openPanel(tab.closest("[data-notes]"), tab.dataset.note, true);
      return;
    }
    const link = target.closest("a[data-point]");
    if (link && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      choose(link);
      return;
    }
    const presents = target.closest("[data-presents]");
    if (presents) {
      const here = document.querySelector(".points a[aria-current]");
      presents.setAttribute("href", withPoint(presents.href, here ? here.dataset.point : ""));
    }
    const pressed = target.closest("[data-turn], [data-print]");
    if (!pressed) { return; }
    if (pressed.hasAttribute("data-print")) {
      window.print();
      return;
    }
    const deck = deckNow();
    turn(deck, placeOf(deck) + (pressed.dataset.turn === "on" ? 1 : -1));
  }, true);

  /* while the room watches, the keyboard stays within the screen; afterwards everything is there again */
  let watched = null;
  new MutationObserver((changes) => {
    const deck = deckNow();
    if (deck !== watched) {
      watched = deck;
      document.querySelectorAll(AROUND).forEach((part) => { part.inert = Boolean(deck); });
      if (deck) { turn(deck, placeOf(deck)); deck.focus({ preventScroll: true }); }
    }
    if (changes.some((change) => [...change.addedNodes].some((node) => node.querySelector && (node.matches(".time") || node.querySelector(".time"))))) {
      tick();
    }
    changes.forEach((change) => change.addedNodes.forEach((node) => {
      const told = node.nodeType === 1 && node.closest("[data-notes]") && (node.matches("[data-clears]") ? node : node.querySelector("[data-clears]"));
      if (told && !told.dataset.cleared) {
        told.dataset.cleared = "1";
        clear(told.closest("[data-notes]"), told.dataset.clears.split(" "));
      }
    }));
    if (follows) { /* the list was drawn anew: who moved a point by its keys stays on it */
      const link = pointsNow().find((one) => one.dataset.point === follows);
      if (link && document.activeElement !== link && !document.activeElement.closest("[data-panel]")) { link.focus(); }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("focusin", (event) => {
    if (follows && !event.target.closest(".points")) { follows = null; }
  });
})();
