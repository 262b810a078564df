// Two to ten runs side by side: curves, scores within each protocol, configuration differences, forecasts of one origin.
import { Button, MultiSelect } from '@mantine/core';
import { IconGitCompare } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Comparison, RunSummary } from '../../../engine/contract/run.ts';
import { hrefOf, navigate, useRoute } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keys, runQuery, runsQuery } from '../../engine/queries.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { EmptyState, Page, Panel, Scroll } from '../../ui/page.tsx';
import classes from './compare.module.css';
import { CurveOverlay } from './curve-overlay.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { ProtocolTables } from './protocol-tables.tsx';

const MOST = 10;
/** Offered in the list of runs to choose from. */
const MOST_OFFERED = 300;

export function ComparePage() {
  const engine = useEngine();
  const { query } = useRoute();
  const ids = (query.get('runs') ?? '')
    .split(',')
    .map(Number)
    .filter((id) => id > 0)
    .slice(0, MOST);
  const { data: runs = [] } = useQuery(runsQuery(engine));
  const { data: comparison, error } = useQuery({
    queryKey: [...keys.runs, 'compare', ids],
    queryFn: () => engine.runs.compare({ runs: ids }),
    enabled: ids.length >= 2,
    placeholderData: (before) => before,
  });
  const choose = (chosen: readonly string[]) =>
    navigate(hrefOf(['compare'], { runs: chosen.join(',') }), { replace: true });
  const offered = runs.filter(({ id }, index) => index < MOST_OFFERED || ids.includes(id));
  return (
    <Page title="Compare" subtitle={ids.length >= 2 ? `${ids.length} runs` : ''}>
      <div className={classes.toolbar}>
        <MultiSelect
          aria-label="Runs to compare"
          placeholder={ids.length < MOST ? 'Add a run' : ''}
          data={offered.map(({ id, name, seed }) => ({
            value: String(id),
            label: `${id} ${name}, seed ${seed}`,
          }))}
          value={ids.map(String)}
          onChange={choose}
          maxValues={MOST}
          searchable
          hidePickedOptions
          size="xs"
          style={{ flex: 1 }}
        />
      </div>
      {error && <ErrorMessage error={error} />}
      {ids.length < 2 && (
        <EmptyState
          icon={<IconGitCompare size={36} stroke={1.2} aria-hidden />}
          title="Choose two to ten runs"
          actions={
            <Button variant="default" component="a" href={hrefOf(['runs'])}>
              All runs
            </Button>
          }
        >
          Pick them above, or select rows in the list of runs and press c.
        </EmptyState>
      )}
      {ids.length >= 2 && comparison && <Sections comparison={comparison} />}
    </Page>
  );
}

function Sections({ comparison }: { readonly comparison: Comparison }) {
  const { runs, differences, protocols } = comparison;
  return (
    <Scroll label="Comparison">
      <div className={classes.sections}>
        <CurveOverlay runs={runs} />
        <ProtocolTables protocols={protocols} runs={runs} />
        <Panel title="What differs">
          <DifferenceTable runs={runs} differences={differences} />
        </Panel>
        <TaskOverlay runs={runs} />
      </div>
    </Scroll>
  );
}

/** What the runs predicted, where their task can show it; the first run says what the task is. */
function TaskOverlay({ runs }: { readonly runs: readonly RunSummary[] }) {
  const { data: first } = useQuery(runQuery(useEngine(), runs[0]?.id ?? 0));
  const Overlay = first && screensOf(first.configuration.task.kind).Overlay;
  return Overlay ? <Overlay runs={runs} /> : null;
}
