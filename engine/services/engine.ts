// engine.*: facts about the engine.
import { availableParallelism, totalmem } from 'node:os';
import type { BackendStatus, EngineInfo } from '../contract/workspace/engine-info.ts';
import type { EngineContext } from './context.ts';

export function describeEngine({ workspace, host }: EngineContext): EngineInfo {
  return {
    version: host.version,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    hostPid: process.pid,
    sqlite: workspace.sqliteVersion,
    workspace: { ...workspace.info(), ...(host.readOnly ? { path: host.readOnly.path } : {}) },
    readOnly: host.readOnly !== undefined,
    notices: [...workspace.notices],
  };
}

/** In a process of its own: a backend's native library that crashes must not take the engine along. */
export async function describeBackends(
  { runJob }: EngineContext,
  signal: AbortSignal | undefined,
): Promise<BackendStatus[]> {
  return [...(await runJob('describe-backends', null, { signal }))];
}
