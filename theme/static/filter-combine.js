/* The choices of filter.js: a row of selects, what fits, what an injury leaves out, and what to drop where nothing fits.
   `data` is as site/choices_json.py says. `begin` returns what shows the choices of the address, or takes them away. */
const make = (name, ...inside) => {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
};
const say = number => `${number} exercise${number === 1 ? "" : "s"}`;
const button = (words, act) => Object.assign(make("button", words), { type: "button", onclick: act });

export function begin(box, start, { url, axes, values, exercises }) {
  const whole = document.querySelectorAll("[data-whole]"), model = document.querySelector("[data-whole] .bib");
  const lists = box.querySelector(".questions"), status = make("p"), help = make("p"), found = make("section"), step = 48;
  let most = step;

  const names = Object.keys(axes), selects = names.map((name, at) => {
    const made = make("select", new Option("Any", ""));
    values.forEach(({ of }, place) => of === at && made.append(new Option("", place)));
    made.onchange = () => write();
    return made;
  });
  const form = make("div", make("fieldset", ...names.map((name, at) => make("label", axes[name], selects[at]))), status, help,
    button("Back to the lists", () => { history.pushState(null, "", location.pathname); turn(false); start.focus(); }));
  form.className = "flow";
  help.className = "row";
  found.className = "part";
  status.setAttribute("role", "status");
  box.append(form);
  box.after(found);

  const reason = (one, want) => want.find(place => one.out?.[place]);
  const fitting = want => exercises.filter(one => want.every(place => place < 0 || one.fits.includes(place)));
  const except = (want, at) => want.map((place, each) => each === at ? -1 : place);
  const leftOut = want => exercises.filter(one => {
    const why = reason(one, want);
    return why >= 0 && want.every(place => place < 0 || place === why || one.fits.includes(place));
  });

  const link = ({ title, slug }, made = make("a")) => {
    made.textContent = title;
    made.href = box.dataset.root + url.replace("{slug}", slug);
    return made;
  };
  const card = one => {
    const made = model.cloneNode(true), big = made.querySelector(".bib-number"), { number, stub, words } = one, { length } = number;
    link(one, made.querySelector("a"));
    big.textContent = number;
    for (const name in big.dataset) delete big.dataset[name]; // the model's dose in another unit
    made.querySelector(".bib-edge").replaceChildren(make("p", words));
    made.dataset.length = length > 13 || !(number[0] < ":") ? "words" : length > 9 ? "longer" : length > 7 ? "long" : "";
    made.dataset.state = stub ? "stub" : "";
    return make("li", made);
  };
  const list = (name, all, item) => Object.assign(make("ul", ...all.map(item)), { className: name });

  const show = () => {
    const want = selects.map(each => each.value === "" ? -1 : +each.value), fit = fitting(want), out = leftOut(want);
    const around = want.map((place, at) => fitting(except(want, at)));
    selects.forEach((each, at) => {
      for (const one of [...each.options].slice(1))
        one.text = `${values[one.value].title} (${around[at].filter(other => other.fits.includes(+one.value)).length})`;
    });
    status.textContent = `${fit.length ? say(fit.length) : "None"} of ${exercises.length}${out.length ? `, ${out.length} left out` : ""}.`;
    found.hidden = !fit.length && !out.length;
    help.replaceChildren(...want.flatMap((place, at) => fit.length || place < 0 || !around[at].length ? [] :
      button(`Without “${values[place].title}”: ${say(around[at].length)}`, () => { selects[at].value = ""; selects[at].focus(); write(); })));
    if (!fit.length && !help.firstChild) help.append("Drop two choices or more to find one.");
    found.replaceChildren(make("h2", fit.length ? "What fits" : "Nothing fits"), list("grid minis", fit.slice(0, most), card));
    if (fit.length > most) found.append(button(`Show more of the ${fit.length}`, () => { most += step; show(); }));
    if (out.length) found.append(make("h3", "Left out for this injury"),
      list("ruled", out, one => make("li", link(one), `: ${one.out[reason(one, want)]}`)));
  };
  const write = () => {
    const chosen = selects.flatMap((each, at) => each.value ? [[names[at], values[each.value].slug]] : []);
    history.pushState(null, "", `#${chosen.length ? new URLSearchParams(chosen) : "choose="}`);
    most = step;
    show();
  };
  const turn = (on, focus) => {
    for (const each of [lists, start.parentNode, ...whole]) each.hidden = on;
    form.hidden = found.hidden = !on;
    if (!on) return;
    const chosen = new URLSearchParams(location.hash.slice(1));
    selects.forEach((each, at) => {
      const place = values.findIndex(({ of, slug }) => of === at && slug === chosen.get(names[at]));
      each.value = place < 0 ? "" : place;
    });
    most = step;
    show();
    if (focus) selects[0].focus();
  };
  return turn;
}
