// Snapshots of probes: each against its CRC-32.
import { blobCell } from '../checks/blob-cell.ts';
import type { Connection } from '../file/connection.ts';
import { isSealed } from './checksums.ts';
import { listed } from './metric-rows.ts';
import type { Stage } from './stage.ts';

/** Snapshots of one step: a few milliseconds. */
const SNAPSHOTS = 100;

/** `after` is one more than the last epoch that was looked at, since epochs count from 0. */
export const checkProbeSnapshots: Stage = (connection, { run, after }) => {
  const rows = connection.all<{ at: number; data: Buffer }>(
    `SELECT epoch AS at, ${blobCell('data')} FROM run_probe_snapshot WHERE run_id = ? AND epoch >= ? ORDER BY epoch LIMIT ${SNAPSHOTS}`,
    run,
    after,
  );
  const last = rows.at(-1)?.at;
  const broken = rows.filter(({ at, data }) => !isSealed(data, at)).map(({ at }) => at);
  const message = `The probe of run ${run} at epoch ${listed(broken)} is not what was stored: \`hindcast check --repair\` drops it; a backup has it whole.`;
  return {
    findings: broken.length > 0 ? [{ message, repair: { kind: 'drop-snapshots', run, at: broken } }] : [],
    bytes: rows.reduce((sum, { data }) => sum + data.length, 0),
    next: last === undefined ? nextRun(connection, run) : { run, after: last + 1 },
  };
};

function nextRun(connection: Connection, run: number) {
  const sql = 'SELECT run_id FROM run_probe WHERE run_id > ? ORDER BY run_id LIMIT 1';
  const next = connection.value<number>(sql, run);
  return next === undefined ? null : { run: next, after: 0 };
}
