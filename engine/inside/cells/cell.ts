// What the views ask of a recurrent cell, so that none of them branches on its name.

/** One block of a cell's activations, in the order in which it lies in memory. */
export interface Gate {
  /** As in the equations. */
  readonly name: string;
  readonly title: string;
  /** Between 0 and 1; otherwise a candidate between -1 and 1. */
  readonly isGate: boolean;
  /** The share of the state that a unit keeps. */
  readonly keeps: boolean;
}

export interface RecurrentCell {
  readonly hasCell: boolean;
  readonly gates: readonly Gate[];
  /** What saturates: the hidden state, or tanh of the cell state. `value` of that state; `isBounded`: its function has an upper end. */
  isSaturated(value: number, isBounded: boolean): boolean;
}

/** Beyond it tanh's slope is below a tenth. */
const SATURATED = 0.95;

export const saturatesHidden = (hidden: number, isBounded: boolean): boolean =>
  isBounded && Math.abs(hidden) > SATURATED;

/** |tanh c| > 0.95 where |c| > artanh 0.95. */
export const saturatesCell = (cell: number): boolean => Math.abs(cell) > 1.83178082306;
