// Nearly equal texts: those that share most of their runs of words or letters. Found by MinHash (Broder 1997): texts whose signatures agree in a
// band are compared as sets.
import { createHash } from 'node:crypto';
import { wordsOf } from './tokenizers.ts';

export interface NearPair {
  /** Rows, the earlier one first. */
  readonly rows: readonly [number, number];
  /** Share of their runs that both have. */
  readonly shared: number;
}

const LEAST_SHARED = 0.8;
/** 16 bands of 4 values: pairs that share 0.8 agree in one with a probability of 0.9998. */
const BANDS = 16;
const BAND = 4;
const MOST_TEXTS = 50_000;
const MOST_WORDS = 300;
/** A text is compared with this many that came before it in its bucket. */
const MOST_COMPARED = 20;
/** Shorter texts are nearly equal by chance. */
const FEWEST_RUNS = 12;

const known = new WeakMap<readonly string[], readonly NearPair[]>();

/** Not of texts that are equal; nothing of more than 50,000 texts. The most similar first. Kept while the texts are. */
export function nearDuplicates(texts: readonly string[]): readonly NearPair[] {
  const found = known.get(texts) ?? findPairs(texts);
  known.set(texts, found);
  return found;
}

function findPairs(texts: readonly string[]): NearPair[] {
  if (texts.length > MOST_TEXTS) return [];
  const sets = texts.map(runsOf);
  const buckets = new Map<string, number[]>();
  const compared = new Map<string, NearPair | null>();
  for (const [row, runs] of sets.entries()) {
    if (runs.size < FEWEST_RUNS) continue;
    for (const key of bandsOf(runs)) {
      const bucket = buckets.get(key) ?? [];
      for (const other of bucket.slice(-MOST_COMPARED)) {
        const name = `${other} ${row}`;
        if (!compared.has(name)) compared.set(name, pairOf(sets, other, row, texts));
      }
      bucket.push(row);
      buckets.set(key, bucket);
    }
  }
  return [...compared.values()]
    .filter((pair) => pair !== null)
    .toSorted((a, b) => b.shared - a.shared || a.rows[0] - b.rows[0] || a.rows[1] - b.rows[1]);
}

function pairOf(
  sets: readonly ReadonlySet<number>[],
  a: number,
  b: number,
  texts: readonly string[],
): NearPair | null {
  if (texts[a] === texts[b]) return null;
  const [first, second] = [sets[a]!, sets[b]!];
  let both = 0;
  for (const run of first) if (second.has(run)) both += 1;
  const shared = both / (first.size + second.size - both);
  return shared >= LEAST_SHARED ? { rows: [a, b], shared } : null;
}

/** Runs of three words; of texts without spaces, such as DNA, of eight letters. */
function runsOf(text: string): ReadonlySet<number> {
  const tidy = text.normalize('NFC').toLowerCase().trim();
  const isOfWords = /\s/.test(tidy);
  const units = isOfWords ? firstWords(tidy) : [...tidy.slice(0, 8 * MOST_WORDS)];
  const length = isOfWords ? 3 : 8;
  const runs = new Set<number>();
  for (let at = 0; at + length <= units.length; at++)
    runs.add(numberOf(units.slice(at, at + length).join(' ')));
  return runs;
}

function firstWords(text: string): string[] {
  const found: string[] = [];
  for (const word of wordsOf(text)) {
    found.push(word);
    if (found.length === MOST_WORDS) break;
  }
  return found;
}

/** FNV-1a, 32 bits. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Of the MinHash a, b: the least of a x + b over the runs. */
const MULTIPLIERS = Array.from({ length: BANDS * BAND }, (_, index) => {
  const digest = createHash('sha256').update(`hindcast minhash ${index}`).digest();
  return [digest.readUInt32LE(0) | 1, digest.readUInt32LE(4)] as const;
});

function* bandsOf(runs: ReadonlySet<number>): Generator<string, void, void> {
  const least = MULTIPLIERS.map(([factor, offset]) => {
    let smallest = 0xffffffff;
    for (const run of runs) {
      const mixed = Math.imul(run ^ (run >>> 15), factor) + offset;
      const value = (mixed ^ (mixed >>> 13)) >>> 0;
      if (value < smallest) smallest = value;
    }
    return smallest;
  });
  for (let band = 0; band < BANDS; band++)
    yield `${band}:${least.slice(band * BAND, (band + 1) * BAND).join()}`;
}
