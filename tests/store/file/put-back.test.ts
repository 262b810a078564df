// A copy is written back in place; what a killed process left unfinished is finished at the next start, and only into its own file.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { finishPutBack, putBack, unfinishedPutBack } from '../../../engine/store/file/put-back.ts';
import { temporaryFolder } from '../helpers.ts';

/** A file of some blocks, and a shorter copy of it with a few other bytes. */
function fileAndCopy(): { path: string; copy: string; wanted: Buffer } {
  const folder = temporaryFolder();
  const [path, copy] = [join(folder, 'w.hindcast'), join(folder, 'copy', 'w.hindcast')];
  mkdirSync(join(folder, 'copy'));
  const bytes = Buffer.alloc(3 * 2 ** 20 + 17, 1);
  writeFileSync(path, bytes);
  writeFileSync(`${path}-wal`, 'old log');
  const wanted = Buffer.from(bytes.subarray(0, 2 ** 20 + 5));
  wanted.fill(9, 2 ** 20 - 2, 2 ** 20 + 2);
  writeFileSync(copy, wanted);
  return { path, copy, wanted };
}

test('the file has the bytes of the copy, keeps its inode, and nothing else is left', () => {
  const { path, copy, wanted } = fileAndCopy();
  const { ino } = statSync(path);
  putBack(path, copy);
  expect(readFileSync(path).equals(wanted)).toBe(true);
  expect(statSync(path).ino).toBe(ino);
  for (const left of [`${path}-wal`, `${path}-unfinished`, copy]) expect(existsSync(left)).toBe(false);
});

/** As a process that is killed in the midst leaves it. */
function unfinished() {
  const made = fileAndCopy();
  const { path, copy } = made;
  writeFileSync(
    `${copy}.of`,
    `${statSync(path, { bigint: true }).dev} ${statSync(path, { bigint: true }).ino}`,
  );
  symlinkSync(copy, `${path}-unfinished`);
  return made;
}

test('what is unfinished is finished', () => {
  const { path, copy, wanted } = unfinished();
  expect(unfinishedPutBack(path)).toBe(copy);
  finishPutBack(path);
  expect(readFileSync(path).equals(wanted)).toBe(true);
  finishPutBack(path);
});

test('another file that has the name meanwhile stays as it is, also where the copy is gone', () => {
  const { path } = unfinished();
  copyFileSync(path, `${path}.new`);
  renameSync(`${path}.new`, path);
  const before = readFileSync(path);
  finishPutBack(path);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(existsSync(`${path}-wal`)).toBe(true);
  const { path: other, copy } = unfinished();
  rmSync(copy);
  finishPutBack(other);
  expect(unfinishedPutBack(other)).toBeNull();
});
