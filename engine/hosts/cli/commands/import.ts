// The verbs that read files: import, refresh.
import type { DatasetReference } from '../../../contract/values/ids.ts';
import { collect, datasetReference, delimiter, oneOf, someText, texts, wholeNumber } from '../arguments.ts';
import {
  deriveOption,
  gridOption,
  rangeOption,
  renameOption,
  repeatsOption,
  scaleOption,
} from '../clean-arguments.ts';
import type { ImportFlags } from '../verbs/import.ts';
import { DATASET_TEXT, type Define, examples } from './common.ts';

export const defineImportVerbs: Define = (program, choose) => {
  const imports = program
    .command('import')
    .summary('make a dataset from a file or a folder')
    .description(
      'Makes a dataset of series from a CSV or TSV file, a workbook (.xlsx), JSON, JSON lines or Parquet, also in gzip or zip, or of samples with labels (texts, recordings, pictures, numbers) from a CSV, TSV or JSON lines file or a folder with a sub-folder for each class. Several files of one table are joined. Reports what was found and which rows were set aside. What is not given is detected.',
    )
    .argument('<FILE...>', 'the file or folder to read; several files of one table are joined')
    .option(
      '--name <NAME>',
      "name of the dataset; default: the file's name without its ending",
      someText('--name'),
    )
    .option('--delimiter <CHARACTER>', 'separator of the columns: one character, or the word tab', delimiter)
    .option(
      '--encoding <NAME>',
      'encoding of the text, such as windows-1251, shift_jis or gb18030',
      someText('--encoding'),
    )
    .option(
      '--skip <LINES>',
      'lines above the table that are no part of it',
      wholeNumber('--skip', 0, 1_000_000),
    )
    .option(
      '--header-line <LINE>',
      'line of the header, counted from 1',
      wholeNumber('--header-line', 1, 1_000_000),
    )
    .option('--no-header', 'the file has no header: its first line below comments is a row')
    .option(
      '--decimal <SIGN>',
      'decimal sign of the numbers: a dot or a comma',
      oneOf<'.' | ','>('--decimal', ['.', ',']),
    )
    .option(
      '--time-column <COLUMN>',
      'column that holds the times; several joined by +, such as "Date + Time"',
      someText('--time-column'),
    )
    .option(
      '--time-format <FORMAT>',
      'strptime format of the times, such as %d.%m.%Y',
      someText('--time-format'),
    )
    .option(
      '--time-zone <ZONE>',
      'IANA zone of times without an offset; default: UTC',
      someText('--time-zone'),
    )
    .option(
      '--series-column <COLUMN>',
      'column whose values name the series (long layout); several joined by +, such as "country + indicator"',
      someText('--series-column'),
    )
    .option(
      '--layout <LAYOUT>',
      'auto, wide (each row is one time) or long (a column names the series)',
      oneOf('--layout', ['auto', 'wide', 'long']),
    )
    .option('--part <NAME>', 'sheet of a workbook, or file of a zip archive', someText('--part'))
    .option(
      '--reshape <HOW>',
      'auto; none: the table as it stands, also where times are in its header or each row is a series; or steps: a table without times whose rows are steps',
      oneOf('--reshape', ['auto', 'none', 'steps']),
    )
    .option(
      '--missing <TEXTS>',
      'values that mean "missing", separated by commas, such as -999,-9999; NA, NaN, null, ?, . and - always do',
      texts('--missing'),
    )
    .option(
      '--as <KIND>',
      'series (rows over time), samples (rows without times), text (the file is one text), lines (each line is a text) or frames (videos: GIFs and folders of numbered pictures); default: found by content',
      oneOf<'series' | 'samples' | 'text' | 'lines' | 'frames'>('--as', [
        'series',
        'samples',
        'text',
        'lines',
        'frames',
      ]),
    )
    .option(
      '--sample-column <COLUMN>',
      'of a log with a row for each event: the column that says whose event it is (a case, a session, a user); the rows of one are a sample',
      someText('--sample-column'),
    )
    .option('--input-column <COLUMN>', 'of samples: the column of texts', someText('--input-column'))
    .option('--label-column <COLUMN>', 'of samples: the column of labels', someText('--label-column'))
    .option(
      '--labels <HOW>',
      'of samples: one label in each cell of that column, or several, such as "a;b"; default: found by content',
      oneOf<'one' | 'several'>('--labels', ['one', 'several']),
    )
    .option(
      '--value-column <COLUMN>',
      'of samples: the column of the number that is to be estimated',
      someText('--value-column'),
    )
    .option(
      '--target-column <COLUMN>',
      'of pairs: the column of the texts that are to be written, or of a label for each word',
      someText('--target-column'),
    )
    .option(
      '--group-column <COLUMN>',
      'of samples: the column whose values belong together (a speaker, an author); no group is split',
      someText('--group-column'),
    )
    .option('--ungrouped', 'of samples: nothing groups them, also not what was found to do so')
    .option(
      '--part-column <COLUMN>',
      'of samples: the column that says train, validation or test',
      someText('--part-column'),
    )
    .option(
      '--picture-size <PIXELS>',
      'side that pictures are reduced to; default: 32, or that of the largest where all are smaller',
      wholeNumber('--picture-size', 4, 256),
    )
    .option(
      '--picture-colour <COLOURS>',
      'grey or colour; default: colour where any picture has some',
      oneOf<'grey' | 'colour'>('--picture-colour', ['grey', 'colour']),
    )
    .option(
      '--recipe <RECIPE>',
      'reads the file as this recipe says: a file of `hindcast show DATASET --config`, or a dataset; other options go before it',
      someText('--recipe'),
    )
    .option('--drop <COLUMNS>', 'columns to leave out, separated by commas', texts('--drop'))
    .option(
      '--rename <OLD=NEW>',
      'another name for a column; may be given several times',
      collect(renameOption),
    )
    .option(
      '--range <COLUMN=MIN..MAX>',
      'values below or above are read as missing; may be given several times',
      collect(rangeOption),
    )
    .option(
      '--scale <COLUMN=FACTOR>',
      'values in another unit, COLUMN=FACTOR or COLUMN=FACTOR:OFFSET; may be given several times',
      collect(scaleOption),
    )
    .option(
      '--derive <NAME=FORM(COLUMN,ROWS)>',
      'a new column from earlier rows, such as r=log-return(close,1), m=mean(load,24), y=lag(load,24) or h=hour; may be given several times',
      collect(deriveOption),
    )
    .option('--grid <STEP:RULE>', 'equal steps, such as 15min:mean, 1h:sum or 1d:last', gridOption)
    .option(
      '--repeats <RULE>',
      'rows of one time become one: mean, sum, last, min, max or first; default: the last is kept, and the others are set aside',
      repeatsOption,
    )
    .option('--complete', 'rows that gaps in time lack are put in, with missing values')
    .option(
      '--remedy <CHECKS>',
      'remedies of these findings, separated by commas, such as stuck,spikes,sentinel; all for every one',
      texts('--remedy'),
    )
    .action((files: string[], options: ImportFlags) =>
      choose(async (context) =>
        (await import('../verbs/import.ts')).importFile(context, { files, ...options }),
      ),
    );
  examples(
    imports,
    'hindcast import prices.csv --name prices',
    'hindcast import reviews.csv --label-column stars',
    'hindcast import 2023-*.csv --name power',
    'hindcast import weather.tsv --delimiter tab --time-format "%d.%m.%Y %H:%M" --time-zone Europe/Berlin',
  );

  const refresh = program
    .command('refresh')
    .summary('read the file of a dataset again')
    .description(
      'Reads the file of a dataset again by its recipe, as a new version, and says which rows are new and which values of the past changed.',
    )
    .argument('<DATASET>', DATASET_TEXT, datasetReference)
    .argument('[FILE]', 'another file of the same form; default: the file it was imported from')
    .action((dataset: DatasetReference, file: string | undefined) =>
      choose(async (context) =>
        (await import('../verbs/refresh.ts')).refresh(context, {
          dataset,
          ...(file === undefined ? {} : { file }),
        }),
      ),
    );
  examples(refresh, 'hindcast refresh power', 'hindcast refresh power power-2025.csv');
};
