/* A window over the page, made of elements alone, with its styles: what a tool of a card shows itself in. */
import { make } from "./card-make.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`@layer parts {
.card-window { inline-size: min(34rem, 100vw - 16px); max-block-size: calc(100dvh - 16px); margin: auto; padding: 0; overflow: auto; user-select: none; color: var(--ink); background: var(--raised); border: var(--edge); border-radius: var(--corner) }
.card-window > * { user-select: text }
.card-window::backdrop { background: rgb(0 0 0 / .65) }
.card-window > h2 { padding: var(--s3) var(--s4) calc(var(--s3) + 14px); font: 800 1.15rem/1.2 var(--bib); text-align: center; color: var(--on-band); background: var(--lanes) no-repeat 0 100% / 100% 12px, linear-gradient(var(--band) 0 0) no-repeat 0 0 / 100% calc(100% - 15px) }
.card-window > h2:focus-visible { outline-offset: -6px; outline-color: var(--on-band) }
.card-inside { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); padding: var(--s4) }
.card-inside button { padding-block: var(--s1) }
.card-inside .card-inside { padding: 0 }
.card-inside [hidden] { display: none }
.card-inside button:disabled { color: var(--quiet); border-color: var(--line); cursor: default; background: none }
.card-inside button[data-first] { color: var(--on-accent); background: var(--accent); border-color: var(--accent) }
.card-inside button[aria-pressed=true]::before { content: "✓ " / "" }
.card-inside button[aria-pressed=true] { box-shadow: inset 0 -4px var(--accent) }
.card-inside .button { text-align: center }
.card-inside :is(input, select, textarea):not([type=checkbox], [type=radio]) { display: block; inline-size: 100%; min-block-size: var(--touch); padding: var(--s2); font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--quiet); border-radius: var(--corner) }
.card-inside :is([type=checkbox], [type=radio]) { inline-size: 24px; block-size: 24px; accent-color: var(--accent) }
.card-check > input { flex: none }
.card-inside > div:not([class]) > button { inline-size: 100% }
.card-check { display: inline-flex; align-items: center; gap: var(--s2); min-block-size: var(--touch); padding-inline-end: var(--s3) }
.card-row { display: flex; flex-wrap: wrap; gap: var(--s2) }
.card-row > button { flex: 1 1 auto }
.card-inside fieldset { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.8rem, 1fr)); min-inline-size: 0; border: 0; margin: 0; padding: 0 }
.card-inside legend { font-weight: 700 }
@media print { .card-window { display: none } }
}`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

let count = 0;
/** Show a window with a heading, and return it. It goes when it is closed, and focus goes back to where it was. It takes
    the place of another one, but not that of a timer, which waits below it. */
export const show = (title, ...inside) => {
  const heading = make("h2", { id: `card-window-${count += 1}`, textContent: title, tabIndex: -1, autofocus: true });
  const box = make("dialog", { className: "card-window" }, heading, make("div", { className: "card-inside" }, ...inside));
  box.setAttribute("aria-labelledby", heading.id);
  const before = document.querySelector(".card-window:not([data-timer])");
  before?.close();
  before?.remove();
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  /* A caret that stays in the page below is looked for again at every key: on a long page that takes longer than the key.
     Nor may a touch beside the window set one. */
  getSelection().empty();
  box.showModal();
  return box;
};
export const nameOf = bib => bib.querySelector(".bib-name").textContent.trim();
