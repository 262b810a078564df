// The disk use of a workspace by contents. The tables' own overhead is small and not counted.
import { statSync } from 'node:fs';
import type { DiskUse } from '../contract/engine-info.ts';
import type { Connection } from './connection.ts';

/** Metric rows have no gaps, so the last index says how many there are: one index lookup a run instead of a scan of every row. */
const METRIC_BYTES = (scope: 'step' | 'epoch'): string => `
  SELECT ifnull(sum(ifnull((SELECT max(${scope}) FROM run_${scope}_metric WHERE run_id = run.id), 0)
    * 8 * (SELECT count(*) FROM run_metric_name WHERE run_id = run.id AND scope = '${scope}')), 0)
  FROM run`;

export function measureDiskUse(connection: Connection): DiskUse {
  const number = (sql: string): number => connection.value<number>(sql) ?? 0;
  const logBytes = statSync(`${connection.path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  return {
    fileBytes: statSync(connection.path).size + logBytes,
    datasetBytes: number('SELECT ifnull(sum(length(data)), 0) FROM chunk'),
    metricBytes: number(METRIC_BYTES('step')) + number(METRIC_BYTES('epoch')),
    checkpointBytes: number('SELECT ifnull(sum(bytes), 0) FROM checkpoint WHERE complete = 1'),
    freeBytes: Number(connection.pragma('freelist_count')) * Number(connection.pragma('page_size')),
  };
}
