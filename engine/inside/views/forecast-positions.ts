// The view `positions`: the codes of the steps, which attention adds to what it reads.

import { InsidePositionsFrame } from '../../contract/inside/positions.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { sinePositions } from '../../ops/attention/positions.ts';
import { arrayOf, type Inspected } from '../forecaster/inspected.ts';

export function positions(inspected: Inspected): Uint8Array {
  const { model } = inspected.experiment;
  const steps = inspected.anatomy.attention[0]?.queries ?? 0;
  if (!('positions' in model) || model.positions === 'none') {
    const message = 'This model adds no positions to its steps, so it has no codes of them.';
    throw new HindcastError('invalid-input', message);
  }
  const { units } = model;
  const isLearned = model.positions === 'learned';
  const codes = isLearned ? arrayOf(inspected, 'positions').values : sinePositions(steps, units);
  const of = Array.from({ length: units }, (_, unit) => unit);
  return InsidePositionsFrame.encode({
    header: {
      kind: isLearned ? 'learned' : 'sine',
      units: of,
      reach: codes.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
    },
    columns: {
      code: of.map((unit) => Float32Array.from({ length: steps }, (_, step) => codes[step * units + unit]!)),
    },
  });
}
