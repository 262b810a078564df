// Which frames of a video the window reads, how large, and where they lie in the archive that the engine reads.
import { expect, test } from 'vitest';
import { videosOf } from '../../renderer/features/data/videos/dropped-videos.ts';
import {
  folderNames,
  frameName,
  frameTimes,
  MOST_FRAMES,
  sizeOfFrames,
} from '../../renderer/features/data/videos/frame-times.ts';
import { framesOf } from '../../renderer/features/data/videos/pack-frames.ts';
import { notDecoded } from '../../renderer/features/data/videos/video-subject.ts';

test('a frame is read from the middle of each interval, one at least, and never more than the engine takes', () => {
  expect(frameTimes(2, 2)).toEqual([0.25, 0.75, 1.25, 1.75]);
  // Seconds of files are seldom whole: 0.1 + 0.2 are three intervals of a tenth.
  expect(frameTimes(0.1 + 0.2, 10)).toHaveLength(3);
  expect(frameTimes(0, 10)).toEqual([0]);
  expect(frameTimes(0.01, 10)).toEqual([0.01]);
  expect(frameTimes(1e6, 30)).toHaveLength(MOST_FRAMES);
  expect(framesOf([{ seconds: 2 }, { seconds: 1e6 }].map(withVideo), { rate: 2, side: 32 })).toBe(4 + 1_000);
});

const withVideo = ({ seconds }: { readonly seconds: number }) => ({
  seconds,
  video: { path: 'a.webm', file: new File([], 'a.webm') },
});

test('the longer side has the chosen size, and nothing is made larger', () => {
  expect(sizeOfFrames(1920, 1080, 32)).toEqual({ width: 32, height: 18 });
  expect(sizeOfFrames(90, 1600, 32)).toEqual({ width: 2, height: 32 });
  expect(sizeOfFrames(4000, 10, 16)).toEqual({ width: 16, height: 1 });
  expect(sizeOfFrames(20, 20, 64)).toEqual({ width: 20, height: 20 });
});

test('each video has a folder of its own, below the folder of its class', () => {
  expect(folderNames(['cats/1.mp4', 'cats/1.webm', 'dogs/1.mp4', 'v1.2/a'])).toEqual([
    'cats/1',
    'cats/1 (2)',
    'dogs/1',
    'v1.2/a',
  ]);
  expect(frameName('cats/1', 9)).toBe('cats/1/0010.png');
});

test('videos are told by their endings, and a file of another kind among them makes an import of tables', () => {
  const files = (...names: string[]) => names.map((name) => new File([], name));
  expect(videosOf(files('b 10.webm', 'b 2.webm', 'a.MP4'))?.map(({ path }) => path)).toEqual([
    'a.MP4',
    'b 2.webm',
    'b 10.webm',
  ]);
  expect(videosOf(files('a.mp4', 'b.csv'))).toBeNull();
  expect(videosOf([])).toBeNull();
});

test.each([
  [
    '\0\0\0\x18ftypisom....moov....hvc1',
    'a.mp4 is a video (MP4, H.265) whose pictures this browser cannot decode; ',
  ],
  ['\x1a\x45\xdf\xa3....V_AV1', 'a.mp4 is a video (WebM, AV1) whose pictures this browser cannot decode; '],
  [
    '\0\0\0\x14ftypqt  ....apcn',
    'a.mp4 is a video (MP4, ProRes) whose pictures this browser cannot decode; ',
  ],
  ['RIFF....AVI LISTFMP4', 'a.mp4 is a video (AVI, MPEG-4) whose pictures this browser cannot decode; '],
  ['no video', 'a.mp4 is no video, or a damaged one; '],
])('what cannot be decoded is said with its codec', async (content, message) => {
  const file = new File([Uint8Array.from(content, (sign) => sign.charCodeAt(0))], 'a.mp4');
  const error = await notDecoded({ path: 'a.mp4', file });
  expect(error.message).toContain(message);
  expect(error.message).toContain('ffmpeg -i a.mp4');
});

test('the codec is found where its sign stands at the end of a large file', async () => {
  const head = Uint8Array.from('\0\0\0\x18ftypisom', (sign) => sign.charCodeAt(0));
  const file = new File([head, new Uint8Array(2 ** 21), 'moov avc1'], 'a.mp4');
  expect((await notDecoded({ path: 'a.mp4', file })).message).toContain('(MP4, H.264)');
});
