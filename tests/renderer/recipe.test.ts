// The recipe in the window: as typed, as what an import is asked, and what a new version is said to have.
import { expect, test } from 'vitest';
import { differenceText } from '../../engine/words/difference.ts';
import {
  addFile,
  closeImport,
  importDraft,
  openImport,
  optionsOf,
  sourceOf,
} from '../../renderer/features/data/import-state.ts';
import { optionsOfText } from '../../renderer/features/data/recipe-options.ts';

test('a recipe as it is typed, or what keeps it from being one', () => {
  const text = '{"delimiter": ";", "clean": {"drop": ["x"]}}';
  expect(optionsOfText(text)).toEqual({ options: { delimiter: ';', clean: { drop: ['x'] } }, problem: null });
  expect(optionsOfText(' ').options).toEqual({});
  expect(optionsOfText('{"delimiter":').problem).toContain('no JSON');
  expect(optionsOfText('{"headerLine": -1}').problem).toMatch(/^headerLine: /);
  expect(optionsOfText('{"clean": {"grid": {"stepUs": 1, "rule": "most"}}}').problem).toMatch(
    /^clean\.grid\.rule: /,
  );
});

test('files of one table are asked for together, and released together', () => {
  const released: string[] = [];
  const file = (name: string) => ({
    name,
    path: `/tmp/${name}`,
    bytes: 1,
    release: () => void released.push(name),
  });
  openImport({ kind: 'file', file: file('a.csv') });
  const first = importDraft()!.subject!;
  addFile(first, file('b.csv'));
  // Of a file that is not shown any more.
  addFile(first, file('late.csv'));
  expect(sourceOf(importDraft()!.subject!)).toEqual({
    kind: 'file',
    path: '/tmp/a.csv',
    more: ['/tmp/b.csv'],
  });
  expect(released).toEqual(['late.csv']);
  closeImport();
  expect(released).toEqual(['late.csv', 'a.csv', 'b.csv']);
});

test('a dataset that is read again begins with its own options', () => {
  const source = { kind: 'sample', name: 'weather' } as const;
  const subject = { kind: 'again', name: 'w', source, options: { timeZone: 'UTC' } } as const;
  expect([sourceOf(subject), optionsOf(subject)]).toEqual([source, { timeZone: 'UTC' }]);
  openImport(subject);
  addFile(subject, { name: 'b.csv', path: '/tmp/b.csv', bytes: 1, release: () => {} });
  const shown = importDraft()!.subject!;
  expect([sourceOf(shown), optionsOf(shown)]).toEqual([
    { kind: 'file', path: '/tmp/b.csv' },
    { timeZone: 'UTC' },
  ]);
  closeImport();
});

test('new rows and a changed past', () => {
  const day = 86_400_000_000;
  const none = { added: 0, appended: 0, removed: 0, changed: 0, firstChangedUs: null, lastChangedUs: null };
  expect(differenceText({ ...none, added: 1, appended: 1 })).toBe(
    '1 row behind the last time is new, no value of the past changed',
  );
  const much = { added: 5, appended: 3, removed: 1, changed: 2, firstChangedUs: 0, lastChangedUs: 1.5 * day };
  expect(differenceText(much)).toBe(
    '3 rows behind the last time are new, 2 rows between the times of before are new, 1 row went, 2 values of the past changed (1970-01-01 to 1970-01-02 12:00 UTC)',
  );
  expect(differenceText({ ...none, changed: 1, firstChangedUs: day, lastChangedUs: day })).toContain(
    '1 value of the past changed (1970-01-02)',
  );
});
