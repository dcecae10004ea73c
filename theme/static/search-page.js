/* The search page while somebody searches. */
import { open } from "./search-engine.js";
import { words_in } from "./search-words.js";

const STEP = 10, PAUSE = 120;
const LABELS = { kind: ["What", "Anything"], injury: ["For which injury", "Any injury"], equipment: ["At hand", "Anything"] };
const make = (name, values = {}, ...inside) => {
  const element = Object.assign(document.createElement(name), values);
  element.append(...inside);
  return element;
};

export function start(form, head) {
  const find = name => document.querySelector(`[data-${name}]`), [said, list, more, ways] = ["said", "found", "more", "ways"].map(find);
  const field = form.elements.q, home = new URL(form.dataset.home, location.href);
  const engine = open(head, new URL(form.dataset.search, location.href)), selects = {};
  let turn = 0, shown = STEP, timer, before;

  const box = form.appendChild(make("div", { className: "narrow", hidden: true }));
  for (const [name, [label]] of Object.entries(LABELS)) {
    selects[name] = make("select", { name, onchange: () => run() });
    box.append(make("label", {}, label, selects[name]));
  }
  const given = new URLSearchParams(location.search);

  const narrow = () => Object.fromEntries(Object.entries(selects).map(([name, each]) => [name, each.value === "" ? undefined : +each.value]));
  const offer = counts => {
    for (const [name, select] of Object.entries(selects)) {
      const chosen = select.value, rows = counts[name].map(([title, count], at) => [title, count, String(at)]);
      const some = rows.filter(([, count, at]) => count || at === chosen);
      select.replaceChildren(make("option", { value: "", textContent: LABELS[name][1] }),
        ...some.map(([title, count, value]) => make("option", { value, textContent: `${title} (${count})` })));
      select.value = chosen;
      select.parentNode.hidden = some.length < (name === "kind" ? 2 : 1);
    }
    box.hidden = [...box.children].every(each => each.hidden);
  };

  const marked = (text, roots) => text.split(/([\p{L}\p{N}’']+)/u).map((part, at) =>
    at % 2 && words_in(part).some(word => roots.some(root => engine.root(word).startsWith(root))) ? make("mark", { textContent: part }) : part);

  const voice = ({ voices, words_found: words }) => voices ? ` · ${voices < words ? "partly " : ""}in a reader’s comment there` : "";

  async function run() {
    const mine = ++turn, text = field.value, query = text.trim(), same = query === before;
    const address = new URL(location.href);
    address.search = query ? new URLSearchParams({ q: query }) : "";
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    if (!same) shown = STEP;
    if (words_in(query).join("").length < 2) {
      before = query;
      list.replaceChildren();
      [said.textContent, more.hidden, box.hidden, ways.hidden] = ["", true, true, false];
      return;
    }
    if (query !== before) for (const each of Object.values(selects)) if (before !== undefined && !query.startsWith(before)) each.value = "";
    try {
      const { rows, counts, meant, roots } = await engine.search(text, narrow());
      const results = await engine.show(rows.slice(0, shown));
      if (mine !== turn) return;
      before = query;
      offer(counts);
      list.replaceChildren(...results.map(each => make("li", {},
        make("h2", {}, make("a", { href: new URL(each.url, home).href }, ...marked(each.title, roots))),
        make("p", { className: "by", textContent: each.kind + voice(each) }),
        make("p", {}, ...marked(each.words, roots)))));
      more.hidden = rows.length <= shown;
      ways.hidden = rows.length > 0;
      const number = rows.length ? `${rows.length} ${rows.length === 1 ? "result" : "results"}` : "Nothing found";
      const instead = meant.map(([typed, word]) => ` Nothing is called “${typed}” here; this is for “${word}”.`).join("");
      said.textContent = `${number} for “${query}”.${instead}${rows.length ? "" : " Try another word for it, or one of the lists below."}`;
    } catch {
      if (mine === turn) said.textContent = "The search cannot be loaded just now. The lists below lead on.";
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(run, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    run();
  });
  more.addEventListener("click", async () => {
    const at = shown;
    shown += STEP;
    await run();
    list.children[at]?.querySelector("a").focus();
  });
  return run();
}
