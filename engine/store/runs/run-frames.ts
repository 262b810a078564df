// Frames that a forecaster of frames said of a few validation windows after its epochs: the first epochs, some in between, the last one.
import {
  type FramesForm,
  FramesFormSchema,
  FramesPsnrSchema,
  type SampledFrames,
} from '../../contract/tasks/sampled-frames.ts';
import { base64OfBytes, bytesOfBase64 } from '../../contract/values/base64.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { requireWhole } from '../checks/row-checksums.ts';
import type { Connection } from '../file/connection.ts';

export interface StoredFrames extends Pick<SampledFrames, 'truth'> {
  readonly form: FramesForm;
  /** In order. */
  readonly epochs: readonly (Pick<SampledFrames, 'said' | 'psnr'> & { readonly epoch: number })[];
}

export interface RunFrames {
  /** Those of an epoch; they replace what a run that starts again kept there before. */
  write(runId: RunId, at: { readonly epoch: number; readonly step: number }, frames: SampledFrames): void;
  /** Removes those after that step. */
  truncateAfter(runId: RunId, step: number): void;
  /** Null where none were kept. Throws `workspace-damaged`. */
  read(runId: RunId): StoredFrames | null;
}

/** Of 1,000 epochs 35 stay: the first 7, then four for each doubling. The last one stays until the next one comes. */
export const staysKept = (epoch: number): boolean =>
  epoch % 2 ** Math.max(0, Math.floor(Math.log2(epoch)) - 2) === 0;

export function createRunFrames(connection: Connection): RunFrames {
  return {
    write(runId, { epoch, step }, { form, truth, said, psnr }) {
      const known = 'SELECT 1 FROM run_frames WHERE run_id = ?';
      if (connection.value(known, runId) === undefined)
        connection.run(
          'INSERT INTO run_frames (run_id, form, truth) VALUES (?, ?, ?)',
          runId,
          JSON.stringify(form),
          base64OfBytes(truth),
        );
      const before = connection.value<number>(
        'SELECT max(epoch) FROM run_frames_epoch WHERE run_id = ? AND epoch < ?',
        runId,
        epoch,
      );
      if (before && !staysKept(before))
        connection.run('DELETE FROM run_frames_epoch WHERE run_id = ? AND epoch = ?', runId, before);
      connection.run(
        'INSERT OR REPLACE INTO run_frames_epoch (run_id, epoch, step, psnr, said) VALUES (?, ?, ?, ?, ?)',
        runId,
        epoch,
        step,
        JSON.stringify(psnr),
        base64OfBytes(said),
      );
    },
    truncateAfter(runId, step) {
      connection.run('DELETE FROM run_frames_epoch WHERE run_id = ? AND step > ?', runId, step);
    },
    read(runId) {
      const rows = { where: 'run_id = ?', values: [runId] };
      requireWhole(connection, `the frames that run ${runId} kept`, [
        { table: 'run_frames', ...rows },
        { table: 'run_frames_epoch', ...rows },
      ]);
      const found = connection.get<{ form: string; truth: string }>(
        'SELECT form, truth FROM run_frames WHERE run_id = ?',
        runId,
      );
      const epochs = connection.all<{ epoch: number; psnr: string; said: string }>(
        'SELECT epoch, psnr, said FROM run_frames_epoch WHERE run_id = ? ORDER BY epoch',
        runId,
      );
      if (!found || epochs.length === 0) return null;
      return {
        form: FramesFormSchema.parse(JSON.parse(found.form)),
        truth: bytesOfBase64(found.truth),
        epochs: epochs.map(({ epoch, psnr, said }) => ({
          epoch,
          psnr: FramesPsnrSchema.parse(JSON.parse(psnr)),
          said: bytesOfBase64(said),
        })),
      };
    },
  };
}
