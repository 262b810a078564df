// Notes as events: when each begins, how long it sounds, its key and how loud it is. Times count quarter notes.
import type { Music } from './notes.ts';

export interface NoteEvent {
  readonly time: number;
  readonly fields: ReadonlyMap<string, number | string>;
}

export const noteEvents = ({ notes }: Music): NoteEvent[] =>
  notes.map(({ start, duration, pitch, velocity, isDrum = false }) => ({
    time: start - notes[0]!.start,
    fields: new Map<string, number | string>([
      ['pitch', pitch],
      ['duration', duration],
      ['velocity', velocity],
      ['kind', isDrum ? 'drum' : 'note'],
    ]),
  }));
