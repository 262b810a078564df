// The engine process without a store, for an Electron whose Node is too old for it: everything around the store is real. Its only
// working method returns its process id; `queue.get` makes it crash.
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { contract } from '../../../engine/contract/api/api.ts';
import { jsonSerializers } from '../../../engine/contract/api/serializers.ts';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import { findParent } from '../../../engine/hosts/utility/parent.ts';
import { serveParent } from '../../../engine/hosts/utility/serve-parent.ts';

const api = implement(contract);
const router = {
  engine: {
    describe: api.engine.describe.handler(() => ({
      version: process.argv[2] ?? '',
      node: process.versions.node,
      platform: process.platform,
      cores: 1,
      memoryBytes: 1,
      hostPid: process.pid,
      notices: [],
      readOnly: false,
      sqlite: 'none',
      workspace: {
        path: process.argv[2] ?? '',
        schemaVersion: 0,
        createdAtMs: 0,
        datasets: 0,
        runs: 0,
        lastSequence: 0,
        diskUse: {
          fileBytes: 0,
          datasetBytes: 0,
          metricBytes: 0,
          checkpointBytes: 0,
          freeBytes: 0,
        },
      },
    })),
  },
  runs: { list: api.runs.list.handler(() => new Blob([new Uint8Array([0, 255, 1, 254])])) },
  events: {
    watch: api.events.watch.handler(async function* ({ input }) {
      yield {
        sequence: input.after + 1,
        atMs: 0,
        body: {
          type: 'run.progressed' as const,
          runId: 1 as RunId,
          step: 1,
          totalSteps: 2,
          epoch: 1,
          trainLoss: Number.POSITIVE_INFINITY,
          secondsLeft: null,
        },
      };
    }),
  },
  queue: { get: api.queue.get.handler(() => process.exit(70)) },
};

const handler = new RPCHandler(router, { customJsonSerializers: jsonSerializers });
void serveParent(findParent(), async () => ({
  accept: (channel) => handler.upgrade(channel),
  close: async () => {},
})).then((code) => process.exit(code));
