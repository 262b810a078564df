// A process that writes without end until it is killed: imports, runs, metrics, checkpoints, events. It prints a line before and
// after it opens the workspace, and after each round the number of metric rows that were acknowledged as stored.
import { openWorkspace } from '../../engine/store/workspace.ts';
import { CHECKPOINT_BYTES, feed, importMessages, newRun } from './content.ts';

const path = process.argv[2] as string;
process.stdout.write('begin\n');
const workspace = openWorkspace(path, { create: true, now: Date.now });
workspace.datasets.sweepImports();
process.stdout.write('open\n');

const runId = workspace.runs.inState('queued')[0] ?? newRun(workspace);
workspace.metrics.declare(runId, 'step', ['index', 'twice']);
// Big enough that about every second kill hits a half-written checkpoint.
const data = new Uint8Array(CHECKPOINT_BYTES);

for (let round = 0; ; round++) {
  const first = workspace.metrics.lastIndex(runId, 'step') + 1;
  const count = 1 + (round % 200);
  const values = Float64Array.from({ length: count * 2 }, (_, at) => (first + (at >> 1)) * (1 + (at & 1)));
  workspace.transaction(() => {
    workspace.metrics.append(runId, 'step', first, count, values);
    workspace.runs.update(runId, { step: first + count - 1 });
  });
  data.fill(round & 255);
  workspace.checkpoints.write(runId, 'last', {
    step: first + count - 1,
    epoch: 1,
    data,
    hasOptimizerState: true,
    atMs: round,
  });
  workspace.events.append({ type: 'run.checkpointed', runId, step: first + count - 1 }, round);
  const writer = workspace.datasets.beginImport({ name: `import ${round % 3}`, atMs: round });
  feed(writer, importMessages({ rows: 9_000, offset: round % 5 }));
  if (round % 2 === 0) writer.finish(round);
  else writer.abort();
  process.stdout.write(`${first + count - 1}\n`);
}
