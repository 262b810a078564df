// Uploading the files of a model to the engine: one progress for all of them.
import { afterEach, expect, test, vi } from 'vitest';
import { uploadFolder } from '../../renderer/shell/uploads.ts';

/** Reports half of a file, then its arrival. */
class PlayedRequest {
  status = 201;
  responseText = '';
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload: (() => void) | undefined;
  open(): void {}
  setRequestHeader(): void {}
  send(file: File): void {
    this.upload.onprogress?.({ loaded: file.size / 2, total: file.size });
    this.upload.onprogress?.({ loaded: file.size, total: file.size });
    this.responseText = JSON.stringify({ id: 'a', path: `/uploads/a/${file.name}`, bytes: file.size });
    queueMicrotask(() => this.onload?.());
  }
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('progress of several files counts their bytes', async () => {
  vi.stubGlobal('XMLHttpRequest', PlayedRequest);
  const told: number[] = [];
  const files = [new File(['x'.repeat(20)], 'card.json'), new File(['x'.repeat(80)], 'weights.bin')];
  const folder = await uploadFolder(files, ['card.json', 'weights.bin'], 'token', {
    onProgress: (fraction) => void told.push(fraction),
  });
  expect(told).toEqual([0, 0.1, 0.2, 0.2, 0.6, 1]);
  expect(folder).toMatchObject({ name: 'model', path: '/uploads/a', bytes: 100 });
});
