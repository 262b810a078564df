// Shows progress on stderr: one line that is redrawn on a terminal, else a line for each epoch and one every few seconds.
import type { Terminal } from '../context.ts';
import { epochLine, progressLine, type RunProgress } from './progress.ts';

export interface ProgressDisplay {
  /** A sentence that stays. */
  note(text: string): void;
  show(progress: RunProgress, epochEnded: boolean): void;
  /** A line that is replaced by the next one: progress of something else than a run. */
  line(text: string): void;
  /** Takes the line that is being redrawn away. */
  clear(): void;
}

const REDRAW_MS = 100;
const LINE_EVERY_MS = 5_000;

export function createProgressDisplay(terminal: Terminal): ProgressDisplay {
  return terminal.errIsTerminal ? redrawn(terminal) : lineByLine(terminal);
}

/** Notes only. */
export function createQuietDisplay(terminal: Terminal): ProgressDisplay {
  const nothing = () => {};
  return { note: (text) => terminal.err(`${text}\n`), show: nothing, line: nothing, clear: nothing };
}

function redrawn(terminal: Terminal): ProgressDisplay {
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  // The last column stays free: a full line would wrap.
  const width = (): number => terminal.errWidth - 1;
  const draw = (text: string): void => {
    drawnAtMs = terminal.nowMs();
    isDrawn = true;
    terminal.err(`\r${text.slice(0, width())}\u001b[K`);
  };
  const clear = (): void => {
    if (isDrawn) terminal.err('\r\u001b[K');
    isDrawn = false;
  };
  const isDue = (): boolean => terminal.nowMs() - drawnAtMs >= REDRAW_MS;
  return {
    note: (text) => {
      clear();
      terminal.err(`${text}\n`);
    },
    show: (progress, epochEnded) => {
      if (epochEnded || isDue()) draw(progressLine(progress, width()));
    },
    line: (text) => {
      if (isDue()) draw(text);
    },
    clear,
  };
}

function lineByLine(terminal: Terminal): ProgressDisplay {
  let writtenAtMs = terminal.nowMs();
  const write = (text: string): void => {
    writtenAtMs = terminal.nowMs();
    terminal.err(`${text}\n`);
  };
  const isDue = (): boolean => terminal.nowMs() - writtenAtMs >= LINE_EVERY_MS;
  return {
    note: write,
    show: (progress, epochEnded) => {
      if (epochEnded) write(epochLine(progress));
      else if (isDue()) write(progressLine(progress, Number.POSITIVE_INFINITY));
    },
    line: (text) => {
      if (isDue()) write(text);
    },
    clear: () => {},
  };
}
