// The verbs that say and write what a run has learned: forecast, predict, generate, translate, caption, label, export.

import { MOST_LENGTH } from '../../../contract/results/generation.ts';
import type { ExportFormat } from '../../../contract/runs/export.ts';
import type { RunReference } from '../../../contract/values/ids.ts';
import { TABLE_NAMES, type TableViewName } from '../../../tables/inside/registry.ts';
import { collect, decimal, oneOf, runReference, seedNumber, someText, wholeNumber } from '../arguments.ts';
import { type Define, examples, RUN, RUN_TEXT } from './common.ts';

const FORECAST_PARTS = ['future', 'test', 'validation'] as const;
const EXPORT_FORMATS = ['csv', 'tfjs', 'report'] as const satisfies readonly ExportFormat[];

interface ForecastOptions {
  readonly part: (typeof FORECAST_PARTS)[number];
  readonly input?: string;
  readonly model?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly guardFormulas: boolean;
}

interface GenerateOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly prompt?: string;
  readonly length: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly repetitionPenalty?: number;
  readonly seed?: number;
}

interface TranslateOptions {
  readonly input?: string;
  readonly with?: readonly RunReference[];
  readonly beam?: number;
  readonly lengthPenalty?: number;
  readonly alternatives?: boolean;
}

interface ExportOptions {
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly out: string;
  readonly force?: boolean;
  readonly guardFormulas: boolean;
  readonly inside?: readonly (TableViewName | 'all')[];
}

