// Detects an engine that no longer answers: a suspended process keeps its sockets open, so a call would wait for ever.
import type { Transport } from './link.ts';

export interface Patience {
  /** How often the engine is asked, while a call waits; default: 20 s. */
  readonly everyMs?: number;
  /** Questions in a row that it may leave without an answer; default: 3, since an engine may be busy for some seconds. */
  readonly most?: number;
}

interface Watching extends Patience {
  /** Whether a call waits now. */
  isNeeded(): boolean;
  /** Called once, before the transport is closed. */
  onSilence(): void;
}

/** @returns a function that ends the watching. */
export function watchAnswers(
  transport: Transport,
  { isNeeded, onSilence, everyMs = 20_000, most = 3 }: Watching,
): () => void {
  let unanswered = 0;
  const answered = (): void => {
    unanswered = 0;
  };
  const timer = setInterval(() => {
    if (!isNeeded()) return answered();
    if (unanswered < most) {
      unanswered += 1;
      // A refusal is an answer, too.
      transport.link.call(['engine', 'ping'], undefined, { context: {} }).then(answered, answered);
      return;
    }
    clearInterval(timer);
    onSilence();
    // Its closing may wait for the silent side.
    void transport.close();
  }, everyMs);
  // In Node an open timer keeps the process alive; a browser's is a number.
  if (typeof timer === 'object') (timer as { unref(): void }).unref();
  return () => clearInterval(timer);
}
