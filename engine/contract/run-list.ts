// The run list as it travels: JSON written by SQLite, a row of values for each run. Ten thousand runs through a schema and an object
// walk, or with every name in every row, cost more than all the rest of the call.
import type { RunSummary } from './run.ts';

/** Order of the values of a row; `runOf` reads by place, since an object made at once is six times faster than one made field by field. */
export const RUN_LIST_FIELDS = [
  'id',
  'name',
  'state',
  'reason',
  'stopRequested',
  'queuePosition',
  'datasetName',
  'datasetVersion',
  'modelKind',
  'seed',
  'backend',
  'parameterCount',
  'step',
  'totalSteps',
  'epoch',
  'totalEpochs',
  'secondsLeft',
  'lastTrainLoss',
  'lastValidationLoss',
  'bestValidationLoss',
  'bestEpoch',
  'testScore',
  'bestBaseline',
  'bestBaselineScore',
  'fingerprint',
  'createdAtMs',
  'startedAtMs',
  'endedAtMs',
] as const satisfies readonly (keyof RunSummary)[];

function runOf(values: readonly unknown[]): RunSummary {
  return {
    id: values[0] as RunSummary['id'],
    name: values[1] as RunSummary['name'],
    state: values[2] as RunSummary['state'],
    reason: values[3] as RunSummary['reason'],
    stopRequested: values[4] as RunSummary['stopRequested'],
    queuePosition: values[5] as RunSummary['queuePosition'],
    datasetName: values[6] as RunSummary['datasetName'],
    datasetVersion: values[7] as RunSummary['datasetVersion'],
    modelKind: values[8] as RunSummary['modelKind'],
    seed: values[9] as RunSummary['seed'],
    backend: values[10] as RunSummary['backend'],
    parameterCount: values[11] as RunSummary['parameterCount'],
    step: values[12] as RunSummary['step'],
    totalSteps: values[13] as RunSummary['totalSteps'],
    epoch: values[14] as RunSummary['epoch'],
    totalEpochs: values[15] as RunSummary['totalEpochs'],
    secondsLeft: values[16] as RunSummary['secondsLeft'],
    lastTrainLoss: values[17] as RunSummary['lastTrainLoss'],
    lastValidationLoss: values[18] as RunSummary['lastValidationLoss'],
    bestValidationLoss: values[19] as RunSummary['bestValidationLoss'],
    bestEpoch: values[20] as RunSummary['bestEpoch'],
    testScore: values[21] as RunSummary['testScore'],
    bestBaseline: values[22] as RunSummary['bestBaseline'],
    bestBaselineScore: values[23] as RunSummary['bestBaselineScore'],
    fingerprint: values[24] as RunSummary['fingerprint'],
    createdAtMs: values[25] as RunSummary['createdAtMs'],
    startedAtMs: values[26] as RunSummary['startedAtMs'],
    endedAtMs: values[27] as RunSummary['endedAtMs'],
  };
}

/** The engine wrote the text from its own store: trusted inside, so not validated again. */
export function parseRunList(text: string): RunSummary[] {
  return (JSON.parse(text) as unknown[][]).map(runOf);
}

export function encodeRunList(runs: readonly RunSummary[]): string {
  return JSON.stringify(runs.map((run) => RUN_LIST_FIELDS.map((field) => run[field])));
}

export async function readRunList(blob: Blob): Promise<RunSummary[]> {
  return parseRunList(await blob.text());
}
