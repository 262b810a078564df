// `hindcast frames RUN --input PATH --out FILE`: the next frames of new videos, as a file of NumPy.
import { resolve } from 'node:path';
import type { RunReference } from '../../../contract/values/ids.ts';
import { numpyHead } from '../../../data/samples/numpy-file.ts';
import type { Outcome, VerbContext } from '../context.ts';
import { refuseExisting, writeNewFile } from '../files.ts';
import { counted } from '../text/format.ts';

export interface FramesArguments {
  readonly run: RunReference;
  readonly input: string;
  readonly out: string;
  readonly force?: boolean;
}

export async function frames(context: VerbContext, given: FramesArguments): Promise<Outcome> {
  const { run, out, force = false } = given;
  await refuseExisting(out, 'file', force);
  const { client } = await context.connect('existing');
  const input = { kind: 'file' as const, path: resolve(given.input) };
  const { width, height, channels, ahead, videos, notes } = await client.video.predict({ run, input });
  if (!context.json) for (const note of notes) context.terminal.err(`note: ${note}\n`);
  const shape = [videos.length, ahead, height, width, ...(channels === 1 ? [] : [channels])];
  const bytes = await Promise.all(videos.map(async (video) => Buffer.from(await video.frames.arrayBuffer())));
  await writeNewFile(out, Buffer.concat([numpyHead(shape), ...bytes]), force);
  const names = videos.map(({ name }) => name);
  return {
    json: { run, file: out, shape, videos: names, notes },
    text: `Wrote the next ${counted(ahead, 'frame')} of ${counted(videos.length, 'video')} to ${out}, uint8 [${shape.join(', ')}].`,
  };
}
