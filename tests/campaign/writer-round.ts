// One round: a writer is killed at a random moment, its files are damaged in some way, and the workspace is opened again. The
// oracle: the file is sound, its contents match their checksums, and it contains at least what the writer, or the backup, had
// acknowledged as stored.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { checkAll } from '../../engine/store/check/check-file.ts';
import { putInPlace } from '../../engine/store/file/restore.ts';
import { openWorkspace } from '../../engine/store/workspace.ts';
import type { Random } from './random.ts';

interface Left {
  readonly folder: string;
  readonly path: string;
  readonly backup: string;
  /** Rows that were known to be stored, in the workspace and in the backup. */
  readonly rows: { readonly crashed: number; readonly backup: number };
  readonly random: () => number;
}

/** Where the workspace is afterwards, and how many rows it must have at least and at most. */
interface Expected {
  readonly path: string;
  readonly least: number;
  readonly most: number;
  /** A log that is damaged while it was being moved into the file leaves nothing to open: the refusal must say so, and a backup help. */
  readonly mayBeRefused?: boolean;
}

const FILES = ['', '-wal', '-shm'] as const;
const whole = ({ path, rows }: Left): Expected => ({
  path,
  least: rows.crashed,
  most: Number.POSITIVE_INFINITY,
});
const asBackup = ({ path, rows }: Left): Expected => ({ path, least: rows.backup, most: rows.backup });

const CALAMITIES: Readonly<Record<string, (left: Left) => Expected>> = {
  'nothing more': whole,
  'a backup copied over it': (left) => {
    copyFileSync(left.backup, left.path);
    return asBackup(left);
  },
  'a backup moved over it': (left) => {
    copyFileSync(left.backup, `${left.backup}.copy`);
    renameSync(`${left.backup}.copy`, left.path);
    return asBackup(left);
  },
  'the folder copied elsewhere': (left) => {
    const folder = join(left.folder, 'elsewhere');
    mkdirSync(folder);
    const path = join(folder, 'other.hindcast');
    for (const ending of FILES)
      if (existsSync(left.path + ending)) copyFileSync(left.path + ending, path + ending);
    return { ...whole(left), path };
  },
  'the file deleted and made again': (left) => {
    rmSync(left.path);
    return { path: left.path, least: 0, most: 0 };
  },
  'renamed with its log': (left) => {
    const path = join(left.folder, 'renamed.hindcast');
    for (const ending of FILES)
      if (existsSync(left.path + ending)) renameSync(left.path + ending, path + ending);
    return { ...whole(left), path };
  },
  'the index of the log deleted': (left) => {
    rmSync(`${left.path}-shm`, { force: true });
    return whole(left);
  },
  'looked at through a link': (left) => {
    const path = join(left.folder, 'link.hindcast');
    symlinkSync(left.path, path);
    return { ...whole(left), path: realpathSync(path) };
  },
  'a second name, refused, then gone': (left) => {
    const other = join(left.folder, 'other.hindcast');
    linkSync(left.path, other);
    refuses(left.path, 'workspace-unreachable');
    rmSync(other);
    return whole(left);
  },
  'a bit of the log flipped': (left) => {
    const log = `${left.path}-wal`;
    if (existsSync(log)) writeFileSync(log, flipped(readFileSync(log), left.random));
    // The log ends before the first frame whose checksum is wrong.
    return { ...whole(left), least: 0, mayBeRefused: true };
  },
  'a backup put in place by restore': (left) => {
    putInPlace(left.path, left.backup);
    return asBackup(left);
  },
  'the end of the log cut off': (left) => {
    const log = `${left.path}-wal`;
    if (existsSync(log)) {
      const bytes = readFileSync(log);
      writeFileSync(log, bytes.subarray(0, Math.floor(bytes.length * left.random())));
    }
    return { ...whole(left), least: 0, mayBeRefused: true };
  },
};

function flipped(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * bytes.length);
  if (bytes.length > 0) bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
  return bytes;
}

