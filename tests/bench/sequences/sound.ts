// The way of recordings, timed: spectra, import, and from the folder to the confusion matrix with every setting as it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SoundSchema } from '../../../engine/contract/experiment/sound.ts';
import { createNumbers } from '../../../engine/data/generated/random.ts';
import { createClipFeatures } from '../../../engine/data/samples/audio/clip-features.ts';
import { hindcast } from '../hindcast.ts';
import { startClock, startCpuClock } from './clock.ts';

export const SOUND = {
  name: 'sound',
  data: 'a folder of recordings, such as those of the Free Spoken Digit Dataset',
};

export function measureSound(data: string, folder: string): void {
  measureSpectra();
  const run = (...args: string[]) => hindcast(folder, args);
  const clock = startClock();
  run('import', resolve(data), '--name', SOUND.name);
  console.log(`imported in ${clock()}; target for 3,000 recordings: 20 s`);
  const file = join(folder, 'experiment.json');
  const experiment = { dataset: { name: SOUND.name }, task: { kind: 'classify' }, model: { kind: 'gru' } };
  writeFileSync(file, JSON.stringify({ name: SOUND.name, ...experiment }));
  const { id } = run('train', file) as { readonly id: number };
  run('export', String(id), '--format', 'csv', '--out', join(folder, 'result'));
  const [, ...lines] = readFileSync(join(folder, 'result', 'confusion.csv'), 'utf8')
    .trim()
    .split('\n');
  console.log(
    `folder to the confusion matrix of ${lines.length} classes, no setting touched: ${clock()}; target: 180 s`,
  );
}

const [RATE, SECONDS, CLIPS, FRAMES] = [8_000, 0.42, 2_910, 125_000] as const;

function measureSpectra(): void {
  const { integer } = createNumbers(1);
  const wave = () => Int16Array.from({ length: Math.round(RATE * SECONDS) }, () => integer(20_001) - 10_000);
  const clips = Array.from({ length: CLIPS }, () => ({ rate: RATE, wave: wave() }));
  const features = createClipFeatures(SoundSchema.parse({}), RATE);
  const [clock, cpu] = [startClock(), startCpuClock()];
  const frames = clips.reduce((sum, clip) => sum + features.of(clip).length / features.features, 0);
  const count = frames.toLocaleString('en-US');
  console.log(
    `log-mel of ${count} frames: ${clock()}, ${cpu().toFixed(1)} s of CPU; target for ${FRAMES.toLocaleString('en-US')}: 5 s`,
  );
}
