// The music of a written text, for piano rolls, players and files. Read in worker processes.
import type { Music } from '../../contract/results/generation.ts';
import type { EngineContext } from '../context.ts';

interface MusicRequest {
  readonly text: string;
  readonly hasWave: boolean;
}

/** Null where the text has no tune in ABC notation, and no events of a MIDI file. */
export async function musicOf(
  context: EngineContext,
  { text, hasWave }: MusicRequest,
  signal: AbortSignal | undefined,
): Promise<Music | null> {
  const found = await context.runJob('music', { text, hasWave }, { signal });
  if (!found) return null;
  const { seconds, notes, midi, wave } = found;
  return {
    seconds,
    notes: [...notes],
    midi: blobOf(midi, 'audio/midi'),
    wave: wave && blobOf(wave, 'audio/wav'),
  };
}

/** A copy: the answer of another process may lie in memory that is shared. */
const blobOf = (bytes: Uint8Array, type: string): Blob => new Blob([Uint8Array.from(bytes)], { type });
