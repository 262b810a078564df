// The job `difference`: compares two versions of a dataset, series by series.
import type { Jobs } from '../../../contract/processes/jobs/table.ts';
import { differenceOf, sumDifferences, type VersionColumns } from '../../../data/difference.ts';
import type { Series } from '../../../data/series.ts';
import type { Job } from './job.ts';

/** Categories compare as words: their codes depend on what else there is. */
const columnsOf = ({ columns }: Series): Map<string, Float64Array> =>
  new Map(columns.filter(({ kind }) => kind === 'numeric').map(({ name, values }) => [name, values]));

const versionOf = (series: Series): VersionColumns => ({ times: series.times, columns: columnsOf(series) });
const NONE: VersionColumns = { times: new BigInt64Array(0), columns: new Map() };

export const differenceJob: Job<Jobs['difference']> = {
  async run({ workspacePath, before, after }, { openSource }) {
    const read = async (versionId: number) => {
      const source = await openSource(workspacePath, versionId);
      try {
        return await source.read();
      } finally {
        source.close();
      }
    };
    const [old, now] = [await read(before), await read(after)];
    const names = [...new Set([...old, ...now].map(({ name }) => name))];
    const find = (list: readonly Series[], name: string) => {
      const found =
        list.find((one) => one.name === name) ??
        (names.length === 2 && old.length === 1 && now.length === 1 ? list[0] : undefined);
      return found ? versionOf(found) : NONE;
    };
    // A wide file that was renamed has one series of another name.
    const pairs = names.length === 2 && old.length === 1 && now.length === 1 ? names.slice(0, 1) : names;
    return sumDifferences(pairs.map((name) => differenceOf(find(old, name), find(now, name))));
  },
};
