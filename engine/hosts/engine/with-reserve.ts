// Retries an operation on a full disk after giving up the reserved disk space: opening the workspace, and calls that make room in
// it.
import { HindcastError } from '../../contract/values/errors.ts';
import { releaseReserve } from '../../store/file/reserve.ts';

interface Interceptable {
  readonly path: readonly string[];
  next(): Promise<unknown>;
}

/** They make room, or end what takes it. */
export const MAKE_ROOM: ReadonlySet<string> = new Set([
  'runs.delete',
  'runs.stop',
  'datasets.delete',
  'studies.delete',
  'studies.stop',
]);

/** Whether the failure is a full disk, and there was a reserve to give back. */
function gaveRoom(cause: unknown, workspacePath: string): boolean {
  return cause instanceof HindcastError && cause.code === 'disk-full' && releaseReserve(workspacePath);
}

export function tryWithReserve<Result>(workspacePath: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (!gaveRoom(cause, workspacePath)) throw cause;
    return work();
  }
}

/** An interceptor for oRPC, inside the one that translates failures. */
export function callsWithReserve(workspacePath: string, shrinkLog: () => void) {
  return async (call: Interceptable): Promise<unknown> => {
    try {
      return await call.next();
    } catch (cause) {
      if (!MAKE_ROOM.has(call.path.join('.')) || !gaveRoom(cause, workspacePath)) throw cause;
      shrinkLog();
      return call.next();
    }
  };
}
