// Judges a duel from the losses of its runs, by contender and seed.
import type { DuelPair, DuelVerdict, JudgedDuel } from '../../../contract/studies/duel.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { dieboldMariano, holm } from '../../../evaluation/significance/diebold-mariano.ts';
import { pairedBootstrap } from '../../../evaluation/significance/paired-bootstrap.ts';
import { seedRandomStream } from '../../../training/random-streams.ts';
import { spreadOf } from '../../../words/studies.ts';

/** Below it a difference counts as more than chance. */
const LEVEL = 0.05;

/** @throws HindcastError `conflict` where the runs have other origins */
export function judge({ labels, losses, seeds, horizon, loss, unit }: JudgedDuel): DuelVerdict {
  const { times } = losses[0]![0]!;
  for (const { times: other } of losses.flat()) {
    if (other.length === times.length && other.every((time, index) => time === times[index])) continue;
    const message = 'The runs of this duel are scored on different origins; their losses cannot be compared.';
    throw new HindcastError('conflict', message);
  }
  const pairs = labels.flatMap((first, one) =>
    labels.slice(one + 1).map((second, offset) => ({ first, second, one, two: one + 1 + offset })),
  );
  const tested = pairs.map(({ first, second, one, two }) => {
    const differences = seeds.map((_, seed) => minus(losses[one]![seed]!.losses, losses[two]![seed]!.losses));
    const test = dieboldMariano(meanOf(differences), horizon);
    const random = seedRandomStream(1, 'bootstrap');
    const { low, high } = pairedBootstrap(differences, horizon, () => random.uniform());
    const difference = average(meanOf(differences));
    return { first, second, one, two, difference, low, high, test };
  });
  const adjusted = holm(tested.map(({ test }) => test?.pValue ?? 1));
  const judged = tested.map(({ test, ...pair }, index) => {
    const isClear = test !== null && adjusted[index]! < LEVEL && (pair.high < 0 || pair.low > 0);
    const better = isClear ? (pair.difference < 0 ? ('first' as const) : ('second' as const)) : null;
    return {
      ...pair,
      statistic: test?.statistic ?? null,
      pValue: test?.pValue ?? null,
      holm: test ? adjusted[index]! : null,
      better,
    };
  });
  const wins = (contender: number): boolean =>
    judged.every(({ one, two, better }) => {
      if (one !== contender && two !== contender) return true;
      return better === (one === contender ? 'first' : 'second');
    });
  const contenders = labels.map((label, index) => {
    const spread = spreadOf(losses[index]!.map((run) => average(run.losses)));
    const [mean, deviation] = [spread?.mean ?? Number.NaN, spread?.deviation ?? null];
    return { label, mean, deviation, best: wins(index) };
  });
  const plain = judged.map(({ one: _one, two: _two, ...pair }) => pair);
  const means = new Map(contenders.map(({ label, mean }) => [label, mean]));
  const words = plain.map((pair) => pairWords(pair, loss, means));
  return { loss, unit, seeds: [...seeds], origins: times.length, contenders, pairs: plain, words };
}

function pairWords(pair: DuelPair, loss: string, means: ReadonlyMap<string, number>): string {
  const { first, second, better, difference, low, high, holm: raised } = pair;
  const range = `difference ${shown(difference)}, 95 % interval ${shown(low)} to ${shown(high)}`;
  const p = raised === null ? 'too few origins for the test of Diebold and Mariano' : chanceText(raised);
  if (better === null) {
    return `No evidence of a difference between ${first} and ${second}: ${range}, ${p}${whyUnclear(pair)}.`;
  }
  const [winner, loser] = better === 'first' ? [first, second] : [second, first];
  const values = `mean ${loss} ${shown(means.get(winner)!)} against ${shown(means.get(loser)!)}`;
  return `${winner} is better than ${loser}: ${values}; ${range}, ${p}.`;
}

const SMALLEST_SHOWN = 0.001;

const chanceText = (p: number): string => (p < SMALLEST_SHOWN ? `p < ${SMALLEST_SHOWN}` : `p = ${shown(p)}`);

/** Where one of the two looks clear, the other one says why that is not enough. */
function whyUnclear({ low, high, holm: raised }: DuelPair): string {
  if (raised === null) return '';
  const isApart = low > 0 || high < 0;
  if (raised < LEVEL && !isApart) return '; the interval holds 0, so other seeds or origins may turn it';
  return raised >= LEVEL && isApart ? `; p is above ${LEVEL}, so other origins may turn it` : '';
}

const shown = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value - b[at]!);

const meanOf = (all: readonly Float64Array[]): Float64Array =>
  all[0]!.map((_, at) => all.reduce((sum, values) => sum + values[at]!, 0) / all.length);

const average = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
