// The import process end to end: messages, at most eight unacknowledged chunks, and an end in every case.
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FromImporter, ToImporter } from '../../../engine/contract/processes/importer.ts';
import { connectToHost } from '../../../engine/hosts/node/host-port.ts';
import { createValueReader } from '../../../engine/services/processes/value-file.ts';
import { decodeValues } from '../../../engine/store/datasets/chunk-codec.ts';
import { importPath, SAMPLES, writeFile } from './support.ts';

const MAIN = join(import.meta.dirname, '../../../engine/hosts/importer/main.ts');
const PARENT = join(import.meta.dirname, '../../fixtures/import/parent.ts');
const SP500 = join(SAMPLES, 'sp500-2000.csv');

let temporary = '';
let children: ChildProcess[] = [];

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'hindcast-test-process-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(temporary, { recursive: true, force: true });
});

function start(script: string, args: readonly string[] = []): ChildProcess {
  const env = { ...process.env, TMPDIR: temporary };
  const child = fork(script, args, { serialization: 'advanced', env, execArgv: [] });
  children.push(child);
  return child;
}

interface Importer {
  readonly child: ChildProcess;
  readonly messages: FromImporter[];
  readonly exited: Promise<unknown[]>;
  send(message: ToImporter): void;
  /** Resolves when the messages fulfil the condition. */
  until(condition: (messages: readonly FromImporter[]) => boolean): Promise<void>;
}

function startImporter(
  onMessage: (message: FromImporter, send: (message: ToImporter) => void) => void,
): Importer {
  const child = start(MAIN);
  const messages: FromImporter[] = [];
  // One that is gone takes nothing more: that is no error of the test.
  const send = (message: ToImporter) => void child.send(message, () => {});
  // Not 'exit', which may come before its last messages.
  const exited = once(child, 'close');
  child.on('message', (message: FromImporter) => {
    messages.push(message);
    onMessage(message, send);
  });
  const until = async (condition: (messages: readonly FromImporter[]) => boolean) => {
    while (!condition(messages)) await once(child, 'message');
  };
  return { child, messages, exited, send, until };
}

const request = (path: string): ToImporter => ({ type: 'import', path, sample: 'a sample', options: {} });
const chunksOf = (messages: readonly FromImporter[]) =>
  messages.filter((message) => message.type === 'chunk');

