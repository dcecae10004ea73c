/* Text → the words that search compares: the same as plugins/rehab/site/search/words.py, which the index is made with. */
export const words_in = text => (text.normalize("NFKC").replace(/['’]/g, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  .map(word => word.normalize("NFKD").replace(/\p{M}/gu, ""));

export function stem(word) {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  word = /ies$/.test(word) ? word.slice(0, -3) + "y" : word.replace(/([^sui])s$/, "$1");
  const short = word.replace(/(?<!e)(?:ing|ed)$/, "");
  if (short !== word && short.length > 2 && /[aeiouy]/.test(short)) word = short.replace(/([^aeiouylsz])\1$/, "$1");
  return word.length > 3 ? word.replace(/e$/, "") : word;
}
