/* "Done today": what a reader did, written into the log in this browser. */
import { button, field, make, said } from "./card-make.js";
import { nameOf, show } from "./card-window.js";
import { base, entries, here, read, today, write } from "./card-store.js";

/** Ask what was done of a card, with what it says already there. `sets` is how many a timer has seen. */
export const tick = (bib, sets = 0) => {
  const all = Number(/sets=(?:\d+-)?(\d+)/.exec(bib.dataset.dose ?? "")?.[1] ?? 0), line = bib.dataset.line ?? "";
  const day = make("input", { type: "date", value: today(), required: true });
  const dose = make("input", { value: sets && sets < all ? `${sets} of ${line}` : line, maxLength: 200 });
  const note = make("textarea", { rows: 2, maxLength: 2000 });
  const put = make("button", { textContent: "Write it down" });
  put.dataset.first = "";
  const form = make("form", { method: "dialog", className: "card-inside" },
    field("Day", day), field("How much", dose), field("Note, if you like", note),
    make("div", { className: "card-row" }, put, button("Not now", () => box.close())),
    make("p", { className: "by", textContent: "It stays in this browser; nothing leaves your device." }));
  form.onsubmit = event => {
    event.preventDefault();
    const title = nameOf(bib), path = bib.querySelector(".bib-name a")?.pathname.slice(base.length) ?? here();
    const log = entries([...entries(read("log")), { day: day.value, title, path, dose: dose.value, note: note.value }]);
    const words = said();
    const box = show(title, words, make("a", { className: "button", href: document.getElementById("box").href, textContent: "Your card box" }),
      button("Close", () => box.close()));
    words.textContent = write("log", log) ? "Written down." : "This browser keeps nothing for this page, so it is not written down.";
  };
  const box = show(`Done: ${nameOf(bib)}`, form);
};
