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
import { firstStep } from '../translator-anatomy.ts';

/** Lines of a map, and queries of one. */
const MOST_LINES = 400;
const MOST_QUERIES = 200;
/** Classes whose shares are shown over time, and answers that are listed. */
const MOST_CLASSES = 8;
const MOST_LISTED = 5;

export function read(reader: Reader, choice: ReadChoice): Uint8Array {
  const { readings } = reader;
  const sample = chooseSample(reader, choice);
  const seen = passOver(reader, sample);
  const answers = answersOf(readings, seen.logs, sample.source ?? 0);
  const explained = explainedBy(readings, { sample, answers, step: choice.step });
  const classes = readings.answers !== 'sample' ? [] : shownClasses(readings, answers.last, sample.truth);
  const overTime = classes.length > 0 ? sharesOverTime(reader, sample) : [];
  const states = statesOf(seen, choice, sample);
  const heads = headsOf(seen, choice, sample);
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
      firstAnswer: sample.source ?? 0,
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
      reachOfTraining: readings.reach ?? null,
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
          ? gradientOf(reader, sample, explained, planAt(seen.anatomy, choice.place))
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
  /** The most likely choice. */
  likeliestAt(step: number): number;
  shareAt(explained: Explained): number;
  /** NaN where the sample as a whole is answered. */
  bitsAt(step: number): number;
}

function answersOf({ choices, answers }: SampleReadings, logs: Float32Array, first: number): Answers {
  const width = choices.length;
  const shares = logs.map((log) => Math.exp(log));
  const at = (step: number) => shares.subarray(step * width, (step + 1) * width);
  const rows = shares.length / width;
  return {
    last: at(rows - 1),
    listed: Array.from({ length: rows }, (_, step) => {
      if (step < first) return [];
      const own = at(step);
      return largest(own, MOST_LISTED).map((one) => ({ choice: choices[one]!, share: own[one]! }));
    }),
    likeliestAt: (step) => largest(at(step), 1)[0]!,
    shareAt: ({ step, choice }) => at(step)[choice]!,
    bitsAt: (step) => (answers === 'sample' || step < first ? Number.NaN : entropyOf(at(step)) / Math.LN2),
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
  const { steps, next, source = 0 } = sample;
  const asked = step ?? steps - 1;
  if (asked >= steps) {
    const message = `There is no step ${asked} of what was read: it has ${steps}, counted from 0.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'step' } });
  }
  if (asked < source) {
    const message = `Step ${asked} is read and not answered: what is written begins at step ${source}, so choose ${source} to ${steps - 1}.`;
    throw new HindcastError('invalid-input', message, { details: { field: 'step' } });
  }
  const known = next?.[asked] ?? -1;
  return { step: asked, choice: known >= 0 ? known : answers.likeliestAt(asked) };
}

function shownClasses({ choices }: SampleReadings, shares: Float32Array, truth: string | null): number[] {
  const found = largest(shares, MOST_CLASSES);
  const index = truth === null ? -1 : choices.indexOf(truth);
  return index < 0 || found.includes(index) ? found : [...found.slice(0, -1), index];
}

const NO_STATES = { rows: [], mean: [], extreme: [], middle: 0, reach: 1, truncated: 0 };

function statesOf(
  { anatomy, sites }: SeenSample,
  { place, what, order, whole }: ReadChoice,
  sample: ReadSample,
) {
  if (sites.length === 0) return NO_STATES;
  const plan = planAt(anatomy, place);
  const site = sites[anatomy.sites.indexOf(plan)]!;
  const shown = valuesOf(site, what);
  const { units, steps, truncated } = plan;
  const first = firstStep(plan, sample.source ?? 0);
  const values = unitsOverTime(shown, plan, 0);
  const lines = ORDERS[order]({ values, units, steps, memory: memoryOf(site, 0), season: null });
  const ordered = new Float64Array(values.length);
  for (const [row, unit] of lines.entries())
    ordered.set(values.subarray(unit * steps, (unit + 1) * steps), row * steps);
  const { middle } = shown;
  const grid = { values: ordered, rows: units, columns: steps, middle };
  const { rows, mean, extreme, reach } = reduceGrid(grid, {
    rows: whole ? units : MOST_LINES,
    columns: steps,
  });
  return {
    rows: rows.map(({ from, count }) => lines.slice(from, from + count)),
    mean: Array.from(mean, (line) => placed(line, first, sample.steps)),
    extreme: Array.from(extreme, (line) => placed(line, first, sample.steps)),
    middle,
    reach,
    truncated,
  };
}

/** Values of a stretch of the sample's steps, NaN beside it. */
function placed(values: ArrayLike<number>, first: number, steps: number): Float32Array {
  if (values.length === steps) return Float32Array.from(values);
  const out = new Float32Array(steps).fill(Number.NaN);
  out.set(values, first);
  return out;
}

const NO_HEADS = { queries: [], summaries: [], weights: [] };

function headsOf({ anatomy, attention }: SeenSample, { layer, head, whole }: ReadChoice, sample: ReadSample) {
  if (anatomy.attention.length === 0) return NO_HEADS;
  const plan = anatomy.attention[layer];
  if (!plan) throw noSuch('layer of attention', layer, anatomy.attention.length);
  if (head !== null && head >= plan.heads) throw noSuch('head', head, plan.heads);
  const all = attention[layer];
  if (!all) return NO_HEADS;
  const { queries, keys } = plan;
  const size = queries * keys;
  // What is written looks at what is read.
  const firstQuery = plan.isAlignment ? (sample.source ?? 0) : 0;
  const of = (index: number) => all.subarray(index * size, (index + 1) * size);
  const values = head === null ? meanOfHeads({ plan, head: of }) : of(head);
  const grid = { values, rows: queries, columns: keys, middle: 0 };
  const reduced = reduceGrid(grid, { rows: whole ? queries : MOST_QUERIES, columns: keys });
  return {
    queries: reduced.rows.map(({ from, count }) =>
      Array.from({ length: count }, (_, at) => firstQuery + from + at),
    ),
    weights: Array.from(reduced.extreme, (line) => placed(line, 0, sample.steps)),
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
