/* A gallery's pictures in a dialog, one at a time. Each is a copy of what the page shows already, so nothing more is
   asked of the server. The address is that of the picture's own page, or its name after a #. Arrows, swipe, Esc, Back. */
{
  const box = document.getElementById("lightbox");
  const all = [...document.querySelectorAll(".gallery figure > a")];
  const [at, stage, larger] = [".lightbox-at", ".lightbox-picture", "a"].map(each => box.querySelector(each));
  let link, startedAt;

  const show = (chosen, keep) => {
    link = chosen;
    const row = rowOf(link), copy = link.parentNode.cloneNode(true), inside = copy.querySelector("a");
    inside.replaceWith(...inside.childNodes);
    copy.querySelector("img").loading = "eager";
    at.textContent = `${row.indexOf(link) + 1} of ${row.length}`;
    stage.replaceChildren(copy);
    larger.href = link.href;
    const address = link.dataset.name ? "#" + link.dataset.name : link.href;
    if (keep) history[keep]({ picture: all.indexOf(link) }, "", address);
    if (!box.open) box.showModal();
  };
  const rowOf = one => [...one.closest(".gallery").querySelectorAll("figure > a")];
  const home = () => {
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const go = by => {
    const row = rowOf(link);
    show(row.at((row.indexOf(link) + by) % row.length), "replaceState");
  };

  addEventListener("click", event => {
    const chosen = event.target.closest(".gallery figure > a");
    if (!chosen || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(chosen, "pushState");
  });
  box.addEventListener("click", ({ target }) => {
    const by = target.dataset.go;
    if (by) go(+by);
    else if (target === box || "close" in target.dataset) box.close();
  });
  box.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight") go(1);
    if (key === "ArrowLeft") go(-1);
  });
  stage.addEventListener("pointerdown", event => { startedAt = event.pointerType === "mouse" ? NaN : event.clientX; });
  stage.addEventListener("pointerup", event => {
    const by = startedAt - event.clientX;
    if (Math.abs(by) > 40) go(Math.sign(by));
  });
  box.addEventListener("close", () => {
    stage.replaceChildren();
    if (history.state?.picture >= 0) history.back();
    else home();
  });
  addEventListener("popstate", ({ state }) => {
    if (all[state?.picture]) show(all[state.picture]);
    else if (box.open) box.close();
    else if (link) setTimeout(home); // the browser first scrolls to where the page was
  });

  const named = location.hash && all.find(each => "#" + each.dataset.name === location.hash);
  if (named) {
    history.replaceState(null, "", location.pathname);
    show(named, "pushState");
  }
}
