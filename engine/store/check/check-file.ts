// The whole check of a workspace: its stages one after the other, in slices that any process can take with a connection of its own.

import type { CheckPosition, CheckSlice } from '../../contract/processes/check-file.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { type Connection, openConnection } from '../file/connection.ts';
import { measureDiskUse } from '../file/disk-use.ts';
import { checkChunks } from './chunks.ts';
import { checkKeptWeights } from './kept-weights.ts';
import { checkMetricRows } from './metric-rows.ts';
import { checkProbeSnapshots } from './probe-snapshots.ts';
import { checkRows } from './rows.ts';
import { checkSchema } from './schema.ts';
import { checkSetAside } from './set-aside.ts';
import { type CheckTools, type Finding, START, type Stage } from './stage.ts';
import { checkStructure } from './structure.ts';

/** In their order: what reads contents needs the structure. */
const STAGES: readonly { readonly phase: string; readonly stage: Stage }[] = [
  { phase: 'structure', stage: checkSchema },
  { phase: 'structure', stage: checkStructure },
  { phase: 'rows', stage: checkRows },
  { phase: 'data', stage: checkChunks },
  { phase: 'data', stage: checkSetAside },
  { phase: 'metrics', stage: checkMetricRows('step') },
  { phase: 'metrics', stage: checkMetricRows('epoch') },
  { phase: 'metrics', stage: checkProbeSnapshots },
  { phase: 'weights', stage: checkKeptWeights },
];

/** Takes steps until `isEnough` says so; opens and closes the file. */
export function checkSlice(
  path: string,
  from: CheckPosition | null,
  options: CheckTools & { readonly isEnough: () => boolean },
): CheckSlice {
  const findings: Finding[] = [];
  let position: CheckPosition | null = from;
  try {
    const connection = openConnection(path, { readonly: true, now: () => 0 });
    try {
      position ??= beginning(connection);
      while (position) {
        const step = takeStep(connection, position, options);
        findings.push(...step.findings);
        position = step.next;
        if (options.isEnough()) break;
      }
    } finally {
      connection.close();
    }
  } catch (cause) {
    const { code, message } = HindcastError.wrap(cause, 'The workspace could not be read');
    if (code !== 'workspace-damaged') throw cause;
    // What lies behind the damage cannot be read either: the next stage may be.
    findings.push({ message, repair: null });
    position = position && startOfStage(position.stage + 1, position);
  }
  return { findings, next: position };
}

/** The whole check at once, for a process that has nothing else to do. */
export function checkAll(path: string, tools: CheckTools): Finding[] {
  const findings: Finding[] = [];
  let from: CheckPosition | null = null;
  do {
    const slice = checkSlice(path, from, { ...tools, isEnough: () => false });
    findings.push(...slice.findings);
    from = slice.next;
  } while (from);
  return findings;
}

function beginning(connection: Connection): CheckPosition | null {
  const { fileBytes, datasetBytes, metricBytes, checkpointBytes } = measureDiskUse(connection);
  const totalBytes = fileBytes + datasetBytes + metricBytes + checkpointBytes;
  return startOfStage(0, { doneBytes: 0, totalBytes });
}

function takeStep(
  connection: Connection,
  position: CheckPosition,
  tools: CheckTools,
): { readonly findings: readonly Finding[]; readonly next: CheckPosition | null } {
  const { findings, bytes, next } = STAGES[position.stage]!.stage(connection, position, tools);
  const done = { ...position, doneBytes: position.doneBytes + bytes };
  return { findings, next: next ? { ...done, ...next } : startOfStage(position.stage + 1, done) };
}

function startOfStage(
  stage: number,
  { doneBytes, totalBytes }: Pick<CheckPosition, 'doneBytes' | 'totalBytes'>,
): CheckPosition | null {
  const phase = STAGES[stage]?.phase;
  return phase === undefined ? null : { ...START, stage, phase, doneBytes, totalBytes };
}
