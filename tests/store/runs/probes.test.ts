// Snapshots of probes: what is stored is read, truncated and replaced; damage is found; old experiments keep their hash.
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { ProbeLayout } from '../../../engine/contract/inside/probe.ts';
import { canonicalJson } from '../../../engine/store/canonical-json.ts';
import { checkAll } from '../../../engine/store/check/check-file.ts';
import { errorOf, importData, newRun, newWorkspace, testExperiment } from '../helpers.ts';

const layout: ProbeLayout = {
  version: 1,
  every: 2,
  windows: 3,
  attentionWindows: 0,
  bins: 32,
  places: [],
  attention: [],
  parameters: [{ name: 'w', size: 4 }],
};
const data = (seed: number) => Uint8Array.from({ length: 50 }, (_, at) => at * seed);

function probedRun() {
  const workspace = newWorkspace();
  importData(workspace, 'data');
  const run = newRun(workspace);
  workspace.probes.begin(run, layout);
  for (const epoch of [0, 2, 4])
    workspace.probes.write(run, { epoch, step: 5 * epoch, data: data(epoch + 1) });
  return { workspace, run };
}

test('what is stored is read, in order; what comes again replaces; what came after a checkpoint goes', () => {
  const { workspace, run } = probedRun();
  const epochs = () => workspace.probes.read(run)!.snapshots.map(({ epoch, step }) => [epoch, step]);
  expect(workspace.probes.read(run)!.layout).toEqual(layout);
  expect(epochs()).toEqual([
    [0, 0],
    [2, 10],
    [4, 20],
  ]);
  workspace.probes.begin(run, layout);
  workspace.probes.write(run, { epoch: 0, step: 0, data: data(9) });
  expect(Uint8Array.from(workspace.probes.read(run)!.snapshots[0]!.data)).toEqual(data(9));
  workspace.probes.truncateAfter(run, 10);
  expect(epochs()).toEqual([
    [0, 0],
    [2, 10],
  ]);
  workspace.probes.begin(run, { ...layout, every: 3 });
  expect(workspace.probes.read(run)!.snapshots).toEqual([]);
});

test('it counts on the disk, and goes with its run', () => {
  const { workspace, run } = probedRun();
  expect(workspace.diskUse().metricBytes).toBe(3 * 54);
  workspace.runs.delete(run);
  expect(workspace.probes.read(run)).toBeNull();
  expect(workspace.diskUse().metricBytes).toBe(0);
});

test('a flipped byte is found by the check and by a read, and a repair drops that snapshot alone', () => {
  const { workspace, run } = probedRun();
  const find = () => checkAll(workspace.path, { isWholeFile: () => true });
  expect(find()).toEqual([]);
  const file = new Database(workspace.path);
  const broken = Buffer.from(data(3));
  broken[7]! ^= 4;
  file
    .prepare('UPDATE run_probe_snapshot SET data = CAST(? || substr(data, 51) AS BLOB) WHERE epoch = 2')
    .run(broken);
  file.close();
  expect(errorOf(() => workspace.probes.read(run)).code).toBe('workspace-damaged');
  const [finding, ...others] = find();
  expect(others).toEqual([]);
  expect(finding!.message).toMatch(`The probe of run ${run} at epoch 2 is not what was stored`);
  workspace.repair([finding!.repair!]);
  expect(workspace.probes.read(run)!.snapshots.map(({ epoch }) => epoch)).toEqual([0, 4]);
});

test('an experiment without a probe has the hash that it had before there was one', () => {
  const workspace = newWorkspace();
  const experiment = testExperiment();
  const { probe: _probe, ...training } = experiment.training;
  const hashOf = (value: object) => createHash('sha256').update(canonicalJson(value)).digest('hex');
  const without = { ...experiment, training: { ...training, probe: false } };
  const datasetVersionId = importData(workspace, 'data');
  const run = workspace.runs.create({
    name: 'old',
    experiment: without,
    targets: ['close'],
    datasetVersionId,
    atMs: 5,
  });
  const file = new Database(workspace.path);
  const hash = file
    .prepare('SELECT hash FROM experiment JOIN run ON run.experiment_id = experiment.id WHERE run.id = ?')
    .pluck()
    .get(run);
  file.close();
  expect(hash).toBe(hashOf({ ...experiment, training }));
  expect(workspace.runs.experiment(run)).toEqual(without);
});
