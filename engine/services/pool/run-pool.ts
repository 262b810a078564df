// The workspace's part of a pool: which runs are there, what is sent for them, and what is known of the workers. Nothing is connected until
// a run is on the pool or a client asks.
import { randomUUID } from 'node:crypto';
import { CHECKPOINT_ENCODING, type PoolJob } from '../../contract/pool/job.ts';
import { type Piece, piecesOf } from '../../contract/pool/manifest.ts';
import type { PoolStatus } from '../../contract/pool/status.ts';
import type { FromTrainer, ToTrainer } from '../../contract/processes/trainer.ts';
import type { RunId } from '../../contract/values/ids.ts';
import { kernelVersion } from '../../kernels/kernels.ts';
import { createPostOffice, type PostOffice } from '../../pool/host/post-office.ts';
import { type Submission, submit } from '../../pool/host/submission.ts';
import { inPieces } from '../../pool/mail/codec.ts';
import { type PoolFile, readPoolFile, requirePoolFile } from '../../pool/setup/pool-file.ts';
import { chunkHash } from '../../store/datasets/chunk-codec.ts';
import type { Workspace } from '../../store/workspace.ts';
import { taskOf } from '../../tasks/task-of.ts';
import type { HostFacilities } from '../host-facilities.ts';
import type { Worker } from '../processes/worker.ts';
import { describePool } from './describe-pool.ts';

export interface RunPool {
  /** Workers on other machines train it. */
  has(run: RunId): boolean;
  /** The worker of the run's job; a run without one gets a new one. @throws HindcastError where the workspace has no pool */
  join(run: RunId): PoolMember;
  /** The run has ended, or is taken back: nothing of its job stays in the mailbox. */
  finished(run: RunId): void;
  /** Every run on the pool is in the mailbox. */
  isSent(): boolean;
  /** @throws HindcastError with why no run can be sent: no pool, or a server that cannot be asked */
  requireReachable(): Promise<void>;
  status(): Promise<PoolStatus>;
  /** Resolves when all mail that is there now is stored. @throws HindcastError where it cannot be read */
  looked(): Promise<void>;
  close(): Promise<void>;
}

export interface PoolMember {
  readonly worker: Worker<ToTrainer, FromTrainer>;
  /** In the transaction that stores the message. */
  mark(message: number): void;
}

type TrainMessage = Extract<ToTrainer, { type: 'train' }>;
type Host = Pick<HostFacilities, 'log'>;

/** Within which a host that leaves takes back what is over. */
const LEAVING_MS = 2_000;

export function createRunPool(workspace: Workspace, host: Host): RunPool {
  const { poolRuns } = workspace;
  let office: PostOffice | null = null;
  let file: PoolFile | null = null;

  function opened(): { readonly office: PostOffice; readonly file: PoolFile } {
    file ??= requirePoolFile(workspace.path);
    office ??= createPostOffice({
      pool: file,
      known: () => poolRuns.open().flatMap(({ job }) => job ?? []),
      log: host.log,
    });
    return { office, file };
  }

  return {
    has: (run) => poolRuns.get(run) !== null,
    join(run) {
      const { office, file } = opened();
      if (poolRuns.get(run)?.job == null) poolRuns.begin(run, randomUUID());
      const { job, stored, isSent } = poolRuns.get(run)!;
      const send = async (message: TrainMessage) => {
        await submit(office.sending, submissionOf(workspace, message, { job: job!, run, file }));
        poolRuns.setSent(run);
      };
      return {
        worker: office.worker({ id: job!, stored, isSent, send }),
        mark: (message) => poolRuns.setStored(run, message),
      };
    },
    finished(run) {
      const job = poolRuns.get(run)?.job;
      if (job == null) return;
      poolRuns.end(run);
      opened().office.discard(job);
    },
    isSent: () => poolRuns.open().every(({ isSent }) => isSent),
    async requireReachable() {
      await opened().office.mail.query('SELECT 1');
    },
    async status() {
      const isThere = office !== null || readPoolFile(workspace.path) !== null;
      return describePool(workspace, isThere ? opened().office : null, kernelVersion);
    },
    looked: () => opened().office.looked(),
    async close() {
      if (!office) return;
      const leaving = AbortSignal.timeout(LEAVING_MS);
      const late = new Promise<void>((resolve) => leaving.addEventListener('abort', () => resolve()));
      await Promise.race([office.settled(), late]);
      await office.close();
    },
  };
}

interface JobPlace {
  readonly job: string;
  readonly run: RunId;
  readonly file: PoolFile;
}

function submissionOf(
  { datasets }: Workspace,
  { experiment, datasetVersionId, checkpoint, hold }: TrainMessage,
  { job, run, file }: JobPlace,
): Submission {
  const { columns, ...request } = taskOf(experiment.task).needs(experiment.task);
  const versionId = datasetVersionId as Parameters<typeof datasets.versionDetail>[0];
  const manifest = datasets.manifest({
    dataset: datasets.versionDetail(versionId).name,
    versionId,
    columns,
    series: 'series' in request ? request.series : undefined,
  });
  const parts = new Map(
    (checkpoint === null ? [] : inPieces(checkpoint)).map((data) => [checkpointPiece(data), data] as const),
  );
  const payload: PoolJob = {
    experiment,
    hold,
    manifest,
    checkpoint: checkpoint === null ? null : [...parts.keys()],
  };
  return {
    job,
    owner: file.owner,
    run,
    kernels: experiment.backend === 'simd' ? kernelVersion : null,
    payload: JSON.stringify(payload),
    pieces: [...piecesOf(manifest), ...parts.keys()],
    quotaBytes: file.quotaBytes,
    read: (piece) => parts.get(piece) ?? datasets.piece(piece),
  };
}

function checkpointPiece(data: Uint8Array): Piece {
  const encoding = CHECKPOINT_ENCODING;
  return { sha256: chunkHash({ encoding, rows: 0, data }).toString('hex'), encoding, rows: 0 };
}
