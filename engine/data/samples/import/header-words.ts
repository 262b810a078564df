// Words that stand above the columns of samples, not in them: names for what is read and what is written, and names of languages.

/** In a list of words hardly any of these stands first. */
const TELLING = wordsIn(`
  source src target tgt input output translation translations translated original label labels category categories class classes tag tags
  caption captions prompt completion pronunciation pronunciations phoneme phonemes grapheme graphemes ipa lemma lemmas gloss sentiment
  intent sentence sentences token tokens text texts
`);

/** Words that a dictionary has too: each cell of a header is one of these, or of the others. */
const USUAL = wordsIn(`
  id key no nr number index row line name names title word words phrase phrases term terms item items step steps event events action actions
  answer answers question questions reply response query pos state states type kind group split part set stem form root plural singular
  meaning meanings definition description image file path url date time language lang country city town street region author user speaker
  from to left right a b x y one two first second sound sounds letters spelling chord chords melody notes tune sequence sequences value values
  count frequency score rating emotion topic comment comments review reviews message messages subject body content note
`);

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

const LANGUAGES =
  'ar bg ca cs da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko la lt lv mk ms nb nl no pl pt ro ru sk sl sq sr sv sw th tr uk ur vi zh'.split(
    ' ',
  );

let languageNames: ReadonlySet<string> | undefined;

/** Each language in each of them: `Dutch`, `Nederlands`, `niederländisch`. */
function namesOfLanguages(): ReadonlySet<string> {
  languageNames ??= new Set(
    LANGUAGES.flatMap((language) => {
      const names = new Intl.DisplayNames([language], { type: 'language' });
      return LANGUAGES.map((one) => (names.of(one) ?? one).toLowerCase());
    }),
  );
  return languageNames;
}

/** Words of a name at the most: `English sentence`, `word_nl`, `sourceText`. */
const MOST_WORDS = 3;

const wordsOf = (cell: string): string[] =>
  cell
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');

const isOne = (word: string): boolean =>
  TELLING.has(word) || USUAL.has(word) || LANGUAGES.includes(word) || namesOfLanguages().has(word);

/** Whether a line is made of such words alone, or one of its cells is a telling one. */
export function isOfHeaderWords(cells: readonly string[]): boolean {
  const all = cells.map(wordsOf);
  const isNamed = (words: readonly string[], is: (word: string) => boolean) =>
    words.length > 0 && words.length <= MOST_WORDS && words.every(is);
  return (
    all.every((words) => isNamed(words, isOne)) ||
    all.some((words) => isNamed(words, isOne) && words.some((word) => TELLING.has(word)))
  );
}