/** A file of many chunks that needs a temporary copy. */
function bigFile(): string {
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `${new Date(i * 60_000).toISOString()},${i},${i},${i},${i}`,
  );
  return writeFile(Buffer.from(`\ufefftime,a,b,c,d\n${rows.join('\n')}\n`, 'utf16le'));
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('import process', () => {
  test('sends progress, a description, the chunks and an end; exits by itself', async () => {
    const importer = startImporter((message, send) => {
      if (message.type === 'chunk') send({ type: 'stored' });
    });
    importer.send(request(SP500));
    expect(await importer.exited).toEqual([0, null]);
    const expected = await importPath(SP500);
    const types = importer.messages.map(({ type }) => type).filter((type) => type !== 'progress');
    expect(types).toEqual(['described', ...Array(7).fill('chunk'), 'finished']);
    const described = importer.messages.find((message) => message.type === 'described');
    expect(described).toMatchObject({
      series: expected.series,
      report: expected.report,
      columns: expected.columns,
      chunks: 7,
    });
    expect(described?.recipe.source).toMatchObject({ path: SP500, sample: 'a sample' });
    const chunks = chunksOf(importer.messages).map(({ type: _, data, ...chunk }) => ({
      ...chunk,
      data: new Uint8Array(data),
    }));
    expect(chunks).toEqual(expected.chunkList);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('waits while eight chunks are not stored', async () => {
    const importer = startImporter(() => {});
    importer.send(request(bigFile()));
    await importer.until((messages) => chunksOf(messages).length === 8);
    // A round trip: whatever it had to say before it heard of this is here.
    importer.send({ type: 'stored' });
    await importer.until((messages) => chunksOf(messages).length === 9);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(chunksOf(importer.messages)).toHaveLength(9);
    for (let chunk = 2; chunk <= 20; chunk++) importer.send({ type: 'stored' });
    expect(await importer.exited).toEqual([0, null]);
    expect(importer.messages.at(-1)).toEqual({ type: 'finished' });
    expect(chunksOf(importer.messages)).toHaveLength(20);
  });

  test('leaves values in a file while it reads, until they are stored', async () => {
    const rows = Array.from(
      { length: 300_000 },
      (_, i) => `${new Date(i * 60_000).toISOString().slice(0, 16)},${i}`,
    );
    const path = writeFile(`time,a\n${rows.join('\n')}\n`);
    const reader = createValueReader();
    const values: number[] = [];
    const importer = startImporter((message, send) => {
      if (message.type === 'ahead') {
        const pieces = reader.read(message.file, message.pieces);
        for (const piece of pieces) if (piece.encoding === 'numeric-f64') values.push(...decodeValues(piece));
      }
      if (['ahead', 'taken', 'chunk'].includes(message.type)) send({ type: 'stored' });
    });
    importer.send({ ...request(path), sendAhead: true } as ToImporter);
    expect(await importer.exited).toEqual([0, null]);
    reader.close();
    expect(importer.messages.at(-1)).toEqual({ type: 'finished' });
    const taken = importer.messages.find((message) => message.type === 'taken');
    expect(taken?.chunks.length).toBeGreaterThan(60);
    expect(values).toEqual(Array.from({ length: 262_144 }, (_, i) => i));
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('tells a failure as plain data', async () => {
    const importer = startImporter(() => {});
    importer.send(request('/no/such/file.csv'));
    expect(await importer.exited).toEqual([0, null]);
    expect(importer.messages).toEqual([
      {
        type: 'failed',
        error: {
          code: 'file-missing',
          message: 'There is no file /no/such/file.csv; check the path.',
          details: { file: '/no/such/file.csv' },
        },
      },
    ]);
  });

  test('ends when its host is killed, and takes its temporary files along', async () => {
    const parent = start(PARENT, [MAIN, bigFile()]);
    const seen: { readonly pid?: number; readonly type?: string }[] = [];
    parent.on('message', (message: (typeof seen)[number]) => seen.push(message));
    const chunks = () => seen.filter(({ type }) => type === 'chunk').length;
    while (chunks() < 8) await once(parent, 'message');
    const pid = seen[0]?.pid ?? expect.unreachable();
    expect(readdirSync(temporary)).toHaveLength(1);
    parent.kill('SIGKILL');
    await expect.poll(() => isGone(pid)).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('ends when its host goes before asking for anything', async () => {
    const importer = startImporter(() => {});
    await once(importer.child, 'spawn');
    // Node says no 'close' of a process that its parent has disconnected.
    const exited = once(importer.child, 'exit');
    importer.child.disconnect();
    await exited;
  });

  test('SIGTERM ends it with `cancelled`', async () => {
    const importer = startImporter(() => {});
    importer.send(request(bigFile()));
    await importer.until((messages) => chunksOf(messages).length === 8);
    importer.child.kill('SIGTERM');
    await importer.exited;
    expect(importer.messages.at(-1)).toMatchObject({ type: 'failed', error: { code: 'cancelled' } });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('the leftovers of a killed one are removed by the next, those of a living one are not', async () => {
    const killed = startImporter(() => {});
    killed.send(request(bigFile()));
    await killed.until((messages) => chunksOf(messages).length === 8);
    killed.child.kill('SIGKILL');
    await killed.exited;
    expect(readdirSync(temporary)).toHaveLength(1);
    const living = `hindcast-import-${process.pid}-abc`;
    mkdirSync(join(temporary, living));
    const next = startImporter(() => {});
    next.send(request('/no/such/file.csv'));
    await next.exited;
    expect(readdirSync(temporary)).toEqual([living]);
  });
});

test("the port of Electron's utility process", async () => {
  const emitter = new EventEmitter();
  const posted: unknown[] = [];
  const parentPort = {
    postMessage: (message: unknown) => posted.push(message),
    on: emitter.on.bind(emitter),
  };
  Object.defineProperty(process, 'parentPort', { value: parentPort, configurable: true });
  try {
    const port = connectToHost<string, string>();
    const received: string[] = [];
    port.onMessage((message) => received.push(message));
    port.onClose(() => received.push('closed'));
    await port.post('hello');
    emitter.emit('message', { data: 'import' });
    emitter.emit('close');
    expect([posted, received]).toEqual([['hello'], ['import', 'closed']]);
  } finally {
    Reflect.deleteProperty(process, 'parentPort');
  }
});
