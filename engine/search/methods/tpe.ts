// TPE, the tree-structured Parzen estimator (Bergstra et al. 2011): models the good trials and the others by a density each, and takes the
// candidate for which the first is largest against the second. Fields that exist together are modelled together; trials that still run
// count among the others, so that parallel trials keep their distance (the "constant liar").
import { z } from 'zod';
import type { Told, Values } from '../../contract/studies/search.ts';
import type { RandomStream } from '../../training/random-streams.ts';
import { type Parzen, parzenOf } from '../parzen.ts';
import { choose, type Group } from '../problem.ts';
import type { SearchMethod } from './method.ts';
import { uniformValues } from './uniform.ts';

const OptionsSchema = z.strictObject({
  kind: z.literal('tpe'),
  /** Random trials before the model is used. */
  startup: z.int().min(1).max(1_000).default(10),
  /** Candidates drawn for each trial. */
  candidates: z.int().min(1).max(1_000).default(24),
});

export const tpe: SearchMethod<z.infer<typeof OptionsSchema>> = {
  kind: 'tpe',
  options: OptionsSchema,
  // Each candidate is held against a kernel of every trial, in every dimension.
  milliseconds: ({ space, told }, { startup, candidates }) =>
    told <= startup ? 0 : KERNEL_MS * candidates * told * Object.keys(space).length,
  propose(problem, { told, stream, attempt }, { startup, candidates }) {
    const ended = told.filter(({ result }) => result !== null);
    if (ended.length < startup || attempt >= MODEL_ATTEMPTS)
      return choose(problem, (group) => uniformValues(group, stream));
    const { good, others } = divide(told);
    return choose(problem, (group) => {
      const [below, above] = [densityOf(group, good), densityOf(group, others)];
      return bestOf(candidates, { below, above, stream });
    });
  },
};

const KERNEL_MS = 5e-4;

/** The model knows nothing of contradictions between fields: where it keeps proposing them, chance takes over. */
const MODEL_ATTEMPTS = 10;

/** A tenth of the trials is good, and at most 25. */
const GOOD_SHARE = 0.1;
const MOST_GOOD = 25;

const lossOf = ({ result }: Told): number => (typeof result === 'number' ? result : Infinity);
/** Those that were trained to their end come first. */
const reachOf = ({ result, epochs }: Told): number => (result === 'failed' ? 0 : (epochs ?? Infinity));
const rank = (a: Told, b: Told): number =>
  descending(reachOf(a), reachOf(b)) || descending(lossOf(b), lossOf(a)) || byTrial(a, b);
/** Infinities are equal to each other. */
const descending = (a: number, b: number): number => (a === b ? 0 : b - a);
const byTrial = (a: Told, b: Told): number => a.trial - b.trial;

/** Both oldest first. */
export function divide(told: readonly Told[]): { readonly good: Told[]; readonly others: Told[] } {
  const ended = told.filter(({ result }) => result !== null);
  const ranked = ended.toSorted(rank);
  const good = ranked.slice(0, Math.min(MOST_GOOD, Math.ceil(GOOD_SHARE * ended.length)));
  return {
    good: good.toSorted(byTrial),
    others: told.filter((one) => !good.includes(one)).toSorted(byTrial),
  };
}

const densityOf = (group: Group, trials: readonly Told[]): Parzen =>
  parzenOf(
    group,
    trials
      .map(({ values }) => values)
      .filter((values) => group.every(({ path }) => Object.hasOwn(values, path))),
  );

interface Densities {
  readonly below: Parzen;
  readonly above: Parzen;
  readonly stream: RandomStream;
}

function bestOf(candidates: number, { below, above, stream }: Densities): Values {
  let best: { readonly values: Values; readonly gain: number } | null = null;
  for (let candidate = 0; candidate < candidates; candidate++) {
    const values = below.sample(stream);
    const gain = below.logDensity(values) - above.logDensity(values);
    if (best === null || gain > best.gain) best = { values, gain };
  }
  return best?.values ?? {};
}
