// The terminal of this process.
import { createInterface } from 'node:readline/promises';
import type { InterruptSignal, Terminal } from './context.ts';
import { mergeInterrupts } from './interrupts.ts';
import { safeText } from './text/safe-text.ts';

const SIGNALS: readonly InterruptSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  return {
    // Everything that is printed passes here, results, progress and errors alike.
    out: (text) => void stdout.write(safeText(text)),
    err: (text) => void stderr.write(safeText(text)),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    inIsTerminal: stdin.isTTY === true,
    // Both may change while a run is watched.
    get outWidth() {
      return stdout.isTTY ? stdout.columns || 80 : Number.POSITIVE_INFINITY;
    },
    get errWidth() {
      return stderr.isTTY ? stderr.columns || 80 : Number.POSITIVE_INFINITY;
    },
    environment: process.env,
    nowMs: () => Date.now(),
    ask: async (question) => {
      const lines = createInterface({ input: stdin, output: stderr });
      // Without this, Ctrl-D would leave the question open for ever.
      const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
      try {
        return await Promise.race([lines.question(safeText(question)), ended]);
      } finally {
        lines.close();
      }
    },
    onInterrupt: (callback) => {
      const merged = mergeInterrupts(callback, () => performance.now());
      for (const signal of SIGNALS) process.on(signal, merged);
      return () => {
        for (const signal of SIGNALS) process.off(signal, merged);
      };
    },
  };
}

/** Ends the process quietly where the reader of a pipe has gone: `hindcast runs | head -1`. */
export function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
}

/** Resolves when everything written so far has left the process. */
export async function flushed(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
    ),
  );
}
