// Snapshots of probes: one for each epoch at which a probe looked, with a checksum behind its bytes.

import { type ProbeLayout, ProbeLayoutSchema } from '../../contract/inside/probe.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { isSealed, sealRow, unsealed } from '../check/checksums.ts';
import type { Connection } from '../file/connection.ts';

export interface ProbeSnapshot {
  /** Epochs done; 0: before the first step. */
  readonly epoch: number;
  readonly step: number;
  readonly data: Uint8Array;
}

export interface StoredProbe {
  readonly layout: ProbeLayout;
  /** In order of epochs. */
  readonly snapshots: readonly ProbeSnapshot[];
}

export interface Probes {
  /** Declares what the snapshots hold. Those of another layout, which an older Hindcast left, are removed. */
  begin(runId: RunId, layout: ProbeLayout): void;
  /** Replaces that epoch's, which is the same where a run starts again. Throws `disk-full`. */
  write(runId: RunId, snapshot: ProbeSnapshot): void;
  /** Removes the snapshots after that step. */
  truncateAfter(runId: RunId, step: number): void;
  /** Null where none was recorded. Throws `workspace-damaged`. */
  read(runId: RunId): StoredProbe | null;
}

export function createProbes(connection: Connection): Probes {
  return {
    begin(runId, layout) {
      const text = JSON.stringify(layout);
      connection.transaction(() => {
        const known = connection.value<string>('SELECT layout FROM run_probe WHERE run_id = ?', runId);
        if (known === text) return;
        connection.run('DELETE FROM run_probe WHERE run_id = ?', runId);
        connection.run(
          'INSERT INTO run_probe (run_id, layout, every) VALUES (?, ?, ?)',
          runId,
          text,
          layout.every,
        );
      });
    },
    write(runId, { epoch, step, data }) {
      connection.run(
        'INSERT OR REPLACE INTO run_probe_snapshot (run_id, epoch, step, data) VALUES (?, ?, ?, ?)',
        runId,
        epoch,
        step,
        sealRow(data, epoch),
      );
    },
    truncateAfter(runId, step) {
      connection.run('DELETE FROM run_probe_snapshot WHERE run_id = ? AND step > ?', runId, step);
    },
    read: (runId) => read(connection, runId),
  };
}

function read(connection: Connection, runId: RunId): StoredProbe | null {
  const text = connection.value<string>('SELECT layout FROM run_probe WHERE run_id = ?', runId);
  if (text === undefined) return null;
  const parsed = ProbeLayoutSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new HindcastError(
      'workspace-newer',
      `Another version of Hindcast recorded the probe of run ${runId}, and this one cannot read it: open the workspace with that version.`,
      { details: { run: runId } },
    );
  }
  const rows = connection.all<{ epoch: number; step: number; data: Buffer }>(
    'SELECT epoch, step, data FROM run_probe_snapshot WHERE run_id = ? ORDER BY epoch',
    runId,
  );
  const broken = rows.find(({ epoch, data }) => !isSealed(data, epoch));
  if (broken) throw damagedSnapshot(connection.path, runId, broken.epoch);
  return {
    layout: parsed.data,
    snapshots: rows.map(({ epoch, step, data }) => ({ epoch, step, data: unsealed(data) })),
  };
}

function damagedSnapshot(path: string, runId: RunId, epoch: number): HindcastError {
  return new HindcastError(
    'workspace-damaged',
    `The probe of run ${runId} at epoch ${epoch} is not what was stored in ${path}: \`hindcast check\` lists all damage; or restore a backup.`,
    { details: { path, run: runId } },
  );
}
