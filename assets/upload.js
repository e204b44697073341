/* A file that is too large is refused here: the browser would drop it, or send it for nothing, without a word. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});
  dash.upload = {
    forget: (kind, kept) => (kind === kept ? dash.no_update : null),
    keep: (children, rows, closed, kind, who) => (children ? [{ children, rows, closed, who }, kind] : [null, null]),
    /* to another person who signs in here nothing is shown, and nothing stays */
    bringBack: function (who, kept) {
      if (kept && kept.who === who) { return [kept.children, kept.rows, kept.closed]; }
      if (kept) { dash.set_props("imports-kept", { data: null }); }
      return [dash.no_update, dash.no_update, dash.no_update];
    },
    ready: (contents) => [!contents, Boolean(contents)],
    busy: (sent, name) => (sent ? `Bezig: ${name} (${Math.ceil(sent.length * 0.75 / 1024)} kB) lezen en vergelijken …` : ""),
  };
  const place = (event) => event.target.closest && event.target.closest(".upload-place");
  const files = (event) => (event.dataTransfer || event.target).files || [];
  const size = (bytes) => (bytes / 1048576).toLocaleString("nl-BE", { maximumFractionDigits: 1 }) + " MB";

  function check(event) {
    const here = place(event);
    if (!here || !files(event).length) { return; }
    const file = files(event)[0];
    const fault = here.querySelector(".fault");
    fault.textContent = file.size > Number(here.dataset.most)
      ? `${file.name} is ${size(file.size)}; een bestand telt hoogstens ${here.dataset.mostSaid}. Splits het.`
      : "";
    // the same file chosen again is read again, and what was said of it before goes away at once
    const clears = { [here.querySelector("[id]").id]: { contents: null }, ...JSON.parse(here.dataset.clears) };
    for (const [id, props] of Object.entries(clears)) { window.dash_clientside.set_props(id, props); }
  }
  // dcc.Upload draws its file input late and without a name: a screen reader would say "no label"
  function name() {
    for (const field of document.querySelectorAll(".upload-place input[type=file]:not([aria-label])")) {
      field.setAttribute("aria-label", "Kies een bestand of sleep het hierheen");
    }
  }
  new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("drop", check, true);
  document.addEventListener("change", check, true);
})();
