import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../engine/hosts/node/make-folder.ts';
import { temporaryFolder } from './engine/fixture.ts';

test('every level that is missing is made', () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

test.skipIf(process.platform !== 'linux')(
  'a home that cannot have folders is refused with what to do, at once',
  () => {
    expect(() => makeFolder('/proc/.local/share/hindcast')).toThrow(
      /set HOME to a folder that you can write/,
    );
  },
);

test.skipIf(process.platform === 'win32')(
  'a folder behind a link that leads to itself is refused, too',
  () => {
    const link = join(temporaryFolder(), 'link');
    symlinkSync(link, link);
    expect(() => makeFolder(join(link, 'x'))).toThrow(
      /cannot be reached \(its links lead in a circle\): set HOME/,
    );
  },
);

test('a file in the way is refused, too', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'x', 'y'))).toThrow(/cannot be made/);
});
