/* What the page asks the portal. Whatever carries a key is done once, so it is asked again until it is known what
   became of it; nothing is lost without a word. A session that has ended leads to the sign-in page, and back here. */
(function () {
  "use strict";
  const dash = (window.dash_clientside = window.dash_clientside || {});
  const send = window.fetch;
  const KEYED = /once-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
  const LONGEST_WAIT = 15000;
  const UNKNOWN = "Het is onbekend of dit bewaard is: de verbinding viel weg. Het portaal vraagt het opnieuw; wat u typte, blijft staan en wordt niet dubbel bewaard.";
  const LOST = "De verbinding met het portaal viel weg. Herlaad de pagina en kijk na of bewaard is wat u laatst deed.";
  const wait = (time) => new Promise((done) => setTimeout(done, time));

  /* who asked says it in its own place (and prevents the default), else it stands above the page */
  function tell(body, state, said) {
    const event = new CustomEvent("portal-asked", { cancelable: true, detail: { body, state, said } });
    if (document.dispatchEvent(event) && dash.set_props) {
      dash.set_props("problem", { children: said, is_open: state !== "answered", color: "warning" });
    }
  }
  const toldBy = (answer) => answer.clone().json().catch(() => ({}));

  /* the answer; nothing when it was lost, or does not say what became of it */
  async function tried(page, request) {
    try {
      const answer = await send.apply(page, request);
      await answer.clone().arrayBuffer(); /* cut off halfway is no answer */
      if (answer.status === 502 || answer.status === 504) { return null; }
      return answer.status === 503 && !(await toldBy(answer)).unchanged ? null : answer;
    } catch (lost) {
      return null;
    }
  }

  /* what was asked once may have been done, whatever is said of asking again */
  async function untilKnown(page, request, body) {
    for (let turn = 0; ; turn += 1) {
      const answer = await tried(page, request);
      if (answer && !(turn && answer.status === 503)) {
        if (turn) { tell(body, "answered", ""); }
        return answer;
      }
      tell(body, "unknown", UNKNOWN);
      await wait(Math.min(500 * 2 ** turn, LONGEST_WAIT));
    }
  }

  window.fetch = async function (...request) {
    const address = new URL(typeof request[0] === "string" ? request[0] : request[0].url, location.href).pathname;
    if (!address.includes("/_dash-")) { return send.apply(this, request); }
    const text = (request[1] && request[1].body) || "";
    const asks = address.endsWith("/_dash-update-component");
    const body = asks ? JSON.parse(text) : {};
    let answer;
    try {
      answer = await (asks && KEYED.test(text) ? untilKnown(this, request, body) : send.apply(this, request));
    } catch (lost) {
      tell(body, "refused", LOST);
      throw lost;
    }
    if (answer.status === 401) {
      const here = location.pathname + location.search;
      location.assign("/aanmelden?next=" + encodeURIComponent(here));
    } else if (answer.status >= 400 && asks) {
      tell(body, "refused", (await toldBy(answer)).message || LOST);
    }
    return answer;
  };
})();
