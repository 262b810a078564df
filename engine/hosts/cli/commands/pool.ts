// The verbs about workers on other machines: pool, worker, workers.
import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { oneOf, someText, wholeNumber } from '../arguments.ts';
import { POOL_ACTIONS, type PoolArguments } from '../verbs/pool-actions.ts';
import type { WorkerArguments } from '../verbs/worker.ts';
import { type Choose, type Define, examples } from './common.ts';

export const definePoolVerbs: Define = (program, choose) => {
  program.commandsGroup('Workers on other machines:');
  definePool(program, choose);
  defineWorker(program, choose);
  const workers = program
    .command('workers')
    .summary('list the workers of the pool and what they do')
    .description(
      'Lists the workers that the pool has heard of: cores, memory, kernels, and the run that each trains.',
    )
    .action(() => choose(async (context) => (await import('../verbs/workers.ts')).workers(context)));
  examples(workers, 'hindcast workers');
};

function definePool(program: Command, choose: Choose): void {
  const pool = program
    .command('pool')
    .summary('make a pool of workers on a PostgreSQL server, and invite machines')
    .description(
      'init URL: makes the mailbox in a database and remembers it for the workspace. invite: prints a join file for one machine. revoke LOGIN: takes the login of a join file away. collect: stores what workers have sent. The password of the server comes from --password-file, HINDCAST_POOL_PASSWORD or a question.',
    )
    .argument('<ACTION>', `what to do: ${POOL_ACTIONS.join(', ')}`, oneOf('ACTION', POOL_ACTIONS))
    .argument('[URL]', 'of init: postgres://USER@HOST/DATABASE; of revoke: the login', someText('URL'))
    .option(
      '--password-file <FILE>',
      'of init: a file with the password of USER',
      someText('--password-file'),
    )
    .option(
      '--days <N>',
      'of invite: days until the join file runs out; default: 90',
      wholeNumber('--days', 1, 3_650),
    )
    .option(
      '--quota <MIB>',
      'of init: unread mebibytes of a run at which its worker waits; default: 256',
      wholeNumber('--quota', 1, 65_536),
    )
    .action(
      (
        action: PoolArguments['action'],
        subject: string | undefined,
        options: Omit<PoolArguments, 'action'>,
      ) =>
        choose(async (context) =>
          (await import('../verbs/pool.ts')).pool(context, { ...options, action, subject }),
        ),
    );
  examples(
    pool,
    'hindcast pool init postgres://ana@db.example.org/hindcast',
    'hindcast pool invite > n1.join',
    'hindcast train samples/sp500-lstm.json --on pool',
  );
}

function defineWorker(program: Command, choose: Choose): void {
  const worker = program
    .command('worker')
    .summary('train runs of a pool on this machine until Ctrl-C')
    .description(
      'Takes one run after the other from the pool of a join file. It needs no workspace. Ctrl-C gives the run back with a checkpoint, so that another worker continues; a second one leaves at once.',
    )
    .requiredOption('--join <FILE>', 'the join file that `hindcast pool invite` made', someText('--join'))
    .option(
      '--threads <N>',
      'cores to use; default: all',
      wholeNumber('--threads', 1, Math.max(1, 4 * availableParallelism())),
    )
    .option('--label <TEXT>', "what it is called; default: this machine's name", someText('--label'))
    .option(
      '--cache <FOLDER>',
      'folder for pieces of datasets; default: in the cache folder',
      someText('--cache'),
    )
    .action((options: WorkerArguments) =>
      choose(async (context) => (await import('../verbs/worker.ts')).worker(context, options)),
    );
  examples(worker, 'hindcast worker --join n1.join --threads 8 --label gpu');
}
