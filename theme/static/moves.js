/* Steps one at a time, one picture laid over another, a film in the place of its still picture. Nothing moves before
   somebody asks for it. */
for (const box of document.querySelectorAll(".moves")) {
  const find = each => box.querySelector(each);
  const play = find("[data-play]"), over = find("[data-over]"), range = find("input"), out = find("output");
  const steps = [...box.querySelectorAll(".steps > li")];
  let now = -1, timer;

  const show = number => {
    now = number;
    const on = now >= 0, held = steps.slice(0, now + 1).reverse().find(each => each.querySelector("img"));
    box.toggleAttribute("data-flip", on);
    steps.forEach((each, place) => {
      each.toggleAttribute("data-on", place === now);
      each.toggleAttribute("data-held", each === held);
    });
    box.querySelectorAll("[data-go='-1'], [data-all]").forEach(each => { each.hidden = !on; });
    out.textContent = on ? out.dataset.words.replace("#", now + 1) : "";
  };
  const go = by => show((now + by + steps.length) % steps.length);
  const turn = on => {
    clearInterval(timer);
    out.ariaLive = on ? "off" : "polite";
    if (on !== !!timer) [play.textContent, play.dataset.play] = [play.dataset.play, play.textContent];
    timer = on && setInterval(go, 1400, 1);
  };

  box.addEventListener("click", ({ target }) => {
    const { go: by, play: other, all, over: lay } = target.dataset;
    if (by) { turn(false); go(+by); }
    if (other) { if (!timer) go(1); turn(!timer); }
    if (all === "") { turn(false); show(-1); find("[data-go]").focus(); }
    if (lay === "") {
      over.ariaPressed = box.toggleAttribute("data-over");
      range.hidden = !box.hasAttribute("data-over");
    }
  });
  range?.addEventListener("input", () => box.style.setProperty("--cut", range.value + "%"));
  box.toggleAttribute("data-ready", true);
}

addEventListener("click", event => {
  const film = event.target.closest("a.film"), figure = film?.closest("figure"), still = figure?.querySelector("picture");
  if (!still || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const moving = still.querySelector("img").cloneNode(), playing = figure.querySelector("img.playing");
  if (playing) playing.remove();
  else {
    moving.src = film.href;
    moving.className = "playing";
    still.after(moving);
  }
  still.hidden = !playing;
  [film.textContent, film.dataset.stop] = [film.dataset.stop, film.textContent];
});
