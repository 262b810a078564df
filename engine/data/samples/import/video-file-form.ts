// Video files (MP4, QuickTime, WebM, AVI): they are recognised so that the refusal names what they hold and how their frames can be had.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  framesRemedy,
  VIDEO_END_BYTES,
  videoFileKind,
  videoKindText,
} from '../../../contract/datasets/video-file.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import type { SampleForm } from './raw-samples.ts';

export const videoFileForm: SampleForm = {
  recognises: ({ isFolder, head }) => !isFolder && videoFileKind(head.toString('latin1')) !== null,
  isOnlySamples: true,
  async read({ path }) {
    const ends = await endsOf(path);
    const kind = videoFileKind(ends.toString('latin1')) ?? { container: 'video', codec: null };
    const file = basename(path);
    const message = `${file} is a video (${videoKindText(kind)}), which is not decoded here; import it in the window by its button Choose videos, which reads what the browser plays, or ${framesRemedy(file)}.`;
    throw new HindcastError('file-unreadable', message, { details: { file: path, codec: kind.codec } });
  },
};

/** The description of the tracks stands at one of the ends. */
async function endsOf(path: string): Promise<Buffer> {
  await using handle = await open(path, 'r');
  const { size } = await handle.stat();
  const read = async (from: number) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(VIDEO_END_BYTES), 0, VIDEO_END_BYTES, from);
    return buffer.subarray(0, bytesRead);
  };
  const first = await read(0);
  if (size <= VIDEO_END_BYTES) return first;
  return Buffer.concat([first, await read(Math.max(VIDEO_END_BYTES, size - VIDEO_END_BYTES))]);
}
