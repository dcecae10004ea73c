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
  let asked;
  /* Where the net is slow somebody presses again, or another button: the last one counts. */
  const add = (place, words, of, file, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.ariaLabel = of && `${words}: ${of}`;
    button.onclick = async () => {
      asked = button;
      const [code] = await Promise.all([import(file), import("./card-window.js"), import("./card-make.js")]);
      if (asked !== button) return;
      asked = null;
      act(code);
    };
    place.append(button);
  };

  kept();
  addEventListener("storage", kept);
  addEventListener("units", event => swap(event.detail));
  for (const place of document.querySelectorAll(".bib-tools")) {
    const bib = place.closest(".bib"), name = bib?.querySelector(".bib-name").textContent;
    if (bib?.dataset.dose) add(place, "Start the timer", name, "./card-timer.js", code => code.time(bib));
    add(place, bib ? "More" : "Print, keep, plan", name, "./card-tools.js", code => code.open(bib));
  }
}
