// Pairs of texts made by a grammar and a seed, as TSV with a header: what a reader of texts and writer of others can learn in minutes. No two
// pairs of a file read the same text.
//
// Dates to ISO: a date in one of several ways, and the same as 1994-03-03. Number words to digits: `three hundred and two`, `302`. Reversed
// letters: a word that means nothing, and its letters from the last to the first. Parts of speech: an English sentence, and the part of
// speech of each of its words.
import { createNumbers, type Numbers } from './random.ts';

interface Pair {
  readonly source: string;
  readonly target: string;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const FIRST_DAY = Date.UTC(1900, 0, 1);
const DAYS = 55_000;
const DAY_MS = 86_400_000;

function datePair({ integer }: Numbers): Pair {
  const date = new Date(FIRST_DAY + DAY_MS * integer(DAYS));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const name = MONTHS[month]!;
  const weekday = WEEKDAYS[date.getUTCDay()]!;
  const forms = [
    `${day} ${name} ${year}`,
    `${name} ${day}, ${year}`,
    `${day} ${name.slice(0, 3)} ${year}`,
    `${weekday}, ${day} ${name} ${year}`,
    `${weekday.slice(0, 3)} ${name.slice(0, 3)} ${day} ${year}`,
    `${String(day).padStart(2, '0')}.${String(month + 1).padStart(2, '0')}.${year}`,
    `${name} the ${ordinal(day)} ${year}`,
  ];
  return { source: forms[integer(forms.length)]!, target: date.toISOString().slice(0, 10) };
}

function ordinal(day: number): string {
  const isTeen = day >= 11 && day <= 13;
  return `${day}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function below1000(value: number): string {
  if (value < 20) return SMALL[value]!;
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 === 0 ? '' : ` ${SMALL[value % 10]}`}`;
  const rest = value % 100;
  return `${SMALL[Math.floor(value / 100)]} hundred${rest === 0 ? '' : ` and ${below1000(rest)}`}`;
}

function numberPair({ integer }: Numbers): Pair {
  // As many short numbers as long ones.
  const value = integer([100, 1_000, 10_000, 100_000, 1_000_000][integer(5)]!);
  const thousands = Math.floor(value / 1_000);
  const rest = value % 1_000;
  const words = [
    ...(thousands > 0 ? [`${below1000(thousands)} thousand`] : []),
    ...(rest > 0 || thousands === 0
      ? [`${thousands > 0 && rest < 100 ? 'and ' : ''}${below1000(rest)}`]
      : []),
  ];
  return { source: words.join(' '), target: String(value) };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const LONGEST = 16;

function reversedPair({ integer }: Numbers): Pair {
  const letters = Array.from({ length: 3 + integer(LONGEST - 2) }, () => LETTERS[integer(LETTERS.length)]!);
  return { source: letters.join(''), target: letters.toReversed().join('') };
}

/** Words that are of several parts of speech, by what stands around them: `the watch`, `they watch`. */
const BOTH = 'watch walk play talk cook light run work paint guard'.split(' ');
const WORDS = {
  DET: 'the a this every some'.split(' '),
  ADJ: 'old small red quiet happy light clever strange'.split(' '),
  NOUN: [...'dog house river teacher garden train song window'.split(' '), ...BOTH],
  PRON: 'they we you I'.split(' '),
  VERB: [...'see hear like find follow'.split(' '), ...BOTH],
  ADV: 'often slowly never today'.split(' '),
  ADP: 'in near with behind'.split(' '),
} as const;
type Tag = keyof typeof WORDS;

function speechPair({ integer }: Numbers): Pair {
  const nounPhrase = (): Tag[] => ['DET', ...(integer(3) === 0 ? (['ADJ'] as const) : []), 'NOUN'];
  const tags: Tag[] = [
    'PRON',
    ...(integer(3) === 0 ? (['ADV'] as const) : []),
    'VERB',
    ...nounPhrase(),
    ...(integer(2) === 0 ? (['ADP', ...nounPhrase()] as const) : []),
    ...(integer(4) === 0 ? (['ADV'] as const) : []),
  ];
  const words = tags.map((tag) => WORDS[tag][integer(WORDS[tag].length)]!);
  return { source: words.join(' '), target: tags.join(' ') };
}

const MAKERS: Readonly<Record<string, (numbers: Numbers) => Pair>> = {
  'dates-to-iso': datePair,
  'number-words-to-digits': numberPair,
  'reversed-letters': reversedPair,
  'parts-of-speech': speechPair,
};

const NAME = new RegExp(`^(${Object.keys(MAKERS).join('|')})-(\\d{1,6})\\.tsv$`);
const MOST_PAIRS = 200_000;
/** Tries without a new pair after which there are no more of them. */
const MOST_REPEATS = 10_000;
const SEED = 30_000;

/** The lines of the file that a name such as `dates-to-iso-5000.tsv` (with the number of pairs) asks for; null for other names. */
export function generatedPairs(name: string): Generator<string, void> | null {
  const [, kind = '', count = ''] = NAME.exec(name) ?? [];
  const make = MAKERS[kind];
  const pairs = Number(count);
  return make && pairs >= 1 && pairs <= MOST_PAIRS ? linesOf(make, pairs) : null;
}

function* linesOf(make: (numbers: Numbers) => Pair, count: number): Generator<string, void> {
  yield 'source\ttarget\n';
  const numbers = createNumbers(SEED + count);
  const seen = new Set<string>();
  for (let repeats = 0; seen.size < count && repeats < MOST_REPEATS; ) {
    const { source, target } = make(numbers);
    if (seen.has(source)) {
      repeats += 1;
      continue;
    }
    repeats = 0;
    seen.add(source);
    yield `${source}\t${target}\n`;
  }
}
