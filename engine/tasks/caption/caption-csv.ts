// The table of a writer of captions: an image a line.
import type { CaptionFrame } from '../../contract/tasks/caption-frame.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';

export const CAPTION_COLUMNS: ColumnMeanings = {
  sample: ['row of the image in its dataset, from 1', ''],
  name: ['name of the image', ''],
  written: ['what the model wrote', ''],
  references: ['all captions that are right, between bars', ''],
  nearest: ['caption of the training image with the nearest pixels', ''],
  edits: ['tokens to change to get the nearest reference', ''],
  reference_tokens: ['tokens of that reference', ''],
  log_probability: ['natural logarithm of the probability that the model gives what it wrote', ''],
};

export function captionTables({ header, columns }: CaptionFrame): Tables {
  return {
    'captions.csv': [
      'sample,name,written,references,nearest,edits,reference_tokens,log_probability',
      ...header.names.map((name, row) =>
        [
          String(columns.sample[row]! + 1),
          field(name),
          field(header.written[row]!),
          field(header.references[row]!.join('|')),
          field(header.nearest[row]!),
          String(columns.edits[row]!),
          String(columns.referenceTokens[row]!),
          number(columns.logProbability[row]!),
        ].join(','),
      ),
    ],
  };
}
