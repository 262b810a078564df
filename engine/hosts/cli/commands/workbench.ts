// The verbs that open the workbench: in a window, or for the browser.
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
      'Serves the workbench on 127.0.0.1 and prints its address. The address holds a token: whoever has it can use the workspace.',
    )
    .option('--port <N>', 'port to listen on; default: any that is free', wholeNumber('--port', 0, 65_535))
    .option('--no-open', "print the address alone; don't open it in the browser")
    .action(({ port = 0, open }: ServeOptions) =>
      choose(async (context) => (await import('../verbs/serve.ts')).serve(context, { port, open })),
    );
  examples(serve, 'hindcast serve', 'hindcast serve --port 8080 --no-open');
};
