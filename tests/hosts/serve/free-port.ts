// Finds a port that is free and stays free between two starts: below the range that systems assign by themselves, and searched
// from a different start in each process, so that parallel tests do not collide.
import { once } from 'node:events';
import { createServer } from 'node:net';

const FROM = 12_000;
const COUNT = 12_000;
let tries = 0;

export async function freePort(): Promise<number> {
  for (const most = tries + 100; tries < most; ) {
    const port = FROM + ((process.pid * 101 + tries++) % COUNT);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
  throw new Error('no port is free');
}
