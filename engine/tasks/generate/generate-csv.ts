// The tables of a language model: every token of a part with its probability, and each text with its bits.
import type { GenerateFrame } from '../../contract/tasks/generate-frame.ts';
import { field, number } from '../../export/csv-text.ts';
import type { ColumnMeanings, Tables } from '../../export/task-content.ts';
import { deterministicLog } from '../../numerics/deterministic-math.ts';

export const GENERATE_COLUMNS: ColumnMeanings = {
  sample: ['row of the text in its dataset, from 1', ''],
  name: ['name of the text', ''],
  position: ['position of the token in its text, from 1', ''],
  token: ['token; a line break stands for the end of the text', ''],
  probability: ['probability that the model gave the token, knowing all before it', ''],
  bits: ['-log2 of the probability', 'bits'],
  tokens: ['tokens of the text in this part', ''],
};

export function generateTables(frame: GenerateFrame): Tables {
  const { header, columns } = frame;
  const rows = columns.token.length;
  return {
    'tokens.csv': [
      'sample,name,position,token,probability,bits',
      ...Array.from({ length: rows }, (_, row) =>
        [
          String(columns.sample[row]! + 1),
          field(header.names[columns.text[row]!]!),
          String(columns.position[row]! + 1),
          field(header.tokens[columns.token[row]!]!),
          number(columns.probability[row]!),
          number(bitsOf(columns.probability[row]!)),
        ].join(','),
      ),
    ],
    'texts.csv': ['sample,name,tokens,bits', ...textLines(frame)],
  };
}

/** Probabilities are float32 at first: none is less than that. */
const LEAST = 2 ** -149;

export const bitsOf = (probability: number): number =>
  -deterministicLog(Math.max(LEAST, probability)) / Math.LN2;

function textLines({ header, columns }: GenerateFrame): string[] {
  const counts = new Int32Array(header.names.length);
  const bits = new Float64Array(header.names.length);
  const samples = new Int32Array(header.names.length);
  for (const [row, text] of columns.text.entries()) {
    counts[text]! += 1;
    bits[text]! += bitsOf(columns.probability[row]!);
    samples[text] = columns.sample[row]!;
  }
  return header.names.map((name, text) =>
    [String(samples[text]! + 1), field(name), String(counts[text]), number(bits[text]!)].join(','),
  );
}
