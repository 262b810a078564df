// Compares two to ten runs and studies: curves, scores within each protocol, what differs in the configuration, forecasts of one origin.
import { Button, MultiSelect } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Comparison, RunSummary } from '../../../engine/contract/runs/run.ts';
import { MOST_CONTENDERS } from '../../../engine/contract/studies/duel.ts';
import type { StudySummary } from '../../../engine/contract/studies/study.ts';
import { studyNumberOf } from '../../../engine/contract/values/ids.ts';
import { runLabel, studyLabel } from '../../../engine/words/run-label.ts';
import { lossUnit } from '../../../engine/words/tasks/loss-unit.ts';
import { hrefOf, navigate, useRoute } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys, runQuery, runsQuery, studiesQuery } from '../../engine/queries.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { plural } from '../../ui/format.ts';
import { ErrorMessage, Note } from '../../ui/messages.tsx';
import { EmptyState, Page, Panel, Scroll } from '../../ui/page.tsx';
import classes from './compare.module.css';
import { type Compared, comparedOf, drawnRuns, looksOf } from './compared.ts';
import { CurveOverlay } from './curve-overlay.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { DuelButton } from './duel-dialog.tsx';
import { DuelVerdictPanel } from './duel-panel.tsx';
import { InsidePanel } from './inside-panel.tsx';
import { missingReferences, missingText } from './missing-references.ts';
import { ProtocolTables } from './protocol-tables.tsx';

const MOST = 10;
/** Offered in the list of runs to choose from. */
const MOST_OFFERED = 300;

export function ComparePage() {
  const engine = useEngine();
  const { query } = useRoute();
  const { data: runs } = useQuery(runsQuery(engine));
  const { data: studies } = useQuery(studiesQuery(engine));
  const named = referencesIn(query.get('runs') ?? '');
  const missing = missingReferences(named, runs, studies);
  const chosen = named.filter((reference) => !missing.includes(reference));
  const isEnough = chosen.length >= 2 || chosen.some((reference) => studyNumberOf(reference) !== null);
  const compareQuery = (verdicts: boolean) => ({
    queryKey: [...keys.runs, 'compare', chosen, verdicts],
    queryFn: () =>
      engine.runs.compare({ runs: chosen.map((one) => (/^\d+$/.test(one) ? Number(one) : one)), verdicts }),
    enabled: isEnough,
  });
  const { data: plain, error } = useQuery({
    ...compareQuery(false),
    placeholderData: (before: Comparison | undefined) => before,
  });
  // The verdicts of duels take a while: until they are there, the table stands without their marks.
  const hasDuel = (studies ?? []).some(
    ({ judges, runs: members }) => judges && plain?.runs.some(({ id }) => members.includes(id)),
  );
  const { data: judged } = useQuery({ ...compareQuery(true), enabled: isEnough && hasDuel });
  const comparison = judged ?? plain;
  const choose = (next: readonly string[]) =>
    navigate(hrefOf(['compare'], { runs: next.join(',') }), { replace: true });
  const offered = (runs ?? []).filter(({ id }, index) => index < MOST_OFFERED || chosen.includes(String(id)));
  return (
    <Page title="Compare" subtitle={isEnough && comparison ? plural(comparison.runs.length, 'run') : ''}>
      <div className={classes.toolbar}>
        <MultiSelect
          aria-label="Runs to compare"
          placeholder={chosen.length < MOST ? 'Add a run or a study' : ''}
          data={[
            ...(studies ?? []).map((study) => ({
              value: `s${study.id}`,
              label: studyLabel(study, study.runs),
            })),
            ...offered.map((run) => ({
              value: String(run.id),
              label: `${runLabel(run)}, ${run.state === 'damaged' ? 'damaged' : `seed ${run.seed}`}`,
            })),
          ]}
          value={[...chosen]}
          onChange={choose}
          maxValues={MOST}
          searchable
          hidePickedOptions
          size="xs"
          style={{ flex: 1 }}
        />
        {comparison &&
          isEnough &&
          comparison.studies.length === 0 &&
          comparison.runs.length <= MOST_CONTENDERS && <DuelButton runs={comparison.runs} />}
      </div>
      {missing.length > 0 && <Note>{missingText(missing)}</Note>}
      {error && <ErrorMessage error={error} />}
      {!isEnough && (
        <EmptyState
          icon={<IconGitCompare size={36} stroke={1.2} aria-hidden />}
          title="Choose two to ten runs"
          actions={
            <Button variant="default" component="a" href={hrefOf(['runs'])}>
              All runs
            </Button>
          }
        >
          Pick them above, or select rows in the list of runs and press{'\u00a0'}c. A study stands for all its
          runs.
        </EmptyState>
      )}
      {isEnough && comparison && (
        <Sections
          comparison={comparison}
          studies={(studies ?? []).filter(({ id }) => comparison.studies.some((one) => one.id === id))}
        />
      )}
    </Page>
  );
}

