// A second thread that looks at columns. Both sides: who starts it, and what it runs.
import { once } from 'node:events';
import { type MessagePort, Worker } from 'node:worker_threads';
import { createRoom, type Room } from '../rows/room.ts';
import { type ColumnLook, type LookedAt, lookAt } from './look.ts';
import type { LookRows } from './look-rows.ts';

type ToThread =
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
  const post = (message: ToThread) => thread.postMessage(message);
  return {
    room: createRoom(true),
    begin: (rows) => post({ type: 'rows', rows: { ...rows, times: shared(rows.times) } }),
    async look(columns) {
      const answered = once(thread, 'message');
      post({ type: 'columns', columns });
      const [looks] = await Promise.race([answered, ended]);
      return looks as ColumnLook[];
    },
    close: () => void thread.terminate(),
  };
}

/** The thread's side. */
export function serveLooks(port: MessagePort): void {
  let rows: LookRows;
  port.on('message', (message: ToThread) => {
    if (message.type === 'rows') rows = message.rows;
    else port.postMessage(message.columns.map((column) => lookAt(rows, column)));
  });
}
