/* What a reader keeps: in this browser, under names that begin with the site's own path. It may be missing, blocked,
   full, or written by anybody: what is read is looked at before it is used, and nothing here throws. */
export const base = new URL("..", import.meta.url).pathname;
const named = name => `comeback:${base}:${name}`;
const MOST = 5000;

export const read = name => {
  try { return JSON.parse(localStorage.getItem(named(name))); } catch { return null; }
};
export const write = (name, value) => {
  try {
    localStorage.setItem(named(name), JSON.stringify(value));
    return true;
  } catch { return false; }
};
export const forget = name => {
  try { localStorage.removeItem(named(name)); } catch { /* there is nothing to forget */ }
};

const words = (value, most) => typeof value === "string" ? value.slice(0, most) : "";
const path = value => {
  try {
    const url = new URL(words(value, 2000), location.origin + base);
    return url.origin === location.origin && url.pathname.startsWith(base)
      ? url.pathname.slice(base.length) + url.hash : "";
  } catch { return ""; }
};
const DAY = /^\d{4}-\d\d-\d\d$/;
const rows = (value, clean) => (Array.isArray(value) ? value : []).slice(0, MOST)
  .filter(each => each && typeof each === "object").map(clean);

/** Return entries of a log as they may be shown: a day, a title, and words. */
export const entries = value => rows(value, each => ({
  day: words(each.day, 10), title: words(each.title, 200), path: path(each.path),
  dose: words(each.dose, 200), note: words(each.note, 2000),
})).filter(each => DAY.test(each.day) && each.title);
/** Return kept pages as they may be shown; one only of each address. */
export const pages = value => [...new Map(rows(value, each => ({
  title: words(each.title, 200), path: path(each.path), day: words(each.day, 10),
})).filter(each => each.title && each.path).map(each => [each.path, each])).values()];
export const kept = () => pages(read("saved"));
export const canKeep = () => "caches" in self && "serviceWorker" in navigator;
export const units = () => {
  const value = read("units");
  return Array.isArray(value) ? value.filter(each => ["kg", "lb", "km", "mi"].includes(each)) : [];
};

export const today = (now = new Date()) =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(each => String(each).padStart(2, "0")).join("-");
export const here = () => path(location.pathname);
