// ASHA, asynchronous successive halving (Li et al. 2020, algorithm 2): trials are held at rungs, after `minEpochs`, `minEpochs * factor` and so
// on. Of those that reached a rung, one in `factor` trains on to the next. A held trial is resumed when it comes among the best, also late,
// so no trial is lost by the order in which they arrive.
import { z } from 'zod';
import type { HoldRule } from '../../contract/runs/hold.ts';
import type { Promotion, Stopper, TrialCurve } from './stopper.ts';

const OptionsSchema = z.strictObject({
  kind: z.literal('asha'),
  /** Epochs of the first rung. */
  minEpochs: z.int().min(1).max(1_000_000).default(1),
  /** Of `factor` trials one is resumed, and the next rung has `factor` times the epochs. */
  factor: z.int().min(2).max(100).default(3),
});
export type AshaOptions = z.infer<typeof OptionsSchema>;

export const asha: Stopper<AshaOptions> = {
  kind: 'asha',
  options: OptionsSchema,
  begin: (_before, options) => ({ afterEpoch: rungEpochs(0, options) }),
  rungs(epochs, options) {
    const found: number[] = [];
    for (let rung = 0; rungEpochs(rung, options) < epochs; rung++) found.push(rungEpochs(rung, options));
    return found;
  },
  promote(trials, options) {
    const found: Promotion[] = [];
    for (let rung = topRung(trials, options); rung >= 0; rung--)
      found.push(...promotable(trials, rung, options));
    return found;
  },
};

function rungEpochs(rung: number, { minEpochs, factor }: AshaOptions): number {
  let epochs = minEpochs;
  for (let at = 0; at < rung; at++) epochs *= factor;
  return epochs;
}

/** The highest one that a trial has reached; -1: none. */
function topRung(trials: readonly TrialCurve[], options: AshaOptions): number {
  const most = Math.max(0, ...trials.map(({ best }) => best.length));
  let rung = -1;
  while (rungEpochs(rung + 1, options) <= most) rung++;
  return rung;
}

/** Best first. Of equal ones all are among the best. */
function promotable(trials: readonly TrialCurve[], rung: number, options: AshaOptions): Promotion[] {
  const epochs = rungEpochs(rung, options);
  const next = rungEpochs(rung + 1, options);
  const reached = trials.flatMap((trial) => {
    const loss = lossAt(trial, epochs);
    return loss === null ? [] : [{ ...trial, loss }];
  });
  const ranked = reached.toSorted((a, b) => compare(a.loss, b.loss) || a.trial - b.trial);
  const last = ranked[Math.floor(ranked.length / options.factor) - 1];
  if (last === undefined) return [];
  return ranked
    .filter(({ state, best, loss }) => state === 'held' && best.length < next && loss <= last.loss)
    .map(({ trial }) => ({ trial, hold: { afterEpoch: next } satisfies HoldRule }));
}

/** Infinities are equal to each other. */
const compare = (a: number, b: number): number => (a === b ? 0 : a - b);

/** Null: not known yet. A trial that has ended before (out of patience, diverged) counts with what it reached. */
function lossAt({ best, state }: TrialCurve, epochs: number): number | null {
  if (best.length >= epochs) return finite(best[epochs - 1]);
  return state === 'ended' ? finite(best.at(-1)) : null;
}

const finite = (loss: number | undefined): number =>
  loss !== undefined && Number.isFinite(loss) ? loss : Infinity;
