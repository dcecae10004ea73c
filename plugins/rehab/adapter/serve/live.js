// Added to each page by `rehab serve` alone: loads a page again when it has been rebuilt, and shows what is wrong.
(() => {
  "use strict";
  const seen = document.currentScript.dataset.seen;
  const place = `rehab-scroll:${location.pathname}`;
  const closed = "rehab-closed";
  let source = null;
  let panel = null;

  const kept = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* a private window */ } };

  const restore = () => {
    const at = kept(place);
    if (at) {
      const [left, top] = at.split(" ").map(Number);
      scrollTo({ left, top, behavior: "instant" });
    }
  };
  const settle = () => {
    restore();
    try { sessionStorage.removeItem(place); } catch { /* as above */ }
  };
  if (kept(place)) {
    restore();
    if (document.readyState === "complete") settle(); else addEventListener("load", settle, { once: true });
  }

  const reload = () => {
    keep(place, `${scrollX} ${scrollY}`);
    if (source) source.close();
    location.reload();
  };

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };

  // A style sheet made by a script is allowed by every Content-Security-Policy that allows the script.
  const look = `
    :host { all: initial; }
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-block-size: 60vh;
      overflow: auto; padding: 1rem 1.25rem; border-block-start: 4px solid #ffb4a8; background: #1b1517; color: #fff;
      font: 15px/1.5 system-ui, sans-serif; }
    h2 { margin: 0 4rem .5rem 0; font-size: 1rem; }
    button { position: absolute; inset: .75rem 1rem auto auto; min-block-size: 2.25rem; padding: 0 .75rem;
      border: 1px solid #fff; border-radius: .25rem; background: transparent; color: #fff; font: inherit; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { padding-block: .4rem; border-block-start: 1px solid #5b4a4d; overflow-wrap: anywhere; }
    a, code { color: #ffd479; font-family: ui-monospace, monospace; }
    pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-family: ui-monospace, monospace; }
    p { margin: 0; }
    .hint { color: #d8cdd0; }
    :focus-visible { outline: 3px solid #ffd479; outline-offset: 2px; }`;

  const close = () => {
    if (!panel) return;
    panel.host.remove();
    keep(closed, panel.said);
    panel = null;
  };
  addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  const where = (problem) => problem.link
    ? make("a", problem.where, { href: problem.link })
    : make("code", problem.where);

  const entry = (problem) => {
    const item = document.createElement("li");
    const line = make("p", "");
    if (problem.where) line.append(where(problem), " ");
    line.append(`${problem.severity}: ${problem.message}`);
    item.append(line);
    if (problem.hint) item.append(make("p", problem.hint, { class: "hint" }));
    return item;
  };

  const show = (state) => {
    const said = JSON.stringify([state.failed, state.problems]);
    if (panel && panel.said === said) return;
    if (panel) { panel.host.remove(); panel = null; }
    if (!state.failed && !state.problems.length) { keep(closed, ""); return; }
    if (kept(closed) === said) return;
    const host = document.createElement("rehab-overlay");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(look);
    root.adoptedStyleSheets = [sheet];
    const section = make("section", "", { role: "alert", "aria-label": "Problems of this site" });
    section.append(make("h2", state.title));
    if (state.failed) section.append(make("pre", state.failed));
    const list = document.createElement("ol");
    list.append(...state.problems.map(entry));
    if (state.more) list.append(make("li", state.more));
    const button = make("button", "Close (Esc)", { type: "button" });
    button.addEventListener("click", close);
    section.append(list, button);
    root.append(section);
    panel = { host, said };
    document.documentElement.append(host);
  };

  // A picture that was asked for before it was made is asked for again.
  const retry = () => {
    for (const image of document.images) if (image.complete && !image.naturalWidth && image.src) image.src = image.src;
  };

  const listen = () => {
    if (source) return;
    const asked = new URLSearchParams({ page: location.pathname, seen });
    source = new EventSource(`/-rehab/events?${asked}`);
    source.addEventListener("reload", reload);
    source.addEventListener("state", (event) => { show(JSON.parse(event.data)); retry(); });
  };
  const rest = () => { if (source) source.close(); source = null; };

  // Browsers open six connections to one server: pages that nobody looks at hold none.
  document.addEventListener("visibilitychange", () => { if (document.hidden) rest(); else listen(); });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  if (!document.hidden) listen();
})();
