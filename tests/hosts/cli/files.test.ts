// Files are written completely or not at all.
import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeNewFile, writeNewFolder } from '../../../engine/hosts/cli/files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hindcast-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a folder', () => {
  it('is not there at all when one of its files fails', async () => {
    const files = [
      { name: 'a', bytes: bytes('1') },
      { name: 'b\0', bytes: bytes('2') },
    ];
    await expect(writeNewFolder(join(folder, 'out'), files, false)).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that exists keeps its old files when one of the new ones fails', async () => {
    const out = join(folder, 'out');
    mkdirSync(out);
    writeFileSync(join(out, 'a'), 'old');
    const files = [
      { name: 'a', bytes: bytes('new') },
      { name: 'b\0', bytes: bytes('2') },
    ];
    await expect(writeNewFolder(out, files, true)).rejects.toThrow();
    expect(readFileSync(join(out, 'a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('never gets a file outside of itself', async () => {
    await writeNewFolder(join(folder, 'out'), [{ name: '../../evil', bytes: bytes('x') }], false);
    await writeNewFolder(join(folder, 'out'), [{ name: '../../worse', bytes: bytes('x') }], true);
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['evil', 'worse']);
  });
});

describe('a file', () => {
  it('leaves no temporary neighbour', async () => {
    await writeNewFile(join(folder, 'f.csv'), bytes('x'), false);
    expect(readdirSync(folder)).toEqual(['f.csv']);
  });

  it.skipIf(process.platform === 'win32')('goes into a pipe that is there, and through a link', async () => {
    const [pipe, link, file] = ['pipe', 'link', 'file'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    execFileSync('mkfifo', [pipe]);
    const read = readFile(pipe, 'utf8');
    await writeNewFile(pipe, bytes('through'), false);
    expect(await read).toBe('through');
    expect(statSync(pipe).isFIFO()).toBe(true);

    writeFileSync(file, 'old');
    symlinkSync(file, link);
    await expect(writeNewFile(link, bytes('new'), false)).rejects.toMatchObject({ code: 'conflict' });
    await writeNewFile(link, bytes('new'), true);
    expect([lstatSync(link).isSymbolicLink(), readFileSync(file, 'utf8')]).toEqual([true, 'new']);
  });
});
