// A piece of music in memory: notes over time in quarter notes, whatever notation it comes from.

export interface Note {
  /** In quarter notes from the beginning. */
  readonly start: number;
  readonly duration: number;
  /** Number of the key as MIDI counts, 60 is the middle c. */
  readonly pitch: number;
  /** From 1 to 127. */
  readonly velocity: number;
  /** It is of the percussion: the pitch names an instrument. */
  readonly isDrum?: boolean;
}

export interface Music {
  /** In the order of their starts, then of pitch. */
  readonly notes: readonly Note[];
  /** Quarter notes a minute. */
  readonly tempo: number;
}

export const DEFAULT_TEMPO = 120;
export const DEFAULT_VELOCITY = 80;

export const inOrder = (notes: readonly Note[]): Note[] =>
  notes.toSorted((a, b) => a.start - b.start || a.pitch - b.pitch || a.duration - b.duration);

/** In quarter notes. */
export const lengthOf = ({ notes }: Pick<Music, 'notes'>): number =>
  notes.reduce((end, { start, duration }) => Math.max(end, start + duration), 0);
