// The position of a message in a run's mail: attempt and number in one number that grows. The workspace remembers the newest one that it
// has stored, so that a message which is delivered twice counts once.
const NUMBERS = 2 ** 32;

export interface Position {
  readonly attempt: number;
  readonly number: number;
}

export const positionOf = ({ attempt, number }: Position): number => attempt * NUMBERS + number;

export const fromPosition = (position: number): Position => ({
  attempt: Math.floor(position / NUMBERS),
  number: position % NUMBERS,
});
