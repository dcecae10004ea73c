/* What else can be done with a card and its page: write it down, print, keep, plan, share, another unit. */
import { button, make, said } from "./card-make.js";
import { nameOf, show } from "./card-window.js";
import { here, units, write } from "./card-store.js";

const root = document.documentElement;
const titleOf = () => document.querySelector("h1").textContent.trim();
const cards = () => [...document.querySelectorAll("main .bib")].filter(each => each.querySelector(".bib-tools"));

/** Offer the tools of a card, or those of the page alone. */
export const open = bib => {
  const words = said(), box = () => words.closest("dialog"), all = cards();
  const plan = document.querySelector("[data-often]");
  const list = [
    bib && button("Done today", async () => (await import("./card-log.js")).tick(bib)),
    ...(bib ? toggles(bib) : []),
    bib && button("Print this card", () => print(box(), [bib])),
    !bib && button("Print this page", () => { box().close(); self.print(); }),
    all.length > 1 && button("Print all cards, four to a sheet", () => print(box(), all)),
    button("Keep for offline", async () => { words.textContent = await keep(); }),
    plan && button("Put it in your calendar", async () => (await import("./card-plan.js")).plan(plan)),
    button(navigator.share ? "Share" : "Copy the link", async () => { words.textContent = await share(bib); }),
    make("a", { className: "button", href: document.getElementById("box").href, textContent: "Your card box" }),
    button("Close", () => box().close()),
  ];
  show(bib ? nameOf(bib) : titleOf(), ...list.filter(Boolean), words).closedBy = "any";
};

const PAIRS = { kg: "lb", lb: "kg", km: "mi", mi: "km" };
const toggles = bib => {
  const found = new Set([...bib.querySelectorAll("[data-in]")].map(each => each.dataset.in));
  return [...found].map(unit => {
    const press = event => {
      const liked = units(), on = liked.includes(unit);
      const now = liked.filter(each => each !== unit && each !== PAIRS[unit]).concat(on ? [] : unit);
      event.target.ariaPressed = String(!on);
      write("units", now);
      dispatchEvent(new CustomEvent("units", { detail: now }));
    };
    return make("div", {},
      button(`Say it in ${unit} first`, press, { ariaPressed: String(units().includes(unit)) }),
      make("p", { className: "by", textContent: `The author wrote ${PAIRS[unit]}. What stands after ≈ is worked out and rounded.` }));
  });
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(`@media screen { .card-sheet { display: none } }
@media print { @layer print {
[data-cards] body > * { display: none }
[data-cards] body > .card-sheet { display: grid }
.card-sheet summary { min-block-size: 0; padding: 0; font-weight: 700; list-style: none }
.card-sheet .bib { max-inline-size: none; zoom: 1 }
.card-sheet .bib-tag > * + * { margin-block-start: 2mm }
.card-sheet .steps img { max-block-size: 34mm; inline-size: auto }
.card-sheet > div { display: flex; flex-direction: column; break-inside: avoid }
.card-sheet > div > .by { margin-block-start: 2mm; overflow-wrap: anywhere; font-size: 8pt }
[data-cards=one] .card-sheet { max-inline-size: 150mm; margin-inline: auto }
[data-cards=one] .bib-tag { font-size: 11pt }
[data-cards=four] .card-sheet { grid-template-columns: 1fr 1fr }
[data-cards=four] .card-sheet .by:not(:last-child) { display: none }
[data-cards=four] .flow { --space: 2mm }
[data-cards=four] .card-sheet > div { min-block-size: 125mm; padding: 3mm 4mm; border: 1px dashed #888; margin: 0 -1px -1px 0 }
[data-cards=four] .bib { --number: 20mm; zoom: .76 }
} }`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const words = each => each.textContent.replace(/\s+/g, " ").trim();
const linkOf = bib => bib.querySelector(".bib-name a");
/* How it is done stands on the first card of an exercise alone, but on paper each card is by itself. */
const copy = bib => {
  const card = bib.cloneNode(true), link = linkOf(bib), first = cards().find(each => link && linkOf(each)?.href === link.href);
  for (const each of card.querySelectorAll(".bib-tools")) each.remove();
  const own = [link?.href, words(card.querySelector(".bib-number")), words(card.querySelector(".bib-edge")),
    ...[...card.querySelectorAll(".bib-tag > :not(.bib-how)")].map(words)].join("\n");
  if (bib.dataset.size === "hero") card.append(make("div", { className: "bib-tag" }, ...around()));
  else if (first !== bib && !card.querySelector(".bib-how")) {
    const tag = card.querySelector(".bib-tag") ?? card.appendChild(make("div", { className: "bib-tag" }));
    tag.append(...[...first.querySelectorAll(".bib-how")].map(each => each.cloneNode(true)));
  }
  for (const each of [card, ...card.querySelectorAll("[id]")]) each.removeAttribute("id");
  for (const each of card.querySelectorAll("details")) each.open = true;
  const url = new URL(link ? link.href : location.pathname, location);
  return [own, make("div", {}, card, make("p", { className: "by", textContent: url.href }))];
};
/* On an exercise's own page, how it is done stands around the card. */
const around = () => ["steps", "cues"].flatMap(id => {
  const part = document.getElementById(id)?.closest("section")?.cloneNode(true);
  for (const each of part?.querySelectorAll("[id]") ?? []) each.removeAttribute("id");
  for (const each of part?.querySelectorAll(".moves-bar, .by") ?? []) each.remove();
  return part ? [...part.children] : [];
});
const print = (box, list) => {
  const paper = make("div", { className: "card-sheet" }, ...new Map(list.map(copy)).values());
  box.close();
  document.body.append(paper);
  root.dataset.cards = list.length > 1 ? "four" : "one";
  addEventListener("afterprint", () => { paper.remove(); delete root.dataset.cards; }, { once: true });
  self.print();
};

const keep = async () => {
  const { keepPage } = await import("./card-keep.js");
  return keepPage(here(), titleOf());
};
const share = async bib => {
  const url = new URL(location);
  url.search = "";
  url.hash = bib?.id ?? "";
  try {
    if (navigator.share) await navigator.share({ title: bib ? nameOf(bib) : titleOf(), url: url.href });
    else await navigator.clipboard.writeText(url.href);
    return navigator.share ? "" : "The link is copied.";
  } catch (stop) {
    return stop.name === "AbortError" ? "" : url.href;
  }
};
