// The table style for this terminal.
import type { Terminal } from '../context.ts';
import type { TableStyle } from '../text/table.ts';

/** Headers are dimmed on a terminal only, and never with NO_COLOR. */
export function tableStyle(terminal: Terminal): TableStyle {
  const { NO_COLOR, TERM } = terminal.environment;
  return { width: terminal.outWidth, dim: terminal.outIsTerminal && !NO_COLOR && TERM !== 'dumb' };
}
