// A study of the store as its kind reads it.
import { CATALOGUE } from '../../evaluation/catalogue.ts';
import type { StudyRow } from '../../store/studies.ts';
import type { Workspace } from '../../store/workspace.ts';
import type { Study } from '../../studies/study-kind.ts';
import type { Suggestions } from './suggestions.ts';

export function studyOf(workspace: Workspace, row: StudyRow, suggestions?: Suggestions): Study {
  return {
    ...row,
    experiment: workspace.studies.experiment(row.id),
    records: workspace.studies.records(row.id),
    catalogue: CATALOGUE,
    ...(suggestions && { suggest: (question) => suggestions.of(row.id, question) }),
    curve(run, metric) {
      if (!workspace.metrics.names(run, 'epoch').includes(metric)) return [];
      const [values] = workspace.metrics.read(run, 'epoch', { names: [metric] }).columns.values;
      return [...(values ?? [])];
    },
  };
}
