// The disk use of a workspace by contents. The tables' own overhead is small and not counted.
import { statSync } from 'node:fs';
import type { DiskUse } from '../../contract/workspace/engine-info.ts';
import type { Connection } from './connection.ts';

/** Metric rows have no gaps, so the last index says how many there are: one index lookup a run instead of a scan of every row. */
const METRIC_BYTES = (scope: 'step' | 'epoch'): string => `
  SELECT ifnull(sum(ifnull((SELECT max(${scope}) FROM run_${scope}_metric WHERE run_id = run.id), 0)
    * 8 * (SELECT count(*) FROM run_metric_name WHERE run_id = run.id AND scope = '${scope}')), 0)
  FROM run`;

/** Snapshots of one run are of one size, and have no gaps. */
const PROBE_BYTES = `
  SELECT ifnull(sum(
    (SELECT length(data) * (1 + last / every) FROM run_probe_snapshot WHERE run_id = probe.run_id AND epoch = last)
  ), 0)
  FROM (SELECT run_id, every, (SELECT max(epoch) FROM run_probe_snapshot AS own WHERE own.run_id = run_probe.run_id) AS last
        FROM run_probe) AS probe`;

/** Not in a file of an older schema. */
function probeBytes(connection: Connection): number {
  const table = connection.value(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'run_probe'",
  );
  return table === undefined ? 0 : (connection.value<number>(PROBE_BYTES) ?? 0);
}

export function measureDiskUse(connection: Connection): DiskUse {
  const number = (sql: string): number => connection.value<number>(sql) ?? 0;
  const logBytes = statSync(`${connection.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return {
    fileBytes: statSync(connection.path).size + logBytes,
    datasetBytes: number('SELECT ifnull(sum(length(data)), 0) FROM chunk'),
    metricBytes: number(METRIC_BYTES('step')) + number(METRIC_BYTES('epoch')) + probeBytes(connection),
    checkpointBytes: number('SELECT ifnull(sum(bytes), 0) FROM checkpoint WHERE complete = 1'),
    freeBytes: Number(connection.pragma('freelist_count')) * Number(connection.pragma('page_size')),
  };
}
