// Logs unhandled rejections: they must not end a process on which runs and other clients depend.
import type { Log } from '../../services/context.ts';

/** @returns a function that ends the logging: Node's own way, which ends the process, holds again then. */
export function logRejections(log: Log): () => void {
  const report = (cause: unknown): void =>
    log({
      level: 'error',
      message: `a failure that nothing waited for: ${String(cause)}`,
      stack: cause instanceof Error ? cause.stack : undefined,
    });
  process.on('unhandledRejection', report);
  return () => void process.off('unhandledRejection', report);
}
