/* The search page before anybody searches: shows the form, and fetches what searches when somebody turns to it. */
{
  const form = document.querySelector("form[data-search]"), field = form.elements.q;
  let started;
  const start = () => started ??= Promise.all([
    import("./search-page.js"), import("./search-engine.js"), import("./search-words.js"),
    fetch(form.dataset.search).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status)),
  ]).then(([page, , , head]) => page.start(form, head)).catch(() => {
    started = undefined;
    document.querySelector("[data-said]").textContent = "The search cannot be loaded just now. The lists below lead on.";
  });
  form.dataset.on = "";
  for (const each of ["focus", "input"]) field.addEventListener(each, start, { once: true });
  form.addEventListener("submit", event => {
    event.preventDefault();
    start();
  });
  field.value = new URLSearchParams(location.search).get("q") ?? field.value;
  if (field.value) start();
}
