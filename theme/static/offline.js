/* Lets the service worker be installed, after everything that a reader waits for. Its address is the only thing that
   the page's Trusted Types policy lets through. */
{
  const root = new URL("../", document.currentScript.src), url = root + "sw.js", worker = navigator.serviceWorker;
  const policy = self.trustedTypes?.createPolicy("comeback", { createScriptURL: () => url });
  if (worker && /^http/.test(root.protocol)) {
    addEventListener("load", () => {
      worker.register(policy ? policy.createScriptURL("") : url, { scope: root.pathname }).catch(() => {});
    });
  }
}
