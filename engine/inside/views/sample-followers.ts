// The view `followers`: units whose state goes with something readable over many samples: a position, brackets, a letter, a class.
import type { FollowersChoice, InsideFollowers } from '../../contract/inside/reading.ts';
import { spacedIndices } from '../../data/complete-windows.ts';
import type { ReadSample } from '../../tasks/sample-reading.ts';
import { addPair, correlationOf, noPairs, type PairSums } from '../correlation.ts';
import { ANY_STEPS, anatomyAt, type Reader } from '../readings/load.ts';
import { passOver } from '../readings/pass.ts';
import { MOST_TOKENS, readablesOf } from '../readings/readable.ts';
import { planAt } from '../site-values.ts';
import { firstStep } from '../translator-anatomy.ts';

/** Classes and inputs that units are compared with one by one. */
const MOST_NAMED = 64;
/** Samples of the training part, evenly spaced, and the steps that are read of each. */
const MOST_SAMPLES = 48;
const MOST_STEPS = 200;
/** |r| from which a unit is said to follow. */
const FOLLOWS = 0.6;
/** Steps at which a sign must stand: of fewer, a correlation is chance. */
const FEWEST_STEPS = 20;

export function followers(reader: Reader, { place }: FollowersChoice): InsideFollowers {
  const { readings } = reader;
  const plan = planAt(anatomyAt(reader, ANY_STEPS), place);
  const samples = spacedIndices(readings.samples.train, MOST_SAMPLES).map((index) =>
    readings.sample({ part: 'train', index, from: 0, most: MOST_STEPS }),
  );
  const known = {
    tokens: frequentTokens(samples),
    classes: readings.answers === 'sample' && readings.choices.length <= MOST_NAMED ? readings.choices : [],
    channels: readings.channels.length <= MOST_NAMED ? readings.channels : [],
  };
  const sums = new Map<string, PairSums[]>();
  const standing = new Map<string, number>();
  let steps = 0;
  for (const sample of samples) {
    const seen = passOver(reader, sample);
    const site = seen.sites.find((one) => one.plan.path === plan.path)!;
    const first = firstStep(plan, sample.source ?? 0);
    steps += site.plan.steps;
    for (const { name, values } of readablesOf(sample, known)) {
      const units = sums.get(name) ?? Array.from({ length: plan.units }, noPairs);
      sums.set(name, units);
      standing.set(
        name,
        (standing.get(name) ?? 0) + values.reduce((count, value) => count + (value !== 0 ? 1 : 0), 0),
      );
      for (let step = 0; step < site.plan.steps; step++) {
        const at = step * plan.units;
        for (let unit = 0; unit < plan.units; unit++)
          addPair(units[unit]!, values[first + step]!, site.hidden[at + unit]!);
      }
    }
  }
  const names = [...sums.keys()].filter((name) => standing.get(name)! >= FEWEST_STEPS);
  const found = Array.from({ length: plan.units }, (_, unit) => {
    const all = names.map((follows) => ({
      unit,
      follows,
      correlation: correlationOf(sums.get(follows)![unit]!),
    }));
    return all.reduce((best, one) => (Math.abs(one.correlation) > Math.abs(best.correlation) ? one : best), {
      unit,
      follows: '',
      correlation: 0,
    });
  });
  return {
    samples: samples.length,
    steps,
    followers: found
      .filter(({ correlation }) => Math.abs(correlation) >= FOLLOWS)
      .sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation)),
  };
}

function frequentTokens(samples: readonly ReadSample[]): string[] {
  const counts = new Map<string, number>();
  for (const { labels } of samples)
    for (const label of labels ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_TOKENS)
    .map(([token]) => token);
}
