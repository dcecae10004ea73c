/* A program as dates in a calendar: what it says of how often, on the days that the reader chooses. */
import { button, check, field, make, said, save } from "./card-make.js";
import { show } from "./card-window.js";
import { today } from "./card-store.js";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const escaped = text => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n").replace(/[\x00-\x1f\x7f]/g, " ");
const fold = line => {
  const pieces = [""], size = letter => new TextEncoder().encode(letter).length;
  let used = 0;
  for (const letter of line) {
    if (used + size(letter) > 75) { pieces.push(" "); used = 1; }
    pieces[pieces.length - 1] += letter;
    used += size(letter);
  }
  return pieces.join("\r\n");
};
const digits = day => day.replaceAll("-", "");

/** Return an iCalendar file with one repeated event. `days` are numbers from Monday, 0; none means each `every` days. */
export const calendar = ({ title, said: words, url, start, until, hour, days, every, stamp, uid }) => {
  const from = new Date(start + "T12:00:00");
  if (days.length) while (!days.includes((from.getDay() + 6) % 7)) from.setDate(from.getDate() + 1);
  const first = digits(today(from)), at = hour && `T${hour.replace(":", "")}00`;
  const rule = [
    days.length ? "FREQ=WEEKLY" : "FREQ=DAILY", !days.length && every > 1 && `INTERVAL=${every}`,
    until && `UNTIL=${digits(until)}${at ? "T235959" : ""}`,
    days.length && `BYDAY=${days.map(each => DAYS[each].slice(0, 2).toUpperCase()).join(",")}`,
  ];
  return [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Comeback//Program//EN", "BEGIN:VEVENT", `UID:${uid}`, `DTSTAMP:${stamp}`,
    at ? `DTSTART:${first}${at}` : `DTSTART;VALUE=DATE:${first}`, `RRULE:${rule.filter(Boolean).join(";")}`,
    `SUMMARY:${escaped(title)}`, `DESCRIPTION:${escaped(words)}`, `URL:${url}`, "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR",
  ].map(line => fold(line) + "\r\n").join("");
};

/** Ask for the days, and give the file. `program` is the element that says how often. */
export const plan = program => {
  const [times = "", per = ""] = program.dataset.often.split(" "), ends = times.split("-").map(Number);
  const weekly = !per || per === "week" && ends.at(-1) < 7 || per === "week" && ends[0] > 7;
  const asked = per === "week" && ends.at(-1) < 7 ? times.replace("-", " to ") : "";
  const phases = [...document.querySelectorAll(".phase")], name = document.querySelector("h1").textContent.trim();
  const phase = make("select", {}, ...phases.map((each, at) => make("option", { value: at, textContent: each.querySelector("h2").textContent.trim() })));
  const start = make("input", { type: "date", value: today(), required: true });
  const until = make("input", { type: "date" }), hour = make("input", { type: "time" });
  const boxes = DAYS.map((each, value) => check(each, { value }));
  const words = said();
  const chosen = () => boxes.map(each => each.firstChild).filter(each => each.checked).map(each => +each.value);
  const form = make("form", { className: "card-inside" },
    make("p", { textContent: per ? `The program says: ${program.dataset.said}.` : "The program does not say how often. Which days is for you to choose." }),
    ...(phases.length > 1 ? [field("Phase", phase)] : []),
    field("First day", start),
    ...(weekly ? [make("fieldset", {}, make("legend", { textContent: asked ? `On which ${asked} days?` : "On which days?" }), ...boxes)] : []),
    field("At what time, if you like", hour), field("Last day, if you like", until),
    make("button", { textContent: "Make the calendar file" }), words, button("Close", () => box.close()));
  form.querySelector("button").dataset.first = "";
  form.onsubmit = event => {
    event.preventDefault();
    const days = weekly ? chosen() : [];
    const wrong = weekly && (asked ? days.length < ends[0] || days.length > ends.at(-1) : !days.length);
    if (wrong) { words.textContent = asked ? `Choose ${asked} days.` : "Choose at least one day."; return; }
    if (until.value && until.value < start.value) { words.textContent = "The last day is before the first."; return; }
    const part = phases[+phase.value || 0];
    const lines = [...part.querySelectorAll(".bib")].map(each => [each.querySelector(".bib-name").textContent.trim(), each.dataset.line].filter(Boolean).join(": "));
    save("program.ics", "text/calendar", calendar({
      title: name, said: [part.querySelector("h2").textContent.trim(), ...lines].join("\n"), url: location.href.split(/[?#]/)[0],
      start: start.value, until: until.value, hour: hour.value, days, every: per === "2days" ? 2 : 1,
      stamp: new Date().toISOString().replace(/[-:]|\.\d+/g, ""), uid: `${Date.now()}-${Math.random().toString(36).slice(2)}@${location.hostname}`,
    }));
    words.textContent = "The file is made. Open it with your calendar.";
  };
  const box = show("Put it in your calendar", form);
};
