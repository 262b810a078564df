// Whether a table is one of texts with labels, judged by its first rows: then a column of times in it is only a detail.
import type { ImportRequest } from '../../../contract/processes/importer.ts';
import { detectTable } from '../../import/source/comments.ts';
import { findRoles } from './find-roles.ts';
import { describeColumn } from './text-columns.ts';

const FEWEST_WORDS = 4;

/** False for what is no UTF-8 text, whatever it holds. */
export async function looksLikeTexts({
  path,
  options,
}: Pick<ImportRequest, 'path' | 'options'>): Promise<boolean> {
  try {
    const text = { path, fileName: path, bytes: 0, skip: 0, firstLine: 1 };
    const { dialect } = await detectTable(text, options);
    const { names, sample } = dialect;
    const cellsOf = (column: number) => sample.map((row) => row[column] ?? '');
    const columns = names.map((name, index) => describeColumn(name, cellsOf(index)));
    const roles = findRoles({
      fileName: path,
      columns,
      cellsOf,
      given: {},
      hasDecodedInput: false,
      isLabelNeeded: true,
    });
    if (roles === null || roles.input === null) return false;
    // Lists of tokens are no values of a series.
    if (columns[roles.input]!.kind === 'tokens') return true;
    const words = cellsOf(roles.input).map((cell) => cell.trim().split(/\s+/).length);
    return (
      columns[roles.input]!.kind === 'text' &&
      words.reduce((sum, count) => sum + count, 0) >= FEWEST_WORDS * words.length
    );
  } catch {
    return false;
  }
}
