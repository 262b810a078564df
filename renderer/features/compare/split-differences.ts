// Differences between configurations: those that all runs have a value for, and those that some of them have no such setting for. Pure.
import type { Comparison } from '../../../engine/contract/runs/run.ts';

type Differences = Comparison['differences'];

export function splitDifferences(
  differences: Differences,
): readonly [ofAll: Differences, ofSome: Differences] {
  const lacks = ({ values }: Differences[number]): boolean => values.some((value) => value === null);
  return [differences.filter((one) => !lacks(one)), differences.filter(lacks)];
}
