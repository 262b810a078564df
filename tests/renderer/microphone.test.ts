// A microphone that cannot be had is said in words, with what there is to do instead.
import { afterEach, expect, test, vi } from 'vitest';
import { startRecording } from '../../renderer/features/data/recorder/recording.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['NotAllowedError', 'The microphone was refused: allow it for this page'],
  ['NotFoundError', 'No microphone was found: connect one'],
])('%s', async (name, words) => {
  const getUserMedia = () => Promise.reject(new DOMException('', name));
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  await expect(startRecording(() => {})).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(words),
  });
});
