/* A timer for one card. It counts what the dose says and waits for the reader where the dose says nothing. Time is told
   by the difference of two readings of the clock, so a page that slept is right when it wakes. */
import { button, check, make } from "./card-make.js";
import { nameOf, show } from "./card-window.js";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`@layer parts {
.card-window[data-timer] { inline-size: min(46rem, 100vw - 16px); block-size: min(46rem, 100dvh - 16px) }
.card-window[data-timer][open] { display: flex; flex-direction: column }
.card-window[data-timer] > .card-inside { flex: 1; grid-template-rows: 1fr }
.card-time { align-self: center }
[data-timer] button[data-first] { min-block-size: 64px; font-size: 1.3rem }
.card-keys { display: none }
@media (hover: hover) { .card-keys { display: block; margin-inline-start: auto } }
.card-time { text-align: center }
.card-time > p:first-child { font-weight: 800 }
.card-clock { font: 800 clamp(4.5rem, 38vmin, 15rem)/1 var(--bib); font-stretch: condensed; font-variant-numeric: tabular-nums lining-nums; letter-spacing: -.03em; margin-block: var(--s2) }
.card-clock[data-long] { font-size: clamp(3rem, 20vmin, 8rem) }
.card-time .by { min-block-size: 1.6em }
}`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

const ends = text => text ? text.split("-").map(Number) : [];
const span = list => list.join("–");
const SIDES = { each: ["first side", "other side"], left: ["left side"], right: ["right side"] };
const PARTS = { 3: ["Lower", "Pause", "Lift"], 4: ["Lower", "Pause", "Lift", "Pause"] };

/** Return the steps of a dose: `say` is read out, `now` stands above the number. `s` seconds count down and lead on by
    themselves; without them the reader says when. `ready` waits for the reader first. `set` is the set it ends. */
export const steps = text => {
  const dose = Object.fromEntries(text.split(";").map(each => each.split("=")));
  const sets = ends(dose.sets ?? "1"), most = sets.at(-1), rest = ends(dose.rest), found = [];
  for (let set = 1; set <= most; set++) {
    for (const side of SIDES[dose.side] ?? [""]) {
      const say = [`Set ${set} of ${span(sets)}`, side].filter(Boolean).join(", ");
      const led = !side.startsWith("other") && set > 1 && rest.length === 1;
      found.push(...work(dose).map((each, at) => ({ ...each, say, ready: at ? each.ready : each.s > 0 && !led })));
    }
    found.at(-1).set = set;
    if (set < most) found.push(pause(rest, set + 1, set >= sets[0]));
  }
  return found;
};
const pause = (rest, next, enough) => ({
  say: enough ? `That may be enough. Set ${next} comes next if you want it` : `Rest. Set ${next} comes next`, rest: true,
  ...(rest.length === 1 ? { now: "Rest", s: rest[0] }
    : { now: rest.length ? `Rest ${span(rest)} s` : "Rest as long as you need" }),
});
const work = dose => {
  const time = ends(dose.time), hold = ends(dose.hold), reps = ends(dose.reps === "amrap" ? "" : dose.reps);
  if (dose.distance) return [{ now: "", big: dose.distance }];
  if (time.length) return [time.length === 1 ? { now: "Go", s: time[0] } : { now: `Go, ${span(time)} s` }];
  if (!reps.length) return [{ now: "As many as you can", big: "max" }];
  const one = hold.length ? held(hold) : dose.tempo && !/X/.test(dose.tempo) ? paced(dose.tempo) : null;
  if (!one) return [{ now: dose.tempo ? `Tempo ${dose.tempo}` : reps.at(-1) === 1 ? "Rep" : "Reps", big: span(reps) }];
  const list = [];
  for (let rep = 1; rep <= reps.at(-1); rep++) {
    for (const part of one) list.push({ ...part, now: `Rep ${rep} of ${span(reps)}: ${part.now}` });
  }
  return list;
};
const held = hold => hold.length === 1 ? [{ now: "hold", s: hold[0], ready: true }] : [{ now: `hold ${span(hold)} s` }];
const paced = tempo => {
  const parts = tempo.split("-").map(Number);
  return parts.map((s, at) => ({ now: PARTS[parts.length][at].toLowerCase(), s })).filter(each => each.s);
};

const clock = seconds => seconds < 100 ? `${seconds}`
  : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Time a card. Nothing runs before the reader starts it; the screen stays on while it does. */
