/* Where a grid comes from: its library, a third of what a page weighs, is fetched the first time somebody sees a grid.
   Dash would load it with every page. Without the meta tag it does. */
(function () {
  "use strict";
  const bundle = document.querySelector('meta[name="grid-bundle"]');
  if (!bundle) { return; }
  let coming, library;

  function keep() {
    library = window.dash_ag_grid;
    window.dash_ag_grid = { AgGrid: Grid, getApi: library.getApi, getApiAsync: library.getApiAsync };
    return library;
  }
  function fetched() {
    coming = coming || new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = bundle.content;
      script.onload = () => done(keep());
      script.onerror = failed;
      document.head.append(script);
    });
    return coming;
  }
  /* one that lies closed waits until it is opened; one in sight is drawn at once, before anything is painted */
  function Grid(props) {
    const [wanted, setWanted] = window.React.useState(false);
    const [here, setHere] = window.React.useState(Boolean(library));
    const place = window.React.useRef(null);
    window.React.useLayoutEffect(() => {
      if (wanted || !place.current) { return undefined; }
      if (place.current.checkVisibility()) { setWanted(true); return undefined; }
      const seen = (entries) => { if (entries.some((one) => one.isIntersecting)) { setWanted(true); } };
      const watch = new IntersectionObserver(seen);
      watch.observe(place.current);
      return () => watch.disconnect();
    }, [wanted]);
    window.React.useEffect(() => { if (wanted && !here) { fetched().then(() => setHere(true)); } }, [wanted, here]);
    return wanted && here ? window.React.createElement(library.AgGrid, props)
      : window.React.createElement("div", { ref: place, style: props.style, className: props.className });
  }
  Grid.dashRenderType = true; /* as the library's own says of itself */
  window.dash_ag_grid = { AgGrid: Grid, getApiAsync: (id) => fetched().then((found) => found.getApiAsync(id)) };
})();
