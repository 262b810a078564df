// The view of pixels as a table and as drawings: a line a pixel of each picture, colours added up.
import { expect, test } from 'vitest';
import type { EngineClient } from '../../engine/connect/connection.ts';
import { InsidePixelsFrame } from '../../engine/contract/inside/reading.ts';
import { pixels } from '../../engine/tables/inside/pixels.ts';
import { QUESTION } from './question.ts';

const frame = {
  header: {
    name: 'clip',
    width: 2,
    height: 1,
    channels: 3,
    read: ['frame 1', 'frame 2'],
    after: [],
    said: [],
    explained: { step: 2, choice: 'PSNR', value: 12 },
    without: 9,
    sums: [1, 2],
    gap: 0.001,
    looks: ['attention'],
  },
  columns: {
    read: [Uint8Array.of(255, 255, 255, 0, 0, 0), Uint8Array.of(0, 0, 255, 0, 0, 0)],
    after: [],
    said: [],
    evidence: [Float32Array.of(0.5, 0.25, 0.25, 0, 0, 0), Float32Array.of(0, 1, 0, 0.5, 0.5, 0)],
    look: [Float32Array.of(0.25, 0.25, 0.25, 0.25, 0, 0)],
  },
};

test('a pixel has the sum of its colours, and each picture a map', async () => {
  const asked: unknown[] = [];
  const client = {
    inside: {
      pixels: async (question: unknown) => {
        asked.push(question);
        return InsidePixelsFrame.toAnswer(frame);
      },
    },
  } as unknown as EngineClient;
  const question = { ...QUESTION, step: 2, choice: 'PSNR' } as const;
  const table = await pixels.table(client, question);
  expect(asked).toEqual([{ run: 3, weights: 'best', part: 'test', step: 2, choice: 'PSNR' }]);
  expect(table.columns).toEqual(['picture', 'row', 'column', 'brightness', 'attention', 'evidence']);
  expect(table.rows).toEqual([
    ['frame 1', 1, 1, 1, 0.75, 1],
    ['frame 1', 1, 2, 0, 0.25, 0],
    ['frame 2', 1, 1, expect.closeTo(1 / 3), 0.75, 1],
    ['frame 2', 1, 2, 0, 0.25, 1],
  ]);
  expect(table.notes?.[0]).toContain('12.00, and 9.000 where');
  expect(pixels.figures!(table)).toHaveLength(4);
});
