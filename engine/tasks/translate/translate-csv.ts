// The table of a translator: a source a line, with what was written and what is right.
import type { TranslateFrame } from '../../contract/tasks/translate-frame.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';

export const TRANSLATE_COLUMNS: ColumnMeanings = {
  sample: ['row of the pair in its dataset, from 1; of several pairs of one source the first', ''],
  name: ['name of the pair', ''],
  source: ['text that was read', ''],
  reference: ['texts that are right, between bars', ''],
  written: ['text that the model wrote', ''],
  edits: ['tokens that have to be changed to the nearest reference', ''],
  reference_tokens: ['tokens of that reference', ''],
  log_probability: ['natural logarithm of the probability of what was written', 'nats'],
};

export function translateTables({ header, columns }: TranslateFrame): Tables {
  return {
    'written.csv': [
      Object.keys(TRANSLATE_COLUMNS).join(','),
      ...header.sources.map((source, row) =>
        [
          String(columns.sample[row]! + 1),
          field(header.names[row]!),
          field(source),
          field(header.references[row]!.join(' | ')),
          field(header.written[row]!),
          String(columns.edits[row]!),
          String(columns.referenceTokens[row]!),
          number(columns.logProbability[row]!),
        ].join(','),
      ),
    ],
  };
}
