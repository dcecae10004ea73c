/* Several choices at once. The page's own lists need no script; this one adds a button below them. What the button does
   is in a file of its own, loaded when somebody uses it, or comes to an address with choices after the #. */
for (const link of document.querySelectorAll("[data-narrow]")) link.hash = link.dataset.narrow;
const box = document.querySelector("[data-choices]");
if (box) {
  const start = document.createElement("button"), trouble = document.createElement("p");
  const asked = () => location.hash.includes("=");
  let combine;
  const open = async focus => {
    start.disabled = true;
    try {
      combine ??= (await import("./filter-combine.js")).begin(box, start, await (await fetch(box.dataset.choices)).json());
      (await combine)(true, focus);
    } catch {
      combine = null;
      trouble.textContent = "The choices could not be loaded. The lists above work without them.";
    }
    start.disabled = false;
  };
  start.type = "button";
  start.textContent = "Combine several";
  start.onclick = () => open(true);
  trouble.setAttribute("role", "status");
  box.querySelector(".combine").append(start, trouble);
  const follow = () => asked() ? open() : combine?.(false);
  addEventListener("popstate", follow);
  if (asked()) open();
}
