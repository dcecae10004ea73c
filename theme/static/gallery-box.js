/* The dialog of a gallery, with its styles: one picture at a time, each a copy of what the page shows already, so nothing
   more is asked of the server. The address is that of the picture's own page, or its name after a #. Arrows, swipe, Esc,
   Back. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(`@layer parts {
.lightbox { inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none; padding: var(--s3) var(--gutter); border: 0; color: var(--ink); background: var(--paper) }
.lightbox[open] { display: grid; grid-template-rows: minmax(0, 1fr) auto; gap: var(--s3) }
.lightbox > div:first-child { overflow: auto; display: grid; align-content: center; gap: var(--s2) }
.lightbox-at { font-size: var(--small); font-weight: 700; text-align: center }
.lightbox-picture { touch-action: pan-y pinch-zoom }
.lightbox .picture { display: grid; justify-items: center; text-align: center }
.lightbox :is(img, .frame) { inline-size: min(100vw - 2 * var(--gutter), 72vh * var(--ratio), 46rem); max-inline-size: none }
.lightbox .frame img { inline-size: 100% }
.lightbox-bar { display: flex; flex-wrap: wrap; justify-content: center; gap: var(--s2) var(--s3) }
.lightbox-bar [data-go] { min-inline-size: 72px; font-size: 1.5rem }
}`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const make = (name, props, ...inside) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...inside);
  return element;
};
const way = (by, sign, words) => make("button", { type: "button", textContent: sign, ariaLabel: words, onclick: () => go(by) });
const at = make("p", { className: "lightbox-at" }), stage = make("div", { className: "lightbox-picture" });
const told = make("div", { ariaLive: "polite", ariaAtomic: "true" }, at, stage);
const larger = make("a", { className: "button", textContent: "Larger" });
const next = way(1, "›", "Next picture");
const bar = make("div", { className: "lightbox-bar" }, way(-1, "‹", "Picture before"), next, larger,
  make("button", { type: "button", textContent: "Close", onclick: () => box.close() }));
const box = make("dialog", { className: "lightbox", id: "lightbox", ariaLabel: "Picture" }, told, bar);
for (const each of bar.querySelectorAll("[aria-label]")) each.dataset.go = "";
next.autofocus = true;

const all = [...document.querySelectorAll(".gallery figure > a")];
let link, startedAt;

export const show = (chosen, keep) => {
  link = chosen;
  const row = rowOf(link), copy = link.parentNode.cloneNode(true), inside = copy.querySelector("a");
  inside.replaceWith(...inside.childNodes);
  copy.querySelector("img").loading = "eager";
  at.textContent = `${row.indexOf(link) + 1} of ${row.length}`;
  stage.replaceChildren(copy);
  larger.href = link.href;
  const address = link.dataset.name ? "#" + link.dataset.name : link.href;
  if (keep) history[keep]({ picture: all.indexOf(link) }, "", address);
  if (!box.isConnected) document.body.append(box);
  getSelection().empty();
  if (!box.open) box.showModal();
};
const rowOf = one => [...one.closest(".gallery").querySelectorAll("figure > a")];
const home = () => {
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest", behavior: "instant" });
};
const go = by => {
  const row = rowOf(link);
  show(row.at((row.indexOf(link) + by) % row.length), "replaceState");
};

box.addEventListener("click", ({ target }) => { if (target === box) box.close(); });
box.addEventListener("keydown", ({ key }) => {
  if (key === "ArrowRight") go(1);
  if (key === "ArrowLeft") go(-1);
});
stage.addEventListener("pointerdown", event => { startedAt = event.pointerType === "mouse" ? NaN : event.clientX; });
stage.addEventListener("pointerup", event => {
  const by = startedAt - event.clientX;
  if (Math.abs(by) > 40) go(Math.sign(by));
});
box.addEventListener("close", () => {
  stage.replaceChildren();
  if (history.state?.picture >= 0) history.back();
  else home();
});
addEventListener("popstate", ({ state }) => {
  if (all[state?.picture]) show(all[state.picture]);
  else if (box.open) box.close();
  else if (link) setTimeout(home); // the browser first scrolls to where the page was
});
