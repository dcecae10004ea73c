/* Pages without a network. Before this text the build writes five constants: BUILD, which changes whenever any file of
   the site does, SHELL, the pages, and FILES, the other files that are fetched at once, APART, the beginnings of
   addresses that are none of this worker's business, and LOADS, what each script may load when somebody asks for it. All
   are relative to the worker's scope.

   A page is always asked for from the network first, past what the browser has kept, so that nobody reads an old page
   while the new one can be had. What is kept is shown when the network fails or is silent for WAIT. Files whose names
   change with their bytes are asked for once. A page that is kept has its scripts with it, and what those load; nothing
   is fetched for pages that nobody opened. Everything else goes its way as if there were no worker. */
const WAIT = 4000, PAGES_KEPT = 50, FILES_KEPT = 200, PICTURES_OF_ONE_PAGE = 60;
const root = new URL(registration.scope), scope = root.pathname;
const SHELF = `${scope}shell-${BUILD}`, VISITED = `${scope}visited`, LASTING = `${scope}files`, SAVED = `${scope}saved`;
const lasting = /^(?:theme|images|search)\/[^?]*-[0-9a-f]{10}(?:-\d+)?\.\w+$/;

const path_of = url => url.pathname.slice(scope.length);
const address = path => root.origin + scope + path;
const ask = (path, cache) => fetch(address(path), { cache, credentials: "same-origin" });
const found = (cacheName, path) => caches.match(address(path), { cacheName, ignoreVary: true });
const whole = async response => response.redirected ? new Response(response.body, response) : response;

/** Put an answer at the end of a cache, and let the oldest go where there are more than `most`. */
async function keep(name, path, response, most = Infinity) {
  const cache = await caches.open(name), key = address(path);
  await cache.delete(key, { ignoreVary: true });
  await cache.put(key, await whole(response));
  const keys = most < Infinity ? await cache.keys() : [];
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map(old => cache.delete(old)));
}

const may_be_kept = response => response.ok && response.type === "basic"
  && !/no-store|private/.test(response.headers.get("Cache-Control") || "");
const is_page = response => /^text\/html\b/.test(response.headers.get("Content-Type") || "");

/** Keep what a page needs to work without a network: its scripts, and what they load when somebody asks. */
async function equip(text, url) {
  const own = [...text.matchAll(/<script\b[^>]*\ssrc="([^"]+)"/g)].map(each => path_of(new URL(each[1], url)));
  await Promise.allSettled([...new Set(own.flatMap(each => [each, ...LOADS[each] ?? []]))].map(async path => {
    if (!lasting.test(path) || await found(LASTING, path)) return;
    const response = await ask(path, "default");
    if (response.ok) await keep(LASTING, path, response, FILES_KEPT);
  }));
}

/** Fetch what readers have saved once more: a new publish has perhaps changed it. Whatever fails stays as it was. */
async function refresh() {
  if (!await caches.has(SAVED)) return;
  for (const { url } of await (await caches.open(SAVED)).keys()) {
    const path = path_of(new URL(url));
    if (!url.startsWith(root.href) || lasting.test(path)) continue;
    try {
      const response = await ask(path, "no-cache");
      if (!may_be_kept(response)) continue;
      const text = is_page(response) ? await response.clone().text() : "";
      if (await found(VISITED, path)) await keep(VISITED, path, response.clone(), PAGES_KEPT);
      await keep(SAVED, path, response);
      await equip(text, url);
      const pictures = [...text.matchAll(/<img\b[^>]*\ssrc="([^"]+)"/g)].map(each => new URL(each[1], url));
      for (const picture of pictures.slice(0, PICTURES_OF_ONE_PAGE)) {
        const place = path_of(picture);
        if (lasting.test(place) && !await found(SAVED, place)) await keep(SAVED, place, await ask(place, "default"));
      }
    } catch {}
  }
}

