/* The card box as a file: all of it to read again, and the log as a table. */
import { base, entries, kept, pages, read, units, write } from "./card-store.js";
import { save } from "./card-make.js";

const log = () => entries(read("log"));
/* A table program takes what begins so for a formula. */
const cell = text => `"${(/^[=+\-@\t\r]/.test(text) ? "'" : "") + text.replaceAll('"', '""')}"`;
export const saveTable = () => save("card-box.csv", "text/csv", ["day,exercise,dose,note,page", ...log().map(each =>
  [each.day, each.title, each.dose, each.note, each.path && location.origin + base + each.path].map(cell).join(","))]
  .map(line => line + "\r\n").join(""));
export const saveAll = () => save("card-box.json", "application/json",
  JSON.stringify({ comeback: 1, log: log(), saved: kept(), units: units() }, null, 1));

/** Add what a file has and this browser has not; return what came of it, in words. */
export const take = async file => {
  let found;
  try { found = JSON.parse(await file.text()); } catch { /* it is no JSON */ }
  if (found?.comeback !== 1) return "This file is no export of a card box, so nothing is changed.";
  const once = new Map([...log(), ...entries(found.log)].map(each => [JSON.stringify(each), each]));
  const done = write("log", [...once.values()]) && write("saved", pages([...pages(found.saved), ...kept()]));
  return done ? "The file is read. What it had and this browser had not is added." : "This browser keeps nothing for this page.";
};
