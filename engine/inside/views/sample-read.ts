// The view `read`: one sample step by step: what is read, what is answered, what speaks for it, states, and where a head looks.
import { HindcastError } from '../../contract/errors.ts';
import { type ChoiceShare, InsideReadingFrame, type ReadChoice } from '../../contract/inside/reading.ts';
import type { ReadSample, SampleReadings } from '../../tasks/sample-reading.ts';
import { entropyOf } from '../entropy.ts';
import { summarizeHead } from '../heads.ts';
import { memoryOf } from '../memory.ts';
import { blockOf, type Explained, evidenceOf, gradientOf, sharesOverTime } from '../readings/explain.ts';
import type { Reader } from '../readings/load.ts';
import { passOver, type SeenSample } from '../readings/pass.ts';
import { chooseSample } from '../readings/samples.ts';
import { reduceGrid } from '../reduce.ts';
import { meanOfHeads } from '../rollout.ts';
import { ORDERS } from '../row-orders.ts';
import { planAt, unitsOverTime, valuesOf } from '../site-values.ts';

/** Lines of a map, and queries of one. */
const MOST_LINES = 400;
const MOST_QUERIES = 200;
/** Classes whose shares are shown over time, and answers that are listed. */
const MOST_CLASSES = 8;
const MOST_LISTED = 5;

export function read(reader: Reader, choice: ReadChoice): Uint8Array {
  const { readings } = reader;
  const sample = chooseSample(readings, choice);
  const seen = passOver(reader, sample);
  const answers = answersOf(readings, seen.logs);
  const explained = explainedBy(readings, { sample, answers, step: choice.step });
  const classes = readings.answers !== 'sample' ? [] : shownClasses(readings, answers.last, sample.truth);
  const overTime = classes.length > 0 ? sharesOverTime(reader, sample) : [];
  const states = statesOf(seen, choice, sample.steps);
  const heads = headsOf(seen, choice, sample.steps);
  const { steps } = sample;
  return InsideReadingFrame.encode({
    header: {
      sample: {
        part: choice.part,
        index: choice.sample,
        samples: readings.samples[choice.part],
        name: sample.name,
        truth: sample.truth,
        isOwn: choice.text !== undefined,
      },
      unit: readings.unit,
      says: readings.answers,
      length: sample.length,
      before: sample.before,
      stepSeconds: readings.stepSeconds,
      labels: [...(sample.labels ?? [])],
      channels: [...readings.channels],
      classes: classes.map((one) => readings.choices[one]!),
      explained: {
        step: explained.step,
        choice: readings.choices[explained.choice]!,
        share: answers.shareAt(explained),
      },
      answers: answers.listed,
      rows: states.rows,
      what: choice.what,
      middle: states.middle,
      reach: states.reach,
      truncated: states.truncated,
      queries: heads.queries,
      heads: heads.summaries,
      block: blockOf(steps),
    },
    columns: {
      input: readings.channels.map((_, channel) =>
        Float32Array.from(
          { length: steps },
          (_row, step) => sample.values[step * readings.channels.length + channel]!,
        ),
      ),
      share: classes.map((one) => Float32Array.from(overTime, (shares) => shares[one]!)),
      probability: Float32Array.from({ length: steps }, (_, step) => {
        const next = sample.next?.[step] ?? -1;
        return next < 0 ? Number.NaN : answers.shareAt({ step, choice: next });
      }),
      entropy: Float32Array.from({ length: steps }, (_, step) => answers.bitsAt(step)),
      evidence: evidenceOf(reader, sample, explained),
      gradient:
        seen.sites.length > 0
          ? gradientOf(reader, sample, explained, planAt(seen.anatomy, choice.place).place)
          : new Float32Array(steps).fill(Number.NaN),
      mean: states.mean,
      extreme: states.extreme,
      weight: heads.weights,
    },
  });
}

interface Answers {
  /** The most likely answer of the last step, or of the sample. */
  readonly last: Float32Array;
  readonly listed: ChoiceShare[][];
  shareAt(explained: Explained): number;
  /** NaN where the sample as a whole is answered. */
  bitsAt(step: number): number;
}

function answersOf({ choices, answers }: SampleReadings, logs: Float32Array): Answers {
  const width = choices.length;
  const shares = logs.map((log) => Math.exp(log));
  const at = (step: number) => shares.subarray(step * width, (step + 1) * width);
  const rows = shares.length / width;
  return {
    last: at(rows - 1),
    listed: Array.from({ length: rows }, (_, step) => {
      const own = at(step);
      return largest(own, MOST_LISTED).map((one) => ({ choice: choices[one]!, share: own[one]! }));
    }),
    shareAt: ({ step, choice }) => at(step)[choice]!,
    bitsAt: (step) => (answers === 'sample' ? Number.NaN : entropyOf(at(step)) / Math.LN2),
  };
}

