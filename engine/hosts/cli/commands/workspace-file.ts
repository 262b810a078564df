// The verbs about the workspace as a file: check, backup, restore.
import { someText } from '../arguments.ts';
import { type Define, examples } from './common.ts';

export const defineWorkspaceVerbs: Define = (program, choose) => {
  program.commandsGroup('Workspace file:');

  const check = program
    .command('check')
    .summary('read the whole workspace and compare it with its checksums')
    .description(
      'Reads the whole workspace beside the running work and compares structure, data, metrics and weights with what was stored. Exit code 1 and a sentence for each finding where something is damaged. Nothing is changed without --repair.',
    )
    .option(
      '--repair',
      'repair what can be repaired, after a copy was made: indexes, data that a backup has whole, broken checkpoints and metrics',
    )
    .action(({ repair = false }: { repair?: boolean }) =>
      choose(async (context) => (await import('../verbs/check.ts')).check(context, { repair })),
    );
  examples(check, 'hindcast check --workspace study.hindcast', 'hindcast check --repair');

  const backup = program
    .command('backup')
    .summary('write a whole copy of the workspace, also while runs train')
    .description('Writes a whole copy of the workspace into a file of its own, beside the running work.')
    .option('--to <FILE>', 'the file to write; default: name and day, in this folder', someText('--to'))
    .option('--list', 'list the automatic backups of the workspace instead')
    .action(({ to, list }: { to?: string; list?: boolean }) =>
      choose(async (context) => {
        const verbs = await import('../verbs/workspace-file.ts');
        return list ? verbs.listOfBackups(context) : verbs.backup(context, to);
      }),
    );
  examples(
    backup,
    'hindcast backup',
    'hindcast backup --list',
    'hindcast backup --to /media/disk/study.hindcast',
  );

  const restore = program
    .command('restore')
    .summary('replace the workspace by a backup')
    .description(
      'Replaces the workspace, with everything that belongs to it, by a backup. The current file and its log, even damaged ones, are renamed, not deleted. No other process may have the workspace open.',
    )
    .argument(
      '<BACKUP>',
      'a file that `hindcast backup` wrote, any whole copy of a workspace, a name of `hindcast backup --list`, or `latest`',
    )
    .action((from: string) =>
      choose(async (context) => (await import('../verbs/workspace-file.ts')).restore(context, from)),
    );
  examples(restore, 'hindcast restore "study 2026-11-29.hindcast" --workspace study.hindcast');
};
