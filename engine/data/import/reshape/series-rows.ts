// One series a row: `V1` names the series and `V2`, `V3`, ... are its values, as in the M4 files, or `d_1`, `d_2`, ... behind several names, as in
// M5. The values become steps from 1 on, or times where columns say the first year (and month or quarter), as in M3.
import { isMissing, looksNumericInAnyStyle } from '../columns/number-style.ts';
import { type Dialect, sampleOf } from '../source/dialect.ts';
import { looksLikeTime } from '../time/time-candidates.ts';
import { named } from './header-times.ts';
import { findSeriesKey } from './series-key.ts';
import { AS_IT_IS, type ShapedTable, type TableShape } from './shape.ts';
import { startOf } from './start-columns.ts';

const FEWEST_STEPS = 10;

/** Columns at the end that are numbered one by one under the same word. */
function numberedColumns({ names }: Dialect): number[] {
  const parts = names.map((name) => /^(.*?)(\d+)$/.exec(name.trim()));
  const last = parts.at(-1);
  if (!last) return [];
  let from = names.length - 1;
  for (; from > 0; from--) {
    const [here, before] = [parts[from], parts[from - 1]];
    if (!here || !before || here[1] !== before[1] || Number(here[2]) !== Number(before[2]) + 1) break;
  }
  return names.map((_, column) => column).slice(from);
}

const areNumbers = (dialect: Dialect, column: number): boolean => {
  const values = sampleOf(dialect, column);
  return values.filter(looksNumericInAnyStyle).length * 2 >= values.length;
};

export const seriesRows: TableShape = {
  id: 'series-in-rows',
  async find(request): Promise<ShapedTable | null> {
    const { dialect } = request;
    const run = numberedColumns(dialect);
    // V1 is numbered, too, and holds the name.
    const steps = run[0] === 0 && !areNumbers(dialect, 0) ? run.slice(1) : run;
    const others = dialect.names.map((_, column) => column).filter((column) => !steps.includes(column));
    if (steps.length < FEWEST_STEPS || steps.length * 2 < dialect.names.length || others.length === 0)
      return null;
    const start = startOf(dialect, others);
    const beside = others.filter((column) => !start?.columns.includes(column));
    if (beside.some((column) => sampleOf(dialect, column).some(looksLikeTime))) return null;
    if (!steps.slice(0, 3).every((column) => areNumbers(dialect, column))) return null;
    const words = beside.filter((column) => !areNumbers(dialect, column));
    const key = await findSeriesKey(request, [], words);
    if (key.columns.length === 0 || !key.isUnique) return null;
    const nameOf = (column: number | undefined) => dialect.names[column ?? 0] ?? '';
    const left = beside.filter((column) => !key.columns.includes(column)).map(nameOf);
    const timeColumn = start === null ? 'step' : 'time';
    const whose = named(key.columns.map(nameOf));
    const values = `its values "${nameOf(steps[0])}" to "${nameOf(steps.at(-1))}"`;
    return {
      names: [timeColumn, 'series', 'value'],
      timeColumn,
      seriesColumn: 'series',
      timeFormat: start?.format ?? 'step',
      notes: [
        start === null
          ? `Each row is a series without times, named by ${whose}: ${values} became steps from 1 on, and step n stands as n seconds after 1970-01-01T00:00:00Z; ${AS_IT_IS}.`
          : `Each row is a series, named by ${whose}: ${values} became one ${start.unit} each from the start in ${named(start.columns.map(nameOf))} on; ${AS_IT_IS}.`,
        ...(left.length > 0 ? [`Columns beside the values were left out: ${named(left)}.`] : []),
      ],
      *rows(fields) {
        const name = key.nameOf(fields);
        // Shorter series are filled up behind their ends.
        const last = steps.findLastIndex((column) => !isMissing(fields[column] ?? ''));
        for (let i = 0; i <= last; i++)
          yield [start?.timeOf(fields, i) ?? String(i + 1), name, fields[steps[i] ?? 0] ?? ''];
      },
    };
  },
};
