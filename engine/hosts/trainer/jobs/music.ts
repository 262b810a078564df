// The job `music`: the music of a written text, as notes, a MIDI file and, where it is asked for, a WAV file.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { writeMidi } from '../../../data/music/midi-file.ts';
import { musicOfText } from '../../../data/music/music-of-text.ts';
import { lengthOf } from '../../../data/music/notes.ts';
import { renderWave, waveFile } from '../../../data/music/render-wave.ts';
import type { Job } from './job.ts';

export const musicJob: Job<Jobs['music']> = {
  async run({ text, hasWave }) {
    const music = musicOfText(text);
    if (!music) return null;
    const beat = 60 / music.tempo;
    return {
      seconds: lengthOf(music) * beat,
      notes: music.notes.map(({ start, duration, pitch, velocity, isDrum = false }) => ({
        start: start * beat,
        duration: duration * beat,
        pitch,
        velocity,
        isDrum,
      })),
      midi: writeMidi(music),
      wave: hasWave ? waveFile(renderWave(music)) : null,
    };
  },
};
