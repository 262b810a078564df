// A terminal that writes into strings and is interrupted by the test.
import type { InterruptSignal, Terminal } from '../../../engine/hosts/cli/context.ts';

export interface FakeTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
  press(signal?: InterruptSignal): void;
  advance(milliseconds: number): void;
  /** Listeners that are still there. */
  readonly listeners: () => number;
}

export interface FakeTerminalOptions {
  readonly isTerminal?: boolean;
  readonly width?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly answer?: string;
}

export function fakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
  const isTerminal = options.isTerminal ?? false;
  const width = options.width ?? (isTerminal ? 100 : Number.POSITIVE_INFINITY);
  const callbacks = new Set<(signal: InterruptSignal) => void>();
  let stdout = '';
  let stderr = '';
  let nowMs = 1_000_000;
  return {
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
    outIsTerminal: isTerminal,
    errIsTerminal: isTerminal,
    inIsTerminal: isTerminal,
    outWidth: width,
    errWidth: width,
    environment: options.environment ?? {},
    nowMs: () => nowMs,
    ask: async (question) => {
      stderr += question;
      return options.answer ?? '';
    },
    onInterrupt: (callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    stdout: () => stdout,
    stderr: () => stderr,
    press: (signal = 'SIGINT') => {
      for (const callback of callbacks) callback(signal);
    },
    advance: (milliseconds) => {
      nowMs += milliseconds;
    },
    listeners: () => callbacks.size,
  };
}
