// Frames of a forecaster by epoch: a bounded number of epochs is kept, resuming leaves the same rows, damage is said, and they go with their run.
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { SampledFrames } from '../../../engine/contract/tasks/sampled-frames.ts';
import type { RunId } from '../../../engine/contract/values/ids.ts';
import { checkAll } from '../../../engine/store/check/check-file.ts';
import type { Workspace } from '../../../engine/store/workspace.ts';
import { errorOf, importData, newRun, newWorkspace } from '../helpers.ts';

const framesOf = (epoch: number): SampledFrames => ({
  form: {
    width: 2,
    height: 1,
    channels: 1,
    steps: [1],
    windows: [{ name: 'a', from: 0 }],
    copyPsnr: [[9.5]],
  },
  truth: Uint8Array.of(0, 255, 128, 7),
  said: Uint8Array.of(epoch % 256, 255),
  psnr: [[epoch / 2]],
});

function newOne(): { readonly workspace: Workspace; readonly run: RunId } {
  const workspace = newWorkspace();
  importData(workspace, 'data');
  return { workspace, run: newRun(workspace) };
}

const write = ({ workspace, run }: ReturnType<typeof newOne>, from: number, to: number) => {
  for (let epoch = from; epoch <= to; epoch++)
    workspace.frames.write(run, { epoch, step: 10 * epoch }, framesOf(epoch));
};
const epochsOf = ({ workspace, run }: ReturnType<typeof newOne>) =>
  workspace.frames.read(run)!.epochs.map(({ epoch }) => epoch);

test('the first epochs, four for each doubling, and the last one are kept, as they were said', () => {
  const one = newOne();
  expect(one.workspace.frames.read(one.run)).toBeNull();
  write(one, 1, 45);
  expect(epochsOf(one)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 45]);
  const { form, truth, epochs } = one.workspace.frames.read(one.run)!;
  expect([form, [...truth]]).toEqual([framesOf(1).form, [0, 255, 128, 7]]);
  expect(epochs.map(({ said, psnr }) => [...said, psnr[0]![0]])).toEqual(
    epochs.map(({ epoch }) => [epoch, 255, epoch / 2]),
  );
  write(one, 46, 1_000);
  expect(epochsOf(one)).toHaveLength(36);
});

test('a run that resumes from a checkpoint ends with the rows of one that was not interrupted', () => {
  const [one, other] = [newOne(), newOne()];
  write(one, 1, 26);
  write(other, 1, 22);
  // Epoch 21 had gone when 22 came.
  other.workspace.frames.truncateAfter(other.run, 215);
  expect(epochsOf(other).at(-1)).toBe(20);
  write(other, 22, 26);
  expect(other.workspace.frames.read(other.run)).toEqual(one.workspace.frames.read(one.run));
});

test('damage is refused with a sentence and found by the check; frames go with their run', () => {
  const one = newOne();
  write(one, 1, 3);
  const { workspace, run } = one;
  const outside = new Database(workspace.path);
  outside.exec("UPDATE run_frames_epoch SET said = 'AAAA' WHERE epoch = 2");
  outside.close();
  expect(errorOf(() => workspace.frames.read(run))).toMatchObject({
    code: 'workspace-damaged',
    message: expect.stringContaining('in the table "run_frames_epoch"'),
  });
  expect(workspace.runs.sideDamage(run)).toContain('in the table "run_frames_epoch"');
  expect(checkAll(workspace.path, { isWholeFile: () => true })).toMatchObject([
    { repair: { kind: 'mend-rows', table: 'run_frames_epoch' } },
  ]);
  workspace.runs.delete(run);
  expect(workspace.frames.read(run)).toBeNull();
});
