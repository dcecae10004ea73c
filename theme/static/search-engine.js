/* Reads the index that plugins/rehab/site/search/index.py writes, as little of it as a search needs. */
import { stem, words_in } from "./search-words.js";

const MOST_SHARDS = 4, MOST_FORMS = 16, LONGEST_NAME = 6;

/** How many letters apart two words are, counting two that changed places as one; anything above `most` is `most + 1`. */
export function apart(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before, last = [], row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    [before, last, row] = [last, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + !same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
  }
  return row[b.length];
}

/** Read postings: the documents that something is written in, and those where only readers say it. */
function read(text) {
  const [written, voices] = text.split("~").map(part => {
    let number = 0;
    return [...part.matchAll(/([0-9a-z]+)([A-Z])/g)].map(([, step, level]) =>
      [number += parseInt(step, 36), ((level.charCodeAt() - 64) / 26) ** 2]);
  });
  return { written, voices: voices ?? [] };
}

export function open(head, base) {
  const files = new Map(), stop = new Set(head.stop.split(" ")), keys = Object.keys(head.terms);
  const total = head.kinds.reduce((sum, kind) => sum + kind[2], 0), english = head.lang.startsWith("en");
  const root = english ? stem : word => word;
  const kinds = head.kinds.flatMap(([, , count], kind) => Array(count).fill(kind));
  const facets = Object.fromEntries(Object.entries(head.facets).map(([name, rows]) =>
    [name, rows.map(([title, text]) => ({ title, has: new Set(read(text).written.map(([number]) => number)) }))]));

  const get = (name, digest) => {
    const file = `${name}-${digest}.json`;
    if (!files.has(file)) {
      files.set(file, fetch(new URL(file, base)).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status)));
      files.get(file).catch(() => files.delete(file));
    }
    return files.get(file);
  };
  const safe = key => key.replace(/[^A-Za-z0-9-]/gu, each => "u" + each.codePointAt().toString(16));
  const shard = key => get(`t-${safe(key)}`, head.terms[key]);
  const key_of = term => keys.filter(key => term.startsWith(key)).sort((a, b) => b.length - a.length)[0];
  const shards = async term => {
    const own = key_of(term), below = keys.filter(key => key !== own && key.startsWith(term)).slice(0, MOST_SHARDS);
    return Object.assign({}, ...await Promise.all((own ? [own, ...below] : below).map(shard)));
  };

  /** What a word of the search stands for in the index: its forms, each with how much it counts; and what was meant. */
  async function forms(word, growing) {
    const wanted = root(word), terms = await shards(wanted), found = new Map();
    if (terms[wanted]) found.set(wanted, [1, terms[wanted]]);
    if ((growing || !found.size) && word.length > 1) {
      Object.keys(terms).filter(term => term !== wanted && !term.endsWith("=") && (term.startsWith(wanted) || term.startsWith(word)))
        .sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MOST_FORMS)
        .forEach(term => found.set(term, [.3 + .6 * wanted.length / term.length, terms[term]]));
    }
    if (found.size || word.length < 4) return { found, word };
    const most = word.length < 8 ? 1 : 2, known = (await get("words", head.words)).split(" ");
    const near = list => list.map(each => [apart(word, each, most), each]).filter(([far]) => far <= most)
      .sort((a, b) => a[0] - b[0] || (a[1][0] !== word[0]) - (b[1][0] !== word[0]) || (a[1] < b[1] ? -1 : 1)).slice(0, 4);
    let others = near(known);
    if (!others.length) others = near(Object.keys(terms).filter(term => !term.endsWith("=")));
    others = others.filter(([far]) => far === others[0][0]);
    for (const [far, other] of others) {
      const term = root(other), text = (await shards(term))[term];
      if (text) found.set(term, [far > 1 ? .5 : .7, text]);
    }
    return { found, word: others[0]?.[1] ?? word, meant: others[0]?.[1] };
  }

  /** Find documents by what is written, best first. `narrow` has the number of a kind, an injury, a thing at hand. */
  async function search(text, narrow = {}) {
    const typed = words_in(text), telling = typed.filter(word => !stop.has(word)), words = telling.length ? telling : typed;
    const growing = !/\s$/.test(text);
    const all = await Promise.all(words.map((word, at) => forms(word, growing && at === words.length - 1)));
    const scores = new Map(), roots = all.map(each => root(each.word));
    for (const { found } of all) {
      const here = new Map();
      for (const [factor, postings] of found.values()) {
        const { written, voices } = read(postings);
        for (const [number, level] of written) {
          const row = here.get(number) ?? [0, false];
          here.set(number, [Math.max(row[0], level * factor), false]);
        }
        for (const [number, level] of voices) if (!here.has(number)) here.set(number, [level * factor, true]);
      }
      for (const [number, [score, voice]] of here) {
        const row = scores.get(number) ?? { number, score: 0, words: 0, voices: 0 };
        scores.set(number, { number, score: row.score + score, words: row.words + 1, voices: row.voices + voice });
      }
    }
    const meant = new Map(words.flatMap((word, at) => all[at].meant ? [[word, all[at].meant]] : []));
    const named = await names(typed.map(word => meant.get(word) ?? word), meant.size ? .6 : 1);
    const rows = [...scores.values()];
    for (const row of rows) row.score = row.score * (row.words / words.length) ** 2 + (named.get(row.number) ?? 0);
    for (const [number, score] of named) if (!scores.has(number)) rows.push({ number, score, words: 1, voices: 0 });
    rows.sort((a, b) => b.score - a.score || a.number - b.number);
    return { rows: rows.filter(({ number }) => fits(number, narrow)), counts: counts(rows, narrow), meant: [...meant], roots };
  }

  /** Find the names that are in a search: the whole of it counts most. */
  async function names(words, sure) {
    const found = new Map();
    for (let from = 0; from < words.length; from++) {
      const first = root(words[from]);
      if (!key_of(first) || stop.has(words[from]) && stop.has(words[from + 1] ?? "a")) continue;
      const terms = await shard(key_of(first));
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_NAME); to++) {
        const part = words.slice(from, to), text = terms[part.map(root).join(" ") + "="];
        if (!text || part.length === 1 && stop.has(part[0])) continue;
        const whole = part.length === words.length, weight = whole ? 2 : .35 * part.length / words.length;
        for (const [number, level] of read(text).written) {
          found.set(number, Math.max(found.get(number) ?? 0, sure * weight * level - kinds[number] / 100));
        }
      }
    }
    return found;
  }

  const fits = (number, { kind, ...others }) => (kind === undefined || kinds[number] === kind)
    && Object.entries(others).every(([name, at]) => at === undefined || facets[name][at].has.has(number));
  const counts = (rows, narrow) => {
    const count = (name, test) => rows.filter(row => test(row.number) && fits(row.number, { ...narrow, [name]: undefined })).length;
    const made = { kind: head.kinds.map(([, many], at) => [many, count("kind", number => kinds[number] === at)]) };
    for (const name in facets) made[name] = facets[name].map(({ title, has }) => [title, count(name, number => has.has(number))]);
    return made;
  };

  /** Fetch what is shown of documents. */
  const show = rows => Promise.all(rows.map(async row => {
    const at = Math.floor(row.number / head.per), part = await get(`d${at}`, head.docs[at]);
    const [title, url, words] = part[row.number % head.per];
    return { ...row, words_found: row.words, title, url, words, kind: head.kinds[kinds[row.number]][0] };
  }));

  return { search, show, total, root };
}
