/* Pages that a reader keeps for offline: in the list of this browser, and with their pictures in its cache, from which
   the service worker answers where there is no network. It keeps the scripts itself. */
import { base, canKeep, kept, pages, today, write } from "./card-store.js";

const CACHE = base + "saved";

/* A picture that has not been shown yet has not chosen its file. */
const chosen = async img => {
  img.loading = "eager";
  await img.decode().catch(() => {});
  return img.currentSrc || img.src;
};
const pictures = async () => {
  const all = [...document.querySelectorAll("main img")].filter(each => !each.closest(".thread"));
  return [...new Set(await Promise.all(all.map(chosen)))].filter(each => each.startsWith(location.origin + base));
};

/** Keep the page that is open; return what came of it, in words. */
export const keepPage = async (path, title) => {
  const list = pages([...kept().filter(each => each.path !== path), { path, title, day: today() }]);
  const listed = write("saved", list);
  let whole = false, got = false;
  try {
    const cache = await caches.open(CACHE);
    await cache.add(new Request(location.origin + base + path, { cache: "no-cache" }));
    got = true;
    navigator.storage?.persist?.();
    whole = (await Promise.allSettled((await pictures()).map(each => cache.add(each)))).every(each => each.status === "fulfilled");
  } catch { /* there is no cache, or no network, or no room */ }
  if (got && listed && canKeep()) return whole ? "Kept. You can open it without a network." : "Kept, but without some of its pictures.";
  return listed ? "It is in your card box, but this browser could not keep it for offline." : "This browser keeps nothing for this page.";
};
