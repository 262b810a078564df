// Initial biases of a recurrent layer's gates: how much it remembers before it has learned anything.
import { chronoBiases } from '../initializers.ts';
import type { UniformSource } from '../parameters.ts';

export type Cell = 'rnn' | 'gru' | 'lstm';

/** Side by side on the last axis: LSTM i, f, g, o; GRU z, r, n. */
export const GATES = { rnn: 1, gru: 3, lstm: 4 } as const;

export interface GateBiases {
  readonly cell: Cell;
  readonly units: number;
  /** Of the LSTM's forget gates. */
  readonly forgetBias: number;
  /** Of the GRU's update gates. */
  readonly updateBias: number;
  /** Of the gates that keep, ln u with u uniform in [1, chronoSteps - 1], of those that write -ln u; null: the biases above. */
  readonly chronoSteps: number | null;
}

/**
 * Draws [gates * units] values. The GRU writes with 1 - sigmoid(b) = sigmoid(-b), so its update gate is both of the pair that
 * the LSTM has as forget and input gate.
 */
export function firstGateBiases({ cell, units, forgetBias, updateBias, chronoSteps }: GateBiases) {
  return (random: UniformSource): Float32Array => {
    const values = new Float32Array(GATES[cell] * units);
    if (cell === 'rnn') return values;
    const keep =
      chronoSteps === null
        ? new Float32Array(units).fill(cell === 'lstm' ? forgetBias : updateBias)
        : chronoBiases(random, units, chronoSteps);
    values.set(keep, cell === 'lstm' ? units : 0);
    if (cell === 'lstm' && chronoSteps !== null) {
      values.set(
        keep.map((bias) => -bias),
        0,
      );
    }
    return values;
  };
}
