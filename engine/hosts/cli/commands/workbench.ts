// The verbs that open the workbench: in a window, or for the browser.
import { WORKBENCH_PORT } from '../../serve/workbench-port.ts';
import { wholeNumber } from '../arguments.ts';
import { type Define, examples } from './common.ts';

interface ServeOptions {
  readonly port?: number;
  readonly open: boolean;
}

export const defineWorkbenchVerbs: Define = (program, choose) => {
  program.commandsGroup('Workbench:');

  const open = program
    .command('open')
    .summary('open the workbench in a window; `hindcast` alone does the same')
    .description(
      "Opens the workbench in Electron's window. Where Electron cannot be had or there is no display, says why and serves the same workbench to the browser.",
    )
    .action(() => choose(async (context) => (await import('../verbs/open.ts')).open(context)));
  examples(open, 'hindcast open', 'hindcast open --workspace study.hindcast');

  const serve = program
    .command('serve')
    .summary('serve the workbench to the browser, on this machine alone')
    .description(
      'Serves the workbench on 127.0.0.1 and prints its address. Its port is the same each time where it is not taken, so that the browser keeps the settings of the page. The address holds a token: anyone who has it can use the workspace.',
    )
    .option(
      '--port <N>',
      `port to listen on, 0 for any that is free; default: ${WORKBENCH_PORT} or, where that is taken, any`,
      wholeNumber('--port', 0, 65_535),
    )
    .option('--no-open', "print the address alone; don't open it in the browser")
    .action(({ port, open }: ServeOptions) =>
      choose(async (context) => (await import('../verbs/serve.ts')).serve(context, { port, open })),
    );
  examples(serve, 'hindcast serve', 'hindcast serve --port 8080 --no-open');

  const licences = program
    .command('licences')
    .summary('print the licences of Hindcast and of all that ships with it')
    .description(
      "Prints Hindcast's own licence, then the name, version and licence text of every package that ships with it.",
    )
    .action(() => choose(async () => (await import('../verbs/licences.ts')).licences()));
  examples(licences, 'hindcast licences');
};
