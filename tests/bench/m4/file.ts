// The files of the M4 competition: a line for each series, its name and then its values, quoted, the shorter ones followed by nothing.
import { readFileSync } from 'node:fs';

export interface M4Series {
  readonly name: string;
  /** All that a method may see. */
  readonly known: readonly number[];
  /** What it forecasts. */
  readonly future: readonly number[];
}

/** Throws a sentence where a file is something else, or the two do not belong together. */
export function readM4(trainPath: string, testPath: string): M4Series[] {
  const tests = new Map(linesOf(testPath));
  const series = linesOf(trainPath).map(([name, known]) => {
    const future = tests.get(name);
    if (!future) throw new Error(`${testPath} lacks the series ${name}.`);
    return { name, known, future };
  });
  if (series.length === 0) throw new Error(`${trainPath} has no series.`);
  return series;
}

function linesOf(path: string): [string, number[]][] {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  return lines.map((line, index) => {
    const [name = '', ...cells] = line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const texts = cells.filter((cell) => cell !== '' && cell !== 'NA');
    const values = texts.map(Number);
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new Error(`${path}, line ${index + 2}: "${texts[wrong]}" is no number.`);
    if (values.length === 0) throw new Error(`${path}, line ${index + 2}: ${name} has no values.`);
    return [name, values];
  });
}
