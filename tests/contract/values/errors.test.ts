// What an error repeats stays short, and codes of the system are said in words.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HindcastError } from '../../../engine/contract/values/errors.ts';

test('quoted text and long words are cut in their middle; what to do stays', () => {
  const format = '%Y-%m-%d 😀'.repeat(1_000);
  const { message } = new HindcastError(
    'invalid-input',
    `The time format "${format}" fits no cell; choose another one.`,
  );
  expect(message.length).toBeLessThan(500);
  expect(message).toMatch(/^The time format "%Y-%m-%d .* \.\.\. .*"? fits no cell; choose another one\.$/su);
  expect(message.isWellFormed()).toBe(true);
  expect(new HindcastError('not-found', `no column ${'x'.repeat(9_999)} here`).message).toHaveLength(400);
  const list = (count: number) => Array.from({ length: count }, (_, index) => `"column ${index}"`).join(', ');
  expect(new HindcastError('unknown-column', list(80)).message).toBe(list(80));
  const words = `--set ${'word '.repeat(2_000)}; choose one of: a, b.`;
  expect(new HindcastError('invalid-input', words).message).toMatch(
    /^--set word .* \.\.\. .*choose one of: a, b\.$/,
  );
  expect(new HindcastError('invalid-input', words).message.length).toBeLessThan(1_500);
});

test('a code of the system is said in words, with the path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hindcast errors '));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'a'));
  const messageOf = (work: () => void): string => {
    try {
      work();
    } catch (cause) {
      return HindcastError.wrap(cause, 'Copying failed').message;
    }
    return '';
  };
  expect(messageOf(() => copyFileSync(join(folder, 'missing'), join(folder, 'b')))).toBe(
    `Copying failed: ${join(folder, 'missing')}: it is not there`,
  );
  // The folder's random name may look like a code.
  expect(messageOf(() => rmSync(join(folder, 'a'))).replaceAll(folder, '')).not.toMatch(/E[A-Z]{3,}/);
});
