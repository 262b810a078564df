// pool.collect: what workers have sent while no host was there.
import type { PoolStatus } from '../../contract/pool/status.ts';
import type { EngineContext } from '../context.ts';

/** @throws HindcastError where the workspace has no pool, or its server cannot be asked */
export async function collectMail({ supervisor }: EngineContext): Promise<PoolStatus> {
  await supervisor.pool.requireReachable();
  supervisor.joinPool();
  await supervisor.pool.looked();
  return supervisor.pool.status();
}
