// A second thread that looks at columns, and before that takes the hash of the file. Both sides: who starts it, and what it runs.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { type MessagePort, Worker } from 'node:worker_threads';
import { createInTurn } from '../../../contract/processes/in-turn.ts';
import { createRoom, type Room } from '../rows/room.ts';
import { type ColumnLook, type LookedAt, lookAt } from './look.ts';
import type { LookRows } from './look-rows.ts';

type ToThread =
  | { readonly type: 'hash'; readonly path: string }
  | { readonly type: 'rows'; readonly rows: LookRows }
  | { readonly type: 'columns'; readonly columns: readonly LookedAt[] };

/** One that looks at some columns at a time. */
export interface Looker {
  /** For the values, until the look is done. */
  readonly room: Room;
  begin(rows: LookRows): void;
  look(columns: readonly LookedAt[]): Promise<ColumnLook[]>;
}

export interface LookThread extends Looker {
  /** SHA-256 of a file, hex. */
  readonly hashOf: (path: string) => Promise<string>;
  close(): void;
}

/** Of this thread. */
export function createLooker(): Looker {
  let rows: LookRows;
  return {
    room: createRoom(),
    begin(next) {
      rows = next;
    },
    async look(columns) {
      const looks = columns.map((column) => lookAt(rows, column));
      // An answer of another thread is taken before the next columns.
      await new Promise((resolve) => setImmediate(resolve));
      return looks;
    },
  };
}

function shared(times: BigInt64Array): BigInt64Array {
  const copy = new BigInt64Array(new SharedArrayBuffer(times.byteLength));
  copy.set(times);
  return copy;
}

/** `entry`: a file that calls `serveLooks`. */
export function startLookThread(entry: URL): LookThread {
  const thread = new Worker(entry);
  const ended = new Promise<never>((_, reject) => {
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('The thread that looks at columns ended.')));
  });
  // Where it ends while nothing is asked of it, the next question says so.
  ended.catch(() => {});
  const inTurn = createInTurn();
  const ask = <Answer>(message: ToThread): Promise<Answer> =>
    inTurn(async () => {
      const answered = once(thread, 'message');
      thread.postMessage(message);
      const [given] = await Promise.race([answered, ended]);
      return given as Answer;
    });
  return {
    room: createRoom(true),
    hashOf: (path) => ask({ type: 'hash', path }),
    begin: (rows) =>
      thread.postMessage({ type: 'rows', rows: { ...rows, times: shared(rows.times) } } satisfies ToThread),
    look: (columns) => ask({ type: 'columns', columns }),
    close: () => void thread.terminate(),
  };
}

const BLOCK_BYTES = 1 << 20;

function hashOfFile(path: string): string {
  const hash = createHash('sha256');
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (let read = readSync(file, block); read > 0; read = readSync(file, block))
      hash.update(block.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}

/** The thread's side. */
export function serveLooks(port: MessagePort): void {
  let rows: LookRows;
  port.on('message', (message: ToThread) => {
    if (message.type === 'rows') rows = message.rows;
    else if (message.type === 'hash') port.postMessage(hashOfFile(message.path));
    else port.postMessage(message.columns.map((column) => lookAt(rows, column)));
  });
}
