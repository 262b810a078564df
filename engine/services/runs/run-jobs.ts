// What a training process is told at its start, and where what it says is written.
import type { RunId } from '../../contract/values/ids.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { EventHub } from '../event-hub.ts';
import type { HostFacilities } from '../host-facilities.ts';
import { createKnownBaselines } from './known-baselines.ts';
import type { RunRecords } from './records.ts';
import type { RunSessions } from './run-sessions.ts';
import type { TrainJob } from './session.ts';
import { threadShare } from './thread-share.ts';

export interface RunJobs {
  recordsOf(runId: RunId): RunRecords;
  jobOf(runId: RunId): TrainJob;
}

interface Services {
  readonly workspace: Workspace;
  readonly hub: EventHub;
  readonly host: Pick<HostFacilities, 'now' | 'cores'>;
}

export function createRunJobs(
  { workspace, hub, host }: Services,
  sessions: Pick<RunSessions, 'activeHere'>,
): RunJobs {
  const baselines = createKnownBaselines();
  const recordsOf = (runId: RunId): RunRecords => ({
    workspace,
    runId,
    now: host.now,
    append: hub.append,
    announce: hub.announce,
    scored(scores) {
      const { configuration, datasetVersionId } = workspace.runs.wholeDetail(runId);
      baselines.keep(configuration, datasetVersionId, scores);
    },
  });

  function jobOf(runId: RunId): TrainJob {
    const checkpoint = workspace.checkpoints.read(runId, 'last');
    const { datasetVersionId, configuration: experiment } = workspace.runs.wholeDetail(runId);
    const known = baselines.of(experiment, datasetVersionId);
    return {
      type: 'train',
      workspacePath: workspace.path,
      datasetVersionId,
      experiment,
      checkpoint: checkpoint?.data ?? null,
      hold: workspace.runs.holdRule(runId),
      threads: threadShare(workspace, sessions.activeHere().length + 1, host.cores),
      ...(known && { baselines: known }),
    };
  }

  return { recordsOf, jobOf };
}
