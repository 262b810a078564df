// Video files (MP4, QuickTime, WebM, AVI): they are recognised so that the refusal names what they hold and how their frames can be had.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { HindcastError } from '../../../contract/errors.ts';
import type { SampleForm } from './raw-samples.ts';

interface Container {
  readonly name: string;
  matches(head: Buffer): boolean;
}

const at = (head: Buffer, from: number, text: string): boolean =>
  head.toString('latin1', from, from + text.length) === text;

const CONTAINERS: readonly Container[] = [
  { name: 'MP4', matches: (head) => at(head, 4, 'ftyp') },
  { name: 'WebM', matches: (head) => at(head, 0, '\x1a\x45\xdf\xa3') },
  { name: 'AVI', matches: (head) => at(head, 0, 'RIFF') && at(head, 8, 'AVI ') },
];

/** Signs in the description of a track. */
const CODECS: Readonly<Record<string, string>> = {
  avc1: 'H.264',
  avc3: 'H.264',
  hvc1: 'H.265',
  hev1: 'H.265',
  vp08: 'VP8',
  vp09: 'VP9',
  av01: 'AV1',
  mp4v: 'MPEG-4',
  V_VP8: 'VP8',
  V_VP9: 'VP9',
  V_AV1: 'AV1',
  'V_MPEG4/ISO/AVC': 'H.264',
  'V_MPEGH/ISO/HEVC': 'H.265',
  XVID: 'MPEG-4',
  MJPG: 'Motion JPEG',
};

export const videoFileForm: SampleForm = {
  recognises: ({ isFolder, head }) => !isFolder && CONTAINERS.some((one) => one.matches(head)),
  isOnlySamples: true,
  async read({ path }) {
    const ends = await endsOf(path);
    const container = CONTAINERS.find((one) => one.matches(ends))?.name ?? 'video';
    const signs = ends.toString('latin1');
    const codec = Object.entries(CODECS).find(([sign]) => signs.includes(sign))?.[1];
    const file = basename(path);
    const message = `${file} is a video (${container}${codec === undefined ? '' : `, ${codec}`}), which is not decoded here; save its frames as numbered pictures or as a GIF (for example: ffmpeg -i ${file} -vf fps=10 frames/%04d.png), and import the folder as frames.`;
    throw new HindcastError('file-unreadable', message, { details: { file: path, codec: codec ?? null } });
  },
};

/** The description of the tracks stands at one of the ends. */
const END_BYTES = 2 ** 20;

async function endsOf(path: string): Promise<Buffer> {
  await using handle = await open(path, 'r');
  const { size } = await handle.stat();
  const read = async (from: number) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(END_BYTES), 0, END_BYTES, from);
    return buffer.subarray(0, bytesRead);
  };
  const first = await read(0);
  return size > END_BYTES ? Buffer.concat([first, await read(Math.max(END_BYTES, size - END_BYTES))]) : first;
}
