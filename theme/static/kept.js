/* The page that stands for what is not kept lists what is, by the titles that the pages have themselves. */
(async () => {
  const box = document.querySelector("[data-kept]"), list = box.querySelector("ul");
  const scope = new URL("../", document.currentScript.src).pathname, seen = new Map();
  const letters = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"', "#39": "'" };
  for (const name of ["saved", "visited"]) {
    if (!self.caches || !await caches.has(scope + name)) continue;
    const cache = await caches.open(scope + name);
    for (const { url } of (await cache.keys()).reverse()) {
      const response = await cache.match(url), { pathname } = new URL(url);
      if (seen.has(pathname) || seen.size > 19 || !/html/.test(response.headers.get("Content-Type"))) continue;
      const title = /<title>([^<]*?)( · [^<·]*)?</.exec(await response.text());
      seen.set(pathname, title ? title[1].replace(/&([^;]+);/g, (all, each) => letters[each] ?? all) : pathname);
    }
  }
  for (const [href, textContent] of seen) {
    const item = list.appendChild(document.createElement("li"));
    item.className = "tap";
    item.append(Object.assign(document.createElement("a"), { href, textContent }));
  }
  box.hidden = !seen.size;
})();
