// Opened models: the last few are kept, the oldest is released.
import { afterEach, expect, test, vi } from 'vitest';
import {
  addressOf,
  folderIn,
  keepModel,
  MODELS_KEPT,
  wasReleased,
} from '../../renderer/features/model/kept-models.ts';

test('the models opened last stay, the oldest upload is released', () => {
  const released: string[] = [];
  const open = (path: string) =>
    keepModel({ name: path, path, bytes: 1, release: () => void released.push(path) });
  const paths = Array.from({ length: MODELS_KEPT }, (_, index) => `/uploads/${index}`);
  for (const path of paths) open(path);
  expect(released).toEqual([]);

  open('/uploads/0');
  open('/uploads/new');
  expect(released).toEqual(['/uploads/1']);
  expect([...paths, '/uploads/new'].filter(wasReleased)).toEqual(['/uploads/1']);

  open('/uploads/1');
  expect(released).toEqual(['/uploads/1', '/uploads/2']);
  expect(wasReleased('/uploads/1')).toBe(false);
});

afterEach(() => vi.unstubAllGlobals());

test('the address of an uploaded model has no temporary path, and leads to it again', () => {
  const session = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    setItem: (key: string, value: string) => session.set(key, value),
    getItem: (key: string) => session.get(key) ?? null,
  });
  const path = '/tmp/hindcast-uploads-R2AzpH/951c07';
  const address = addressOf(path);
  expect(JSON.stringify(address)).not.toMatch(/tmp|hindcast-uploads/);
  expect(folderIn(new URLSearchParams(address))).toBe(path);
  expect(folderIn(new URLSearchParams({ upload: 'unknown' }))).toBe('');
  expect(folderIn(new URLSearchParams(addressOf('/home/me/model')))).toBe('/home/me/model');
});
