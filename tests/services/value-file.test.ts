// The file through which an import process hands values to its host: what is written is read, also where messages take one another's place.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_UNSTORED_MESSAGES } from '../../engine/contract/processes/importer.ts';
import type { AheadValues } from '../../engine/data/import/rows/sink.ts';
import { createValueFile } from '../../engine/hosts/importer/value-file.ts';
import { createValueReader } from '../../engine/services/processes/value-file.ts';

const bytes = (length: number, first: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (first + i * 7) & 0xff);

const messageOf = (number: number): AheadValues[] => [
  { rows: 5, encoding: 'numeric-f64', parts: [bytes(40, number), bytes(1, number + 1)] },
  { rows: 3, encoding: 'time-i64', parts: [bytes(24, number + 2)] },
];

const whole = (pieces: readonly AheadValues[]) =>
  pieces.map(({ parts, ...piece }) => ({ ...piece, data: Buffer.concat(parts) }));

test('each message is read as it was written, though later ones take its place', () => {
  const [file, reader] = [createValueFile(), createValueReader()];
  const messages = Array.from({ length: 3 * MAX_UNSTORED_MESSAGES }, (_, number) => messageOf(number));
  const filed: ReturnType<typeof file.put>[] = [];
  for (const [number, message] of messages.entries()) {
    filed.push(file.put(message));
    const oldest = number - MAX_UNSTORED_MESSAGES + 1;
    if (oldest >= 0) expect(reader.read(file.path, filed[oldest]!)).toEqual(whole(messages[oldest]!));
  }
  const places = new Set(filed.map(([first]) => first?.at));
  expect(places.size).toBe(MAX_UNSTORED_MESSAGES);
  reader.close();
  file.remove();
  expect(existsSync(dirname(file.path))).toBe(false);
});

test('a message that has no room, and values that are not there, are told', () => {
  const [file, reader] = [createValueFile(), createValueReader()];
  const long: AheadValues = { rows: 1, encoding: 'time-i64', parts: [new Uint8Array(3 << 20)] };
  expect(() => file.put([long])).toThrow('room');
  const [piece] = file.put(messageOf(1));
  expect(() => reader.read(file.path, [{ ...piece!, bytes: 1_000 }])).toThrow('not in its file');
  reader.close();
  file.remove();
});