addEventListener("install", event => event.waitUntil((async () => {
  await Promise.all(SHELL.map(async path => {
    const response = await ask(path, "no-cache");
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const copy = response.clone();
    await keep(SHELF, path, response);
    await equip(await copy.text(), address(path));
  }));
  await Promise.allSettled(FILES.map(async path => {
    const name = lasting.test(path) ? LASTING : SHELF;
    if (await found(name, path)) return;
    const response = await ask(path, "default");
    if (response.ok) await keep(name, path, response, FILES_KEPT);
  }));
  await Promise.allSettled((await clients.matchAll({ includeUncontrolled: true, type: "window" })).map(seen));
  await refresh();
  await skipWaiting();
})()));

addEventListener("activate", event => event.waitUntil((async () => {
  const old = (await caches.keys()).filter(name => name !== SHELF && name.startsWith(scope)
    && /^shell-[0-9a-f]+$/.test(name.slice(scope.length)));
  await Promise.all(old.map(name => caches.delete(name)));
  await clients.claim();
})()));

addEventListener("fetch", event => {
  const { request } = event, url = new URL(request.url), path = path_of(url);
  if (request.method !== "GET" || !request.url.startsWith(root.href) || request.headers.has("Range")) return;
  if (APART.some(beginning => path.startsWith(beginning))) return;
  if (request.mode === "navigate") event.respondWith(page(event, path));
  else if (lasting.test(path)) event.respondWith(file(event, path));
  else if (FILES.includes(path)) event.respondWith(fetch(request).catch(() => kept(path)));
});

async function page(event, path) {
  const asked = event.request.cache === "default" ? fetch(event.request, { cache: "no-cache" }) : fetch(event.request);
  const noted = asked.then(response => note(path, response.clone()));
  event.waitUntil(noted.catch(() => {}));
  const old = await kept(path);
  try {
    const response = await (old ? Promise.race([asked, late()]) : asked);
    return response.status >= 500 && old ? old : response;
  } catch {
    return old || unknown();
  }
}

const late = () => new Promise((_, fail) => setTimeout(fail, WAIT));
const kept = async path => await found(SHELF, path) || await found(VISITED, path) || await found(SAVED, path)
  || (path && !path.endsWith("/") && !path.includes(".") ? kept(`${path}/`) : undefined);
const unknown = async () => {
  const offline = await found(SHELF, "offline/");
  return offline ? new Response(offline.body, { status: 503, headers: offline.headers }) : Response.error();
};

/** Keep the page that brought this worker, which it did not see on its way: the browser has it still. */
async function seen({ url }) {
  const path = path_of(new URL(url));
  if (!url.startsWith(root.href) || SHELL.includes(path) || APART.some(beginning => path.startsWith(beginning))) return;
  await note(path, await ask(path, "default"));
}

/** Keep a page that a reader has seen, with its scripts; forget one that is there no more, but for what they have saved themselves. */
async function note(path, response) {
  if (response.status === 404 || response.status === 410) return (await caches.open(VISITED)).delete(address(path));
  if (!may_be_kept(response) || !is_page(response) || response.redirected) return;
  const copy = response.clone();
  if (await found(SAVED, path)) await keep(SAVED, path, response.clone());
  if (SHELL.includes(path)) await keep(SHELF, path, response);
  else await keep(VISITED, path, response, PAGES_KEPT);
  await equip(await copy.text(), address(path));
}

async function file(event, path) {
  const old = await found(LASTING, path) || await found(SAVED, path);
  if (old) return old;
  try {
    const response = await fetch(event.request);
    if (may_be_kept(response) && response.status === 200) event.waitUntil(keep(LASTING, path, response.clone(), FILES_KEPT));
    return response;
  } catch (failure) {
    const other = await in_another_width(path);
    if (other) return other;
    throw failure;
  }
}

/** Without a network, a picture that was kept in one width will do in each: a phone that is turned asks for another. */
async function in_another_width(path) {
  const [, stem] = /^(images\/.+-)\d+\.\w+$/.exec(path) || [];
  for (const name of stem ? [SAVED, LASTING] : []) {
    const cache = await caches.open(name), keys = await cache.keys();
    const same = keys.find(({ url }) => url.startsWith(address(stem)) && /^\d+\.\w+$/.test(url.slice(address(stem).length)));
    if (same) return cache.match(same);
  }
}
