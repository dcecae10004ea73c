/* Your card box: the pages that a reader kept and the log, all of it in this browser. */
import { base, canKeep, entries, forget, kept, read, write } from "./card-store.js";
import { button, make, said } from "./card-make.js";

const box = document.getElementById("card-box"), words = said();
const LANG = document.documentElement.lang.replace(/^en$/, "en-GB");
const log = () => entries(read("log"));
const CACHE = base + "saved";
/** Let a page go: from the list, and from the cache. Pictures that no kept page needs go with the last one. */
const dropPage = async path => {
  const list = kept().filter(each => each.path !== path);
  write("saved", list);
  try {
    if (list.length) await (await caches.open(CACHE)).delete(location.origin + base + path);
    else await caches.delete(CACHE);
  } catch { /* nothing was kept */ }
  return list;
};

/** Return the paths of the kept pages that the cache has. */
const offline = async () => {
  try {
    const keys = await (await caches.open(CACHE)).keys();
    return new Set(keys.map(each => new URL(each.url).pathname.slice(base.length)));
  } catch { return new Set(); }
};

const link = (path, title) => path ? make("a", { href: base + path, textContent: title }) : title;
const day = iso => make("time", { dateTime: iso, textContent: new Date(iso + "T12:00:00").toLocaleDateString(LANG, { dateStyle: "long" }) });
const tell = text => { words.textContent = text; };

const keptPart = async () => {
  const list = kept(), have = await offline();
  const drop = each => button("Remove", async () => { await dropPage(each.path); await draw(); tell(`${each.title} is removed.`); },
    { ariaLabel: `Remove ${each.title}` });
  return make("section", { className: "part" }, make("h2", { textContent: "Kept for offline" }),
    ...(list.length ? [make("ul", { className: "ruled" }, ...list.map(each => make("li", {},
      make("p", { className: "tap" }, link(each.path, each.title)),
      make("p", { className: "by" }, have.has(each.path) && canKeep() ? "opens without a network" : "needs the network", each.day ? ", kept on " : "", each.day ? day(each.day) : ""),
      drop(each))))]
      : [make("p", { textContent: "Nothing yet. Every card and every program can be kept: choose More on the card." })]));
};
const logPart = () => {
  const list = log().map((each, at) => [each, at]).sort(([one], [other]) => other.day.localeCompare(one.day));
  const drop = (each, at) => button("Remove", async () => { write("log", log().filter((_, place) => place !== at)); await draw(); tell("The line is removed."); },
    { ariaLabel: `Remove ${each.title} of ${each.day}` });
  return make("section", { className: "part" }, make("h2", { textContent: "What you wrote down" }),
    ...(list.length ? [make("ul", { className: "ruled" }, ...list.map(([each, at]) => make("li", {},
      make("p", {}, day(each.day)), make("p", {}, link(each.path, each.title), each.dose && `: ${each.dose}`),
      each.note && make("p", { className: "by", textContent: each.note }), drop(each, at))))]
      : [make("p", { textContent: "Nothing yet. After a set, choose Done today on its card." })]));
};

const filePart = () => {
  const files = () => import("./card-file.js");
  const take = async file => {
    const told = await (await files()).take(file);
    await draw();
    tell(told);
  };
  const input = make("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: () => input.files[0] && take(input.files[0]) });
  const erase = button("Erase everything", async () => {
    if (!confirm("Erase the log and all that is kept, in this browser, for good?")) return;
    for (const each of kept()) await dropPage(each.path);
    for (const each of ["log", "saved", "units"]) forget(each);
    await draw();
    tell("Everything is erased.");
  });
  return make("section", { className: "part" }, make("h2", { textContent: "Take it with you, or end it" }),
    make("div", { className: "row" }, button("Save all as a file (JSON)", async () => (await files()).saveAll()),
      button("Save the log as a table (CSV)", async () => (await files()).saveTable()),
      button("Read such a file (JSON)", () => input.click()), input, erase));
};
const draw = async () => box.replaceChildren(words, await keptPart(), logPart(), filePart());
draw();
addEventListener("storage", draw);