/** `3,s2` -> `3`, `s2`, each once. */
function referencesIn(text: string): readonly string[] {
  const references = text.split(',').filter((one) => /^\d+$/.test(one) || studyNumberOf(one) !== null);
  return [...new Set(references)].slice(0, MOST);
}

function Sections({
  comparison,
  studies,
}: {
  readonly comparison: Comparison;
  /** Those that were chosen. */
  readonly studies: readonly StudySummary[];
}) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const compared = comparedOf(comparison, unfolded);
  const unit = useLossUnit(compared, comparison);
  const unfold = (key: string) =>
    setUnfolded(
      (before) => new Set(before.has(key) ? [...before].filter((one) => one !== key) : [...before, key]),
    );
  // Each fold is a protocol with a table of its own: what puts them together stands before them.
  const hasFolds = studies.some((study) => study.hasFolds) && comparison.protocols.length > 1;
  const overlay = <TaskOverlay compared={compared} />;
  return (
    <Scroll label="Comparison">
      <div className={classes.sections}>
        {studies
          .filter(({ judges }) => judges)
          .map((study) => (
            <DuelVerdictPanel key={study.id} study={study} />
          ))}
        {comparison.runs.flatMap(({ id, state, reason }) =>
          state === 'damaged' && reason ? <Note key={id}>{reason}</Note> : [],
        )}
        <CurveOverlay compared={compared} isComparable={comparison.protocols.length < 2} unit={unit} />
        {hasFolds && overlay}
        <ProtocolTables protocols={comparison.protocols} compared={compared} onUnfold={unfold} />
        <Panel title="What differs">
          <DifferenceTable compared={compared} differences={comparison.differences} />
        </Panel>
        {!hasFolds && overlay}
        <InsidePanel runs={drawnRuns(compared)} />
      </div>
    </Scroll>
  );
}

/** What the unit follows from: runs that differ in one of them have losses of different kinds. */
const DECIDES_UNIT = ['task.kind', 'task.loss'];

/** Null where it is not one for all, or there is none. */
function useLossUnit(compared: readonly Compared[], { differences }: Comparison): string | null {
  const { data: first } = useFirst(drawnRuns(compared));
  const differs = differences.some(({ path }) => DECIDES_UNIT.includes(path));
  return first && !differs ? lossUnit(first.configuration.task) : null;
}

const useFirst = (runs: readonly RunSummary[]) => useQuery(runQuery(useEngine(), runs[0]?.id ?? 0));

/** What the runs predicted, where their task can show it; the first run says what the task is. */
function TaskOverlay({ compared }: { readonly compared: readonly Compared[] }) {
  const runs = drawnRuns(compared);
  const { data: first } = useFirst(runs);
  const Overlay = first && screensOf(first.configuration.task.kind).Overlay;
  return Overlay ? <Overlay runs={runs} looks={looksOf(compared)} /> : null;
}
