// The engine of a workspace, from the test's own process.
import { openWebSocket } from '../../engine/connect/websocket.ts';
import { HindcastError } from '../../engine/contract/values/errors.ts';
import { readRendezvous, rendezvousAddress } from '../../engine/hosts/engine/rendezvous.ts';

/** Only where no host comes at all: two minutes. */
const MOST_TRIES = 2_400;

/** Waits until a host has left its address beside the workspace. */
export async function attach(workspacePath: string) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const rendezvous = readRendezvous(workspacePath);
    const transport = rendezvous && (await openWebSocket(rendezvousAddress(rendezvous)).catch(() => null));
    if (transport) return transport;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new HindcastError('workspace-unreachable', `No process hosts ${workspacePath}.`);
}