function refuses(path: string, code: string): void {
  try {
    openWorkspace(path, { create: false, now: Date.now }).close();
  } catch (cause) {
    if (cause instanceof HindcastError && cause.code === code) return;
    throw cause;
  }
  throw new Error(`${path} was opened, which ${code} should have refused`);
}

/** Starts the writer of the store's tests, kills it, and returns the last row that it knew was stored. */
async function writeAndKill(path: string, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../store/writer-child.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rows = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') setTimeout(() => child.kill('SIGKILL'), delayMs);
    if (/^\d+$/.test(line)) rows = Number(line);
  }
  return rows;
}

const OPEN = `
  const { openWorkspace } = await import(process.argv[1]);
  console.log('begins');
  for (;;) openWorkspace(process.argv[2], { create: true, now: Date.now }).close();
`;

async function killWhileOpening(path: string, delayMs: number): Promise<void> {
  const store = join(import.meta.dirname, '../../engine/store/workspace.ts');
  const child = spawn(process.execPath, ['--input-type=module', '-e', OPEN, store, path], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout }))
    if (line === 'begins') setTimeout(() => child.kill('SIGKILL'), delayMs);
}

/** The rows of the writer's run; throws where anything is not as it was stored. */
function inspect(path: string): number {
  const workspace = openWorkspace(path, { create: true, now: Date.now });
  try {
    workspace.checkIntegrity();
    // The writer's checkpoints are no weights files.
    const findings = checkAll(path, { isWholeFile: () => true });
    if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join(' '));
    const [run] = workspace.runs.inState('queued');
    if (run === undefined) return 0;
    const rows = workspace.metrics.lastIndex(run, 'step');
    const [, twice] = workspace.metrics.read(run, 'step').columns.values;
    for (let row = 0; row < rows; row++) {
      if (twice?.[row] !== (row + 1) * 2) throw new Error(`row ${row + 1} is ${twice?.[row]}`);
    }
    workspace.checkpoints.read(run, 'last');
    return rows;
  } finally {
    workspace.close();
  }
}

function inspectOrRestore({ path, mayBeRefused = false }: Expected, backup: string): number | 'refused' {
  try {
    return inspect(path);
  } catch (cause) {
    const isRefusal = cause instanceof HindcastError && cause.code === 'workspace-damaged';
    if (!isRefusal || !mayBeRefused) throw cause;
    putInPlace(path, backup);
    const [restored, stored] = [inspect(path), inspect(backup)];
    if (restored !== stored) throw new Error(`the restored file has ${restored} rows instead of ${stored}`);
    return 'refused';
  }
}

export interface WriterRound {
  readonly calamity: string;
  readonly rows: number;
}

/** @throws Error that says what was not as it should be. */
export async function playWriterRound(folder: string, random: Random): Promise<WriterRound> {
  const path = join(folder, 'w.hindcast');
  const backup = join(folder, 'backup.hindcast');
  await writeAndKill(path, random() * 400);
  const before = inspect(path);
  copyFileSync(path, backup);
  const after = await writeAndKill(path, random() * 800);
  const names = Object.keys(CALAMITIES);
  const calamity = names[Math.floor(random() * names.length)] as string;
  const rows = { crashed: Math.max(before, after), backup: before };
  const expected = CALAMITIES[calamity]?.({ folder, path, backup, rows, random });
  if (!expected) throw new Error(`no calamity ${calamity}`);
  // Every other time a second fault: the process that opens what is left is killed at once.
  const isDouble = random() < 0.5;
  if (isDouble) await killWhileOpening(expected.path, random() * 120);
  const found = inspectOrRestore(expected, backup);
  if (found === 'refused')
    return { calamity: `${calamity}, refused, and the backup put in place`, rows: before };
  if (found < expected.least || found > expected.most) {
    throw new Error(
      `after "${calamity}" there are ${found} rows instead of ${expected.least} to ${expected.most}`,
    );
  }
  return { calamity: isDouble ? `${calamity}, and killed while opening` : calamity, rows: found };
}
