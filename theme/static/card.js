/* The tools on a card: two buttons, and the reader's own unit first. All else comes when somebody asks for it. */
{
  const key = `comeback:${new URL("..", document.currentScript.src).pathname}:units`;
  const swap = liked => {
    for (const each of document.querySelectorAll("[data-in]")) {
      each.dataset.was ??= each.textContent;
      each.textContent = each.dataset[liked.includes(each.dataset.in) ? "as" : "was"];
    }
  };
  const kept = () => {
    try { swap(JSON.parse(localStorage.getItem(key)) ?? []); } catch { swap([]); }
  };
  const add = (place, words, of, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.ariaLabel = of && `${words}: ${of}`;
    button.onclick = act;
    place.append(button);
  };

  kept();
  addEventListener("storage", kept);
  addEventListener("units", event => swap(event.detail));
  for (const place of document.querySelectorAll(".bib-tools")) {
    const bib = place.closest(".bib"), name = bib?.querySelector(".bib-name").textContent;
    if (bib?.dataset.dose) add(place, "Start the timer", name, async () => (await import("./card-timer.js")).time(bib));
    add(place, bib ? "More" : "Print, keep, plan", name, async () => (await import("./card-tools.js")).open(bib));
  }
}