export const defineResultVerbs: Define = (program, choose) => {
  program.commandsGroup('Results:');

  const forecast = program
    .command('forecast')
    .summary("forecast with a run's best weights, as CSV")
    .description(
      "Forecasts with a run's best weights and prints CSV: series, origin, time, step, target, forecast, actual, unit; times in UTC, empty where unknown. Of a part of the data also: part, why a line is in no score, mean and deviation of the training rows, and the forecast of each baseline (docs/exports.md).",
    )
    .argument('[RUN]', RUN_TEXT, runReference)
    .option(
      '--part <PART>',
      'future (after the last row of each series), test or validation (from every origin of that part)',
      oneOf('--part', FORECAST_PARTS),
      'future',
    )
    .option(
      '--input <FILE>',
      "new data, read as the run's dataset was: forecasts what comes after its last rows",
      someText('--input'),
    )
    .option(
      '--model <FOLDER>',
      'an exported model (format tfjs) instead of a run; needs --input',
      someText('--model'),
    )
    .option('--out <FILE>', 'write the CSV to this file instead of stdout', someText('--out'))
    .option(
      '--no-guard-formulas',
      'leave CSV cells as they are; else a name that begins with = + - or @ gets an apostrophe before, so that no spreadsheet runs it',
    )
    .option('--force', 'overwrite the file')
    .action((run: RunReference | undefined, options: ForecastOptions) =>
      choose(async (context) =>
        (await import('../verbs/forecast.ts')).forecast(context, { run, ...options }),
      ),
    );
  examples(
    forecast,
    'hindcast forecast 3',
    'hindcast forecast 3 --input new-prices.csv',
    'hindcast forecast --model model-3 --input new-prices.csv',
    'hindcast forecast 3 --part test --out test-forecasts.csv',
  );

  const predict = program
    .command('predict')
    .summary('say the classes of new samples, as CSV')
    .description(
      "Says with a run's best weights which classes the samples of a file or folder belong to, and prints CSV: sample, name, group, truth (empty where unknown), answer, its probability, and the probability of each class. The file needs the column that the run reads.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .requiredOption('--input <PATH>', 'a CSV, TSV or JSON lines file, or a folder', someText('--input'))
    .option('--out <FILE>', 'write the CSV to this file instead of stdout', someText('--out'))
    .option('--force', 'overwrite the file')
    .action((run: RunReference, options: { input: string; out?: string; force?: boolean }) =>
      choose(async (context) => (await import('../verbs/predict.ts')).predict(context, { run, ...options })),
    );
  examples(
    predict,
    'hindcast predict 3 --input new-mails.csv',
    'hindcast predict 3 --input mails --out answers.csv',
  );

  const frames = program
    .command('frames')
    .summary('say the next frames of new videos')
    .description(
      "Says with a run's best weights the frames after the last ones of new videos, and writes them as a file of NumPy: uint8 [videos, frames, height, width].",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .requiredOption(
      '--input <PATH>',
      'a GIF, a folder of GIFs or of folders of numbered pictures, or a .npy file',
      someText('--input'),
    )
    .requiredOption('--out <FILE>', 'the .npy file to write', someText('--out'))
    .option('--force', 'overwrite the file')
    .action((run: RunReference, options: { input: string; out: string; force?: boolean }) =>
      choose(async (context) => (await import('../verbs/frames.ts')).frames(context, { run, ...options })),
    );
  examples(frames, 'hindcast frames 3 --input clips --out next.npy');

  const generate = program
    .command('generate')
    .summary('write a new text with a language model')
    .description(
      "Continues a prompt with a run's best weights and prints prompt and text as they are written. The same seed and options give the same text on every machine.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .option('--prompt <TEXT>', 'how the text begins; default: nothing')
    .option('--length <N>', 'tokens that are written', wholeNumber('--length', 1, MOST_LENGTH), 500)
    .option(
      '--temperature <T>',
      '0: always the most probable token; 1: as the model says; default 0.8',
      decimal('--temperature'),
    )
    .option('--top-k <K>', 'only the K most probable tokens', decimal('--top-k'))
    .option(
      '--top-p <P>',
      'only the most probable tokens that together have this probability',
      decimal('--top-p'),
    )
    .option(
      '--repetition-penalty <X>',
      'above 1: what came lately becomes less probable',
      decimal('--repetition-penalty'),
    )
    .option('--seed <N>', 'another one gives another text; default 1', seedNumber)
    .option(
      '--out <FILE>',
      'write to this file instead of stdout: .mid or .wav, the music of the text; any other, the text',
      someText('--out'),
    )
    .option('--force', 'overwrite the file')
    .action((run: RunReference, options: GenerateOptions) =>
      choose(async (context) =>
        (await import('../verbs/generate.ts')).generate(context, { run, ...options }),
      ),
    );
  examples(
    generate,
    'hindcast generate 3',
    'hindcast generate 3 --prompt "Call me" --temperature 0.5 --length 1000 --seed 7',
    'hindcast generate 3 --length 2000 --out tunes.mid',
  );

  const translate = program
    .command('translate')
    .summary('translate texts with a run')
    .description(
      "Writes with a run's best weights what it learned to write for each text: a line for each. With --alternatives also the texts that were pursued beside it, with their probabilities.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .argument('[TEXTS...]', 'texts to translate')
    .option('--input <FILE>', 'a file with a text in each line', someText('--input'))
    .option(
      '--with <RUN>',
      'another run that writes together with it, each token by the mean of their probabilities; may be repeated',
      collect(runReference),
    )
    .option(
      '--beam <N>',
      'texts that are pursued side by side; 1: always the most probable token',
      decimal('--beam'),
    )
    .option(
      '--length-penalty <X>',
      'above 0: longer texts are preferred; default: as in the experiment',
      decimal('--length-penalty'),
    )
    .option('--alternatives', 'print the other texts too')
    .action((run: RunReference, texts: string[], options: TranslateOptions) =>
      choose(async (context) =>
        (await import('../verbs/translate.ts')).translate(context, { run, texts, ...options }),
      ),
    );
  examples(
    translate,
    'hindcast translate 3 "12 March 1987" "Monday, 4 July 1994"',
    'hindcast translate 3 --input words.txt --beam 8',
    'hindcast translate 3 --with 4 --with 5 "12 March 1987"',
  );

  const caption = program
    .command('caption')
    .summary('write captions of pictures with a run')
    .description(
      "Writes with a run's best weights what it learned to write for each picture: a line for each. With --alternatives also the texts that were pursued beside it, with their probabilities.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .argument('<PICTURES...>', 'PNG, JPEG or GIF files')
    .option(
      '--beam <N>',
      'texts that are pursued side by side; 1: always the most probable token',
      wholeNumber('--beam', 1, 32),
    )
    .option('--alternatives', 'print the other texts too')
    .action((run: RunReference, pictures: string[], options: { beam?: number; alternatives?: boolean }) =>
      choose(async (context) =>
        (await import('../verbs/caption.ts')).caption(context, { run, pictures, ...options }),
      ),
    );
  examples(caption, 'hindcast caption 3 photo.jpg', 'hindcast caption 3 birds/*.png --beam 8');

  const label = program
    .command('label')
    .summary('label the words of texts with a run')
    .description(
      "Says with a run's best weights which class each word, or letter, of the texts is of: a line for each text, each word with its label behind a slash. A run on rows of series labels the rows of a table (--input): a line for each row.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .argument('[TEXTS...]', 'texts to label')
    .option('--input <FILE>', 'a file with a text in each line', someText('--input'))
    .action((run: RunReference, texts: string[], options: { input?: string }) =>
      choose(async (context) =>
        (await import('../verbs/label.ts')).label(context, { run, texts, ...options }),
      ),
    );
  examples(
    label,
    'hindcast label 3 "they watch the old watch"',
    'hindcast label 3 --input sentences.txt --json',
  );

  const exports = program
    .command('export')
    .summary('write what a run has to files')
    .description(
      "Writes a run to files: csv, its forecasts beside the baselines', scores, errors by step and by series, and metrics as tables (or the forecasts alone into one file); tfjs, its model for TensorFlow.js with a card; report, one HTML page to read and print.",
    )
    .argument(RUN, RUN_TEXT, runReference)
    .requiredOption(
      '--format <FORMAT>',
      `one of: ${EXPORT_FORMATS.join(', ')}`,
      oneOf('--format', EXPORT_FORMATS),
    )
    .requiredOption(
      '--out <PATH>',
      'a folder, or a name ending in .csv for the forecasts alone, or in .html for the report',
      someText('--out'),
    )
    .option(
      '--no-guard-formulas',
      'leave CSV cells as they are; else a name that begins with = + - or @ gets an apostrophe before, so that no spreadsheet runs it',
    )
    .option(
      '--inside <VIEW>',
      'views into the model, in a report (several times): as of hindcast inside, or all',
      collect(oneOf('--inside', ['all' as const, ...TABLE_NAMES])),
    )
    .option('--force', 'overwrite what is there')
    .action((run: RunReference, options: ExportOptions) =>
      choose(async (context) => (await import('../verbs/export.ts')).exportRun(context, { run, ...options })),
    );
  examples(
    exports,
    'hindcast export 3 --format csv --out run-3',
    'hindcast export 3 --format csv --out forecasts.csv',
    'hindcast export 3 --format tfjs --out model-3',
    'hindcast export 3 --format report --out run-3.html',
    'hindcast export 3 --format report --inside states --inside gradients --out run-3.html',
  );
};
