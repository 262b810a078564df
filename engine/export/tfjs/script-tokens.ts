// How the programs that go along with exported models cut texts into tokens: plain JavaScript.

export const TOKENS_SCRIPT = `const WORD = / ?[\\p{L}\\p{M}\\p{N}'’]+| ?[^\\s\\p{L}\\p{M}\\p{N}]|\\s/gu;
const END = '\\u0000';

/** A text as tokens: characters, words, what stands between spaces, or pieces of words joined pair by pair. */
function cut(text, { by, lowerCase, merges }) {
  const tidy = text.normalize('NFC');
  const given = lowerCase ? tidy.toLowerCase() : tidy;
  if (by === 'characters') return [...given];
  if (by === 'items') return (given.match(/\\S+/g) ?? []).map((item) => ' ' + item);
  const words = given.match(WORD) ?? [];
  return by === 'words' ? words : words.flatMap((word) => pieces(word, merges));
}

function pieces(word, merges) {
  const ranks = new Map(merges.map(([a, b], rank) => [a + '\\n' + b, rank]));
  let parts = [...word];
  parts[parts.length - 1] += END;
  for (;;) {
    const found = parts.slice(1).map((part, at) => ranks.get(parts[at] + '\\n' + part) ?? Infinity);
    const best = Math.min(Infinity, ...found);
    if (best === Infinity) return parts;
    const [a, b] = merges[best];
    const joined = [];
    for (let at = 0; at < parts.length; at++) {
      const isPair = parts[at] === a && parts[at + 1] === b;
      joined.push(isPair ? a + b : parts[at]);
      if (isPair) at++;
    }
    parts = joined;
  }
}

/** What a number stands for. */
const shown = ({ tokens, end }, number) => (number === end ? '\\n' : tokens[number].replaceAll(END, ''));
`;
