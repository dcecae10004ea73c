/* Elements made by hand: no text of anybody's is ever read as HTML. */
/** Make an element: properties, then what is in it. */
export const make = (name, props, ...inside) => {
  const element = Object.assign(document.createElement(name), props);
  element.append(...inside);
  return element;
};
export const button = (words, onclick, props) => make("button", { type: "button", textContent: words, onclick, ...props });
export const field = (words, input) => make("label", {}, words, input);
export const check = (words, props, type = "checkbox") =>
  make("label", { className: "card-check" }, make("input", { type, ...props }), words);
/** Words that are read out when they change. */
export const said = () => make("p", { role: "status" });
/** Give the reader a file. */
export const save = (name, type, text) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
