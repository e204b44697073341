/* A session that has ended answers 401 to every call of the page: go and sign in, then come back here. */
(function () {
  "use strict";
  const ask = window.fetch;
  window.fetch = async function (...request) {
    const answer = await ask.apply(this, request);
    const address = typeof request[0] === "string" ? request[0] : request[0].url;
    if (answer.status === 401 && new URL(address, location.href).pathname.includes("/_dash-")) {
      const here = location.pathname + location.search;
      location.assign("/aanmelden?next=" + encodeURIComponent(here));
    }
    return answer;
  };
})();
