/* The worker of a site that has none: it takes the place of one that was here before, removes what that one kept, and
   itself. What readers saved themselves stays. It looks twice, for the other one may still be putting something away. */
addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil((async () => {
  const scope = new URL(registration.scope).pathname;
  const ours = name => name.startsWith(scope) && /^(?:shell-[0-9a-f]+|visited|files)$/.test(name.slice(scope.length));
  const sweep = async () => Promise.all((await caches.keys()).filter(ours).map(name => caches.delete(name)));
  await sweep();
  await registration.unregister();
  await new Promise(done => setTimeout(done, 2000));
  await sweep();
})()));