export const time = bib => {
  const list = steps(bib.dataset.dose);
  const where = make("p"), number = make("p", { className: "card-clock", role: "timer" }), aside = make("p", { className: "by" });
  const live = make("p", { className: "unseen", role: "status" });
  const main = button("", () => press(), { autofocus: true });
  main.dataset.first = "";
  const back = button("Back", () => enter(at - 1, Date.now(), true)), next = button("Next", () => enter(at + 1, Date.now()));
  const skip = button("Next set", () => enter(later(), Date.now()));
  const log = button("Write it down", () => written()), close = button("Close", () => box.close());
  const beep = check("Beep", {}), shake = navigator.vibrate ? [check("Vibrate", {})] : [];
  const box = show(nameOf(bib), make("div", { className: "card-time" }, where, number, aside), live,
    make("div", { className: "card-row" }, main), make("div", { className: "card-row" }, back, next, skip, log, close),
    make("div", { className: "card-row" }, beep, ...shake,
      make("p", { className: "by card-keys", textContent: "Space starts and pauses, n goes on, Esc closes." })));
  box.dataset.timer = "";
  main.focus();

  let at = -1, from, left, lock, state, done = 0, context;
  const step = () => list[at];
  const later = () => {
    const found = list.findIndex((each, place) => place >= at && each.set);
    return found < 0 ? list.length : found + 1;
  };
  const awake = async on => {
    try {
      if (on && !lock && document.visibilityState === "visible") {
        lock = await navigator.wakeLock?.request("screen");
        lock?.addEventListener("release", () => { lock = null; });
        if (!box.open || state === "end") awake(false);
      } else if (!on) await lock?.release();
    } catch { lock = null; } // the browser may say no; the clock goes on
  };
  const signal = () => {
    if (shake[0]?.firstChild.checked) navigator.vibrate(200);
    if (!beep.firstChild.checked) return;
    context ??= new AudioContext();
    const tone = context.createOscillator();
    tone.connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + .15);
  };
  const enter = (place, when, still) => {
    if (place < 0) return;
    if (!still && step()?.set) done = Math.max(done, step().set);
    const before = step()?.say;
    at = Math.min(place, list.length);
    from = when;
    left = null;
    state = !step() ? "end" : at === 0 && !still && before === undefined || step().ready ? "ready" : "on";
    if (state === "end") awake(false);
    const say = step()?.say ?? "Done";
    if (say !== before && before !== undefined) { live.textContent = say; signal(); }
    draw();
  };
  const press = () => {
    if (state === "end") return box.close();
    if (state === "ready") { from = Date.now(); state = "on"; awake(true); live.textContent = step().say; }
    else if (!step().s) return enter(at + 1, Date.now());
    else if (state === "on") { left = Date.now() - from; state = "paused"; awake(false); }
    else { from = Date.now() - left; state = "on"; awake(true); }
    draw();
  };
  const draw = () => {
    let gone = state === "paused" ? left : Date.now() - from;
    while (state === "on" && step().s && gone >= step().s * 1000) return enter(at + 1, from + step().s * 1000);
    gone = state === "on" || state === "paused" ? Math.max(0, gone) : 0;
    const now = step(), big = now ? now.s ? clock(Math.ceil(now.s - gone / 1000)) : now.big ?? clock(Math.floor(gone / 1000)) : "Done";
    where.textContent = now ? now.rest ? now.say : [now.say, now.now].filter(Boolean).join(". ") : "";
    if (number.textContent !== big) number.textContent = big;
    number.toggleAttribute("data-long", !/^[\d:]{1,4}$|^max$/.test(big));
    aside.textContent = !now ? `${done} ${done === 1 ? "set" : "sets"} done`
      : now.rest && now.now !== "Rest" ? now.now : state === "paused" ? "Paused" : now.big && state === "on" ? clock(Math.floor(gone / 1000)) + " s" : "";
    const words = { ready: "Start", end: "Close", paused: "Go on", on: now?.s ? "Pause" : now?.rest ? "Go on" : "Done" }[state];
    if (main.textContent !== words) main.textContent = words;
    back.disabled = at < 1;
    next.hidden = state === "end";
    skip.hidden = state === "end" || !list.some(each => each.now.startsWith("Rep "));
    log.hidden = !done;
    close.hidden = state === "end";
  };
  const written = async () => {
    const { tick } = await import("./card-log.js");
    tick(bib, done);
  };

  const ticks = setInterval(draw, 200);
  const seen = () => { draw(); if (state === "on") awake(true); };
  document.addEventListener("visibilitychange", seen);
  box.addEventListener("keydown", event => {
    if (event.key === "n" && !event.ctrlKey && !event.metaKey && !event.altKey && state !== "end") enter(at + 1, Date.now());
    else if ((event.key === " " || event.key === "Enter") && !event.target.closest("button, input")) {
      event.preventDefault();
      press();
    }
  });
  box.addEventListener("close", () => {
    clearInterval(ticks);
    document.removeEventListener("visibilitychange", seen);
    context?.close();
    awake(false);
  });
  enter(0, Date.now());
  where.textContent = [step().say, step().now].filter(Boolean).join(". ");
};
