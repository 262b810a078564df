// Test problems of long memory as CSV, sequence after sequence in one series of a row a second. A target stands only where the
// answer is due; with `task.origins: "complete"` an experiment has exactly one window a sequence.
//
// Adding problem (Hochreiter and Schmidhuber 1997): at every step a uniform number and a marker, two markers a sequence, one in
// each half; the answer is the sum of the marked numbers. Who has no memory says 1: mean squared error 1/6.
// Copy memory (Arjovsky et al. 2016): ten symbols of eight, blanks, a sign, and the ten symbols are due. Who has no memory
// guesses: cross-entropy ln 8 = 2.079 a symbol (10 ln 8 / (blanks + 20) over all steps).
import { createNumbers, type Numbers } from './random.ts';

export interface LongMemorySize {
  /** Steps between what is to be kept and the answer: length of an adding sequence, blanks of a copy sequence. */
  readonly steps: number;
  readonly sequences: number;
}

export interface CopySize extends LongMemorySize {
  /** Symbols of a sequence. */
  readonly copied?: number;
}

export const SYMBOLS = 8;
export const COPIED = 10;
const START_SECONDS = 946_684_800; // 2000-01-01T00:00:00Z
const SEED = 20_000;

type LineOf = (cells: string) => void;

/** Lines of `time,value,marker,sum`: `steps` rows of a sequence, then one with its sum. Yields one sequence at a time. */
export function* addingProblem({ steps, sequences }: LongMemorySize): Generator<string, void> {
  yield 'time,value,marker,sum\n';
  const numbers = createNumbers(SEED + steps);
  const clock = createClock();
  for (let sequence = 0; sequence < sequences; sequence++) {
    yield joined(clock, (line) => addingSequence(steps, numbers, line));
  }
}

function addingSequence(steps: number, numbers: Numbers, line: LineOf): void {
  const half = Math.floor(steps / 2);
  const marked = [numbers.integer(half), half + numbers.integer(steps - half)];
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    // Four digits, so that the sum of the written numbers is exact.
    const value = numbers.integer(10_000);
    const isMarked = marked.includes(step);
    if (isMarked) sum += value;
    line(`${(value / 10_000).toFixed(4)},${isMarked ? 1 : 0},`);
  }
  line(`0.0000,0,${(sum / 10_000).toFixed(4)}`);
}

/** Lines of `time,symbol,s1,...,s8`: symbols, blanks and the sign (`a` to `h`, `blank`, `go`), then rows with the shares of the symbols. */
export function* copyMemory({ steps, sequences, copied = COPIED }: CopySize): Generator<string, void> {
  const names = Array.from({ length: SYMBOLS }, (_, symbol) => `s${symbol + 1}`);
  yield `time,symbol,${names.join(',')}\n`;
  const numbers = createNumbers(SEED + steps);
  const clock = createClock();
  for (let sequence = 0; sequence < sequences; sequence++) {
    yield joined(clock, (line) => copySequence({ steps, copied }, numbers, line));
  }
}

function copySequence(
  { steps, copied }: { readonly steps: number; readonly copied: number },
  numbers: Numbers,
  line: LineOf,
): void {
  const unknown = ','.repeat(SYMBOLS - 1);
  const symbols = Array.from({ length: copied }, () => numbers.integer(SYMBOLS));
  for (const symbol of symbols) line(`${'abcdefgh'[symbol]},${unknown}`);
  for (let step = 1; step < steps; step++) line(`blank,${unknown}`);
  line(`go,${unknown}`);
  for (const symbol of symbols) {
    line(`blank,${Array.from({ length: SYMBOLS }, (_, other) => (other === symbol ? 1 : 0)).join(',')}`);
  }
}

function createClock(): () => string {
  let seconds = START_SECONDS;
  return () => new Date(1000 * seconds++).toISOString().replace('.000Z', 'Z');
}

function joined(clock: () => string, write: (line: LineOf) => void): string {
  let text = '';
  write((cells) => {
    text += `${clock()},${cells}\n`;
  });
  return text;
}

const NAME = /^(adding-problem|copy-memory)-(\d{1,5})x(\d{1,6})\.csv$/;
/** More rows than a test problem needs. */
const MOST_ROWS = 5_000_000;

/** The CSV that a name such as `adding-problem-100x5000.csv` (steps x sequences) asks for; null for other names. */
export function generatedSample(name: string): Generator<string, void> | null {
  const [, kind, steps = '', sequences = ''] = NAME.exec(name) ?? [];
  const size = { steps: Number(steps), sequences: Number(sequences) };
  const fits = size.steps >= 2 && size.sequences >= 1 && (size.steps + 20) * size.sequences <= MOST_ROWS;
  if (kind === undefined || !fits) return null;
  return kind === 'adding-problem' ? addingProblem(size) : copyMemory(size);
}
