// The life of the engine process under a window: open the workspace, answer on every channel, close when asked or when the parent
// is gone.
import { HindcastError } from '../../contract/values/errors.ts';
import type { Channel } from '../engine/channel.ts';
import type { Parent } from './parent.ts';

export interface ServedEngine {
  accept(channel: Channel): void;
  close(): Promise<void>;
}

/** @returns the process's exit code, when its work is over. */
export async function serveParent(parent: Parent, open: () => Promise<ServedEngine>): Promise<number> {
  const closing = Promise.withResolvers<void>();
  const early: Channel[] = [];
  let engine: ServedEngine | undefined;
  parent.onClose(() => closing.resolve());
  parent.onChannel((channel) => {
    if (engine) engine.accept(channel);
    else early.push(channel);
  });
  try {
    engine = await open();
  } catch (cause) {
    const error = HindcastError.wrap(cause, 'The workspace could not be opened');
    parent.post({ type: 'failed', error: error.toData() });
    return 1;
  }
  for (const channel of early.splice(0)) engine.accept(channel);
  parent.post({ type: 'opened' });
  await closing.promise;
  await engine.close();
  return 0;
}
