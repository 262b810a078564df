// Detects clients that no longer read: each client is pinged, and disconnected after two pings in a row without an answer. A ping
// waits behind everything else that was sent, so a suspended client fails it, and its buffered messages are freed.
import type { WebSocket } from 'ws';

const EVERY_MS = 15_000;
/** One is not enough: a client may be busy itself. */
const MOST_MISSED = 2;

/** @returns a function that ends it. */
export function keepHeartbeat(clients: ReadonlySet<WebSocket>, everyMs = EVERY_MS): () => void {
  const missed = new WeakMap<WebSocket, number>();
  const waiting = new WeakMap<WebSocket, number>();
  const check = (client: WebSocket): void => {
    if (!missed.has(client)) client.on('pong', () => missed.set(client, 0));
    // A slow reader of a large answer comes to the ping later.
    const isReading = client.bufferedAmount < (waiting.get(client) ?? 0);
    const count = isReading ? 0 : (missed.get(client) ?? 0);
    if (count >= MOST_MISSED) {
      client.terminate();
      return;
    }
    missed.set(client, count + 1);
    waiting.set(client, client.bufferedAmount);
    client.ping();
  };
  let afterReading: NodeJS.Immediate | undefined;
  const timer = setInterval(() => {
    // A timer that is late comes before the answers that arrived meanwhile: they are read first.
    clearImmediate(afterReading);
    afterReading = setImmediate(() => clients.forEach(check));
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    clearImmediate(afterReading);
  };
}
