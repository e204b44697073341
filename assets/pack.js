/* The pack takes a moment to make: the link says so until it is there, and is not asked twice. */
(function () {
  "use strict";
  const PACK = 'a[href*="/download/steering/pack-"]';
  const told = document.createElement("span");
  told.className = "quiet";
  told.setAttribute("role", "status");
  document.addEventListener("DOMContentLoaded", () => document.body.append(told));

  const nameIn = (answer) => /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");

  async function bring(link) {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const named = nameIn(answer);
    if (!answer.ok || !named) { throw new Error(String(answer.status)); }
    const file = document.createElement("a");
    file.href = URL.createObjectURL(await answer.blob());
    file.download = named[1];
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 60000);
    told.textContent = `${named[1]} is klaar.`;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(PACK);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    if (link.getAttribute("aria-busy") === "true") { return; }
    link.setAttribute("aria-busy", "true");
    told.textContent = `Bezig: ${link.textContent} wordt gemaakt …`;
    bring(link)
      .catch(() => { told.textContent = ""; location.assign(link.href); }) /* its answer says why */
      .finally(() => link.removeAttribute("aria-busy"));
  });
})();
