// Counts the runs that an engine process trains itself: those stop when it is closed.
import { connectEngine, type Transport } from '../../connect/connection.ts';
import type { Channel } from '../engine/channel.ts';
import type { EngineKeeper } from './engine-keeper.ts';

/** An engine that does not answer so long has no say. */
const ANSWER_MS = 2_000;

/**
 * The runs of another process, to which this engine is only attached, do not count: they continue.
 * @param port goes to the engine; `open` speaks the API at the other end of it.
 */
export async function countRunsOf<Port extends Channel>(
  engine: EngineKeeper<Port>,
  port: Port,
  open: () => Transport,
): Promise<number> {
  if (engine.state.state !== 'running') return 0;
  engine.connect(port);
  const { client, close } = connectEngine(async () => open());
  const patience = Promise.withResolvers<null>();
  const timer = setTimeout(() => patience.resolve(null), ANSWER_MS);
  try {
    const question = Promise.all([client.engine.describe(), client.queue.get()]);
    const answer = await Promise.race([question, patience.promise]);
    if (!answer) return 0;
    const [{ hostPid }, { running }] = answer;
    return hostPid === engine.pid ? running.length : 0;
  } catch {
    return 0;
  } finally {
    clearTimeout(timer);
    await close();
  }
}