/** Indices of the largest, the largest first. */
function largest(values: Float32Array, most: number): number[] {
  const found: number[] = [];
  for (let index = 0; index < values.length; index++) {
    let rank = found.length;
    while (rank > 0 && values[found[rank - 1]!]! < values[index]!) rank--;
    if (rank >= most) continue;
    found.splice(rank, 0, index);
    if (found.length > most) found.pop();
  }
  return found;
}

interface Asked {
  readonly sample: ReadSample;
  readonly answers: Answers;
  readonly step: number | undefined;
}

/** What really comes next, or, where nobody knows, the most likely. @throws HindcastError `invalid-input` for a step that there is not */
function explainedBy(readings: SampleReadings, { sample, answers, step }: Asked): Explained {
  if (readings.answers === 'sample') return { step: 0, choice: largest(answers.last, 1)[0]! };
  const { steps, next } = sample;
  const asked = step ?? steps - 1;
  if (asked >= steps) {
    const message = `There is no step ${asked} of what was read: it has ${steps}, counted from 0.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'step' } });
  }
  const known = next?.[asked] ?? -1;
  const name = answers.listed[asked]![0]!.choice;
  return { step: asked, choice: known >= 0 ? known : readings.choices.indexOf(name) };
}

function shownClasses({ choices }: SampleReadings, shares: Float32Array, truth: string | null): number[] {
  const found = largest(shares, MOST_CLASSES);
  const index = truth === null ? -1 : choices.indexOf(truth);
  return index < 0 || found.includes(index) ? found : [...found.slice(0, -1), index];
}

const NO_STATES = { rows: [], mean: [], extreme: [], middle: 0, reach: 1, truncated: 0 };

function statesOf({ anatomy, sites }: SeenSample, { place, what, order }: ReadChoice, steps: number) {
  if (sites.length === 0) return NO_STATES;
  const plan = planAt(anatomy, place);
  const site = sites[anatomy.sites.indexOf(plan)]!;
  const shown = valuesOf(site, what);
  const { units, truncated } = plan;
  const values = unitsOverTime(shown, plan, 0);
  const lines = ORDERS[order]({ values, units, steps, memory: memoryOf(site, 0), season: null });
  const ordered = new Float64Array(values.length);
  for (const [row, unit] of lines.entries())
    ordered.set(values.subarray(unit * steps, (unit + 1) * steps), row * steps);
  const { middle } = shown;
  const grid = { values: ordered, rows: units, columns: steps, middle };
  const { rows, mean, extreme, reach } = reduceGrid(grid, { rows: MOST_LINES, columns: steps });
  return {
    rows: rows.map(({ from, count }) => lines.slice(from, from + count)),
    mean: [...mean],
    extreme: [...extreme],
    middle,
    reach,
    truncated,
  };
}

const NO_HEADS = { queries: [], summaries: [], weights: [] };

function headsOf({ anatomy, attention }: SeenSample, { layer, head }: ReadChoice, steps: number) {
  if (anatomy.attention.length === 0) return NO_HEADS;
  const plan = anatomy.attention[layer];
  if (!plan) throw noSuch('layer of attention', layer, anatomy.attention.length);
  if (head !== null && head >= plan.heads) throw noSuch('head', head, plan.heads);
  const all = attention[layer];
  if (!all) return NO_HEADS;
  const size = steps * steps;
  const of = (index: number) => all.subarray(index * size, (index + 1) * size);
  const values = head === null ? meanOfHeads({ plan, head: of }) : of(head);
  const grid = { values, rows: steps, columns: steps, middle: 0 };
  const reduced = reduceGrid(grid, { rows: MOST_QUERIES, columns: steps });
  return {
    queries: reduced.rows.map(({ from, count }) => Array.from({ length: count }, (_, at) => from + at)),
    weights: [...reduced.extreme],
    summaries: Array.from({ length: plan.heads }, (_, index) => {
      const { name, entropy } = summarizeHead(index, of(index), plan);
      return { head: index, name, entropy };
    }),
  };
}

const noSuch = (what: string, index: number, count: number): HindcastError =>
  new HindcastError(
    'invalid-input',
    `There is no ${what} ${index}: there are ${count}, counted from 0, so choose 0 to ${count - 1}.`,
    { details: { field: what === 'head' ? 'head' : 'layer' } },
  );
