// Texts that models wrote while they trained: one for each prompt after each epoch.
import type { RunId } from '../../contract/values/ids.ts';
import { requireWhole } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';

export interface RunText {
  /** Epochs done. */
  readonly epoch: number;
  readonly step: number;
  readonly prompt: string;
  readonly text: string;
  /** What would have been right; null where that is not known. */
  readonly reference: string | null;
}

export interface RunTexts {
  /** Those of an epoch; they replace what a run that starts again wrote there before. */
  write(runId: RunId, at: { readonly epoch: number; readonly step: number }, texts: readonly Written[]): void;
  /** Removes the texts after that step. */
  truncateAfter(runId: RunId, step: number): void;
  /** In order of epochs, then of prompts. Throws `workspace-damaged`. */
  read(runId: RunId): RunText[];
}

type Written = Pick<RunText, 'prompt' | 'text'> & { readonly reference?: string | undefined };

export function createRunTexts(connection: Connection): RunTexts {
  return {
    write(runId, { epoch, step }, texts) {
      for (const [position, { prompt, text, reference = null }] of texts.entries()) {
        connection.run(
          'INSERT OR REPLACE INTO run_text (run_id, epoch, position, step, prompt, text, reference) VALUES (?, ?, ?, ?, ?, ?, ?)',
          runId,
          epoch,
          position,
          step,
          prompt,
          text,
          reference,
        );
      }
    },
    truncateAfter(runId, step) {
      connection.run('DELETE FROM run_text WHERE run_id = ? AND step > ?', runId, step);
    },
    read(runId) {
      const rows = { table: 'run_text', where: 'run_id = ?', values: [runId] };
      requireWhole(connection, `the texts that run ${runId} wrote`, [rows]);
      return connection.all<RunText>(
        'SELECT epoch, step, prompt, text, reference FROM run_text WHERE run_id = ? ORDER BY epoch, position',
        runId,
      );
    },
  };
}
