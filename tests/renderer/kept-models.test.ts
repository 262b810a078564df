// Opened models: the last few are kept, the oldest is released.
import { expect, test } from 'vitest';
import { keepModel, MODELS_KEPT, wasReleased } from '../../renderer/features/model/kept-models.ts';

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
