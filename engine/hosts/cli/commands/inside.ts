// The verb that looks into a model: inside.

import type { AttributeChoice } from '../../../contract/inside/attribution.ts';
import type { Edit } from '../../../contract/inside/edits.ts';
import { ROW_ORDERS, type RowOrder } from '../../../contract/inside/states.ts';
import type { InsideWeights, KeptWeightsName, Place } from '../../../contract/inside/target.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { TABLE_NAMES, TABLES, type TableViewName } from '../../../tables/inside/registry.ts';
import { collect, oneOf, runReference, someText, wholeNumber } from '../arguments.ts';
import { windowEdit } from '../window-edits.ts';
import { type Define, examples, RUN, RUN_TEXT } from './common.ts';

const WEIGHTS = ['best', 'last', 'first'] as const satisfies readonly KeptWeightsName[];
const oneOfWeights = oneOf('--weights', WEIGHTS);

/** A number is an epoch. */
const weightsOf = (text: string): InsideWeights =>
  /^\d+$/.test(text) ? { epoch: Number(text) } : oneOfWeights(text);
const PARTS = ['train', 'validation', 'test'] as const;
const LAYER_PARTS = ['encoder', 'decoder'] as const satisfies readonly Place['part'][];
const DIRECTIONS = ['forward', 'backward'] as const satisfies readonly Place['direction'][];

const BASELINES = ['last', 'mean', 'season'] as const satisfies readonly AttributeChoice['baseline'][];

interface InsideOptions {
  readonly view: TableViewName;
  readonly part: (typeof PARTS)[number];
  readonly origin: number;
  readonly weights: InsideWeights;
  readonly target?: string;
  readonly of: Place['part'];
  readonly layer: number;
  readonly direction: Place['direction'];
  readonly what?: string;
  readonly parameter?: string;
  readonly baseline?: AttributeChoice['baseline'];
  readonly order: RowOrder;
  readonly sample?: number;
  readonly text?: string;
  readonly from?: number;
  readonly steps?: number;
  readonly head?: number;
  readonly choice?: string;
  readonly step: number;
  readonly unit: number;
  readonly edit?: readonly Edit[];
  readonly out?: string;
  readonly force?: boolean;
}

export const defineInsideVerbs: Define = (program, choose) => {
  program.commandsGroup('Results:');
  const command = program
    .command('inside')
    .summary("look into a run's model, as CSV or a drawing")
    .description(
      "Looks into a run's model while it reads one window, and prints one view as CSV. docs/inside.md explains the views.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .requiredOption('--view <VIEW>', 'one of the views below', oneOf('--view', TABLE_NAMES))
    .option('--part <PART>', 'train, validation or test', oneOf('--part', PARTS), 'test')
    .option('--origin <N>', 'origin of the part, counted from 0', wholeNumber('--origin', 0), 0)
    .option(
      '--weights <WHICH>',
      'best, last, first (from the seed), or the number of an epoch (the run is trained again for it)',
      weightsOf,
      'best',
    )
    .option('--target <COLUMN>', 'a target column instead of the first', someText('--target'))
    .option('--of <PART>', 'encoder or decoder', oneOf('--of', LAYER_PARTS), 'encoder')
    .option('--layer <N>', 'layer, counted from 0, the lowest', wholeNumber('--layer', 0), 0)
    .option('--direction <WAY>', 'forward or backward', oneOf('--direction', DIRECTIONS), 'forward')
    .option(
      '--what <NAME>',
      'what of the layer: hidden, cell, or a gate (i, f, g, o; z, r, n); of other views as they say below',
      someText('--what'),
    )
    .option(
      '--parameter <NAME>',
      'view histograms: lstm/0/kernel, or of gates lstm/0/f',
      someText('--parameter'),
    )
    .option(
      '--baseline <WHICH>',
      'view attribute: last, mean or season: what values are compared with',
      oneOf('--baseline', BASELINES),
    )
    .option('--order <ORDER>', `units by ${ROW_ORDERS.join(', ')}`, oneOf('--order', ROW_ORDERS), 'index')
    .option(
      '--sample <N>',
      'of a model of samples: which sample of the part, counted from 0',
      wholeNumber('--sample', 0),
    )
    .option('--text <TEXT>', 'of a model of texts: a text to read instead of a sample', someText('--text'))
    .option(
      '--from <N>',
      'of a long sample: the step to begin at, from an empty state',
      wholeNumber('--from', 0),
    )
    .option('--steps <N>', 'of a long sample: how many steps, 300 if not given', wholeNumber('--steps', 1))
    .option(
      '--head <N>',
      'view looks: a head instead of the mean of all; view query: the head',
      wholeNumber('--head', 0),
    )
    .option(
      '--step <N>',
      'which step, counted from 0, the oldest: views step and card; view query: which query; view reading: whose answer is explained',
      wholeNumber('--step', 0),
      0,
    )
    .option(
      '--choice <NAME>',
      'views reading and pixels: the class, label or value that is explained instead of the first or most likely one',
      someText('--choice'),
    )
    .option('--unit <N>', 'views step and card: which unit, counted from 0', wholeNumber('--unit', 0), 0)
    .option(
      '--edit <CHANGE>',
      "change the window first, in model units (several times): 'move COLUMN@ROW BY [REACH]', 'erase FROM END', 'shift ROWS'",
      collect(windowEdit),
    )
    .option(
      '--out <FILE>',
      'write to this file instead of stdout: CSV, or a drawing where its name ends in .svg',
      someText('--out'),
    )
    .option('--force', 'overwrite the file')
    .action((run: RunReference, { of, layer, direction, edit, ...options }: InsideOptions) =>
      choose(async (context) => {
        const { inside } = await import('../verbs/inside.ts');
        return inside(context, {
          run,
          ...options,
          edits: edit,
          layer,
          place: { part: of, layer, direction },
        });
      }),
    );
  command.addHelpText('after', `\nViews:\n${viewLines()}`);
  examples(
    command,
    'hindcast inside 3 --view states --origin 120 --out states.csv',
    'hindcast inside 3 --view states --what f --weights first',
    'hindcast inside 3 --view gradients --out gradients.svg',
    'hindcast inside 3 --view gradients --part validation',
    'hindcast inside 4 --view reading --part test --sample 12',
    "hindcast inside 4 --view reading --text 'a film to forget'",
    "hindcast inside 3 --view window --edit 'erase 40 60' --edit 'move level@100 0.5'",
  );
};

const viewLines = (): string =>
  TABLE_NAMES.map((name) => `  ${name.padEnd(11)}${TABLES[name].about}`).join('\n');
