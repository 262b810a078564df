// Class labels for the cross-entropy: the index of the true class at every step, from targets that are 1 for it and 0 for the
// others.
import { HindcastError } from '../../contract/values/errors.ts';
import type { TargetRows } from './loss-function.ts';

/** What the cross-entropy needs. */
export const CLASSES = 'targets that are 1 for the true class and 0 for the others';

export interface ClassLabels {
  /** [steps], from 0; 0 where the step is unknown. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** [steps], 1 where all classes of the step are known, else 0. */
  readonly known: Float32Array<ArrayBuffer>;
}

/**
 * @param target [steps, classes]; `mask` likewise, 0 where the target is missing
 * @throws HindcastError `invalid-input` for a known step without exactly one true class
 */
export function classLabels(target: Float32Array, mask: Float32Array, classes: number): ClassLabels {
  const steps = target.length / classes;
  const result = { labels: new Int32Array(steps), known: new Float32Array(steps) };
  for (let step = 0; step < steps; step++) {
    if (!isKnown(mask, step, classes)) continue;
    const cells = cellsOf(target, step, classes);
    if (!isOneHot(cells)) throw notOneHot(cells);
    result.labels[step] = cells.indexOf(1);
    result.known[step] = 1;
  }
  return result;
}

/** Index of the first known step without exactly one true class; -1 where every step has one. */
export function firstWithoutClass({ target, mask }: TargetRows, classes: number): number {
  const steps = target.length / classes;
  for (let step = 0; step < steps; step++) {
    if (isKnown(mask, step, classes) && !isOneHot(cellsOf(target, step, classes))) return step;
  }
  return -1;
}

const cellsOf = (cells: Float32Array, step: number, classes: number): Float32Array =>
  cells.subarray(step * classes, (step + 1) * classes);

const isKnown = (mask: Float32Array, step: number, classes: number): boolean =>
  !cellsOf(mask, step, classes).includes(0);

function isOneHot(cells: Float32Array): boolean {
  let ones = 0;
  for (const cell of cells) {
    if (cell === 1) ones++;
    else if (cell !== 0) return false;
  }
  return ones === 1;
}

function notOneHot(cells: Float32Array): HindcastError {
  const shown = Array.from(cells.subarray(0, 8), (cell) => Number(cell.toPrecision(4))).join(', ');
  return new HindcastError(
    'invalid-input',
    `The loss cross-entropy needs ${CLASSES}, but a step of the training part has ${shown}${cells.length > 8 ? ', ...' : ''} in model units; choose another task.loss, or leave the targets out of steps that scale them.`,
    { details: { field: 'task.loss' } },
  );
}
