// Every run of the workspace, live.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import {
  IconChartLine,
  IconDownload,
  IconFolderOpen,
  IconGitCompare,
  IconListDetails,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useKeymap } from '../../app/hotkeys.ts';
import { usePreference } from '../../app/preferences.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { EmptyState, Page } from '../../ui/page.tsx';
import { openExport } from '../export/export-state.ts';
import { openModel } from '../model/open-model.ts';
import { LeftRunsBanner } from './left-runs-banner.tsx';
import { canDelete, canResume, canStop, createRunActions, type RunActions } from './run-actions.ts';
import { filterRuns, type ListedRun, type StateGroup } from './run-filter.ts';
import type { RowHandlers } from './run-row.tsx';
import classes from './run-table.module.css';
import { RunTable } from './run-table.tsx';
import { useListedRuns } from './use-listed-runs.ts';

const GROUPS = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'finished', label: 'Finished' },
  { value: 'broken', label: 'Failed' },
];

const MOST_COMPARED = 10;

export function RunsPage() {
  const engine = useEngine();
  const shell = useShell();
  const actions = useMemo(() => createRunActions(engine), [engine]);
  const { latest: runs, steady, byId, error } = useListedRuns();
  const [text, setText] = useState('');
  const [group, setGroup] = useState<StateGroup>('all');
  const wanted = useDeferredValue(text);
  const shown = useMemo(() => filterRuns(steady ?? [], wanted, group), [steady, wanted, group]);
  const [sort, setSort] = usePreference('runSort');
  const sorting = useMemo(() => [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }], [sort]);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [cursor, setCursor] = useState<number | null>(null);
  const filter = useRef<HTMLInputElement>(null);
  const chosen = useMemo(() => (runs ?? []).filter(({ id }) => selected.has(id)), [runs, selected]);
  const atCursor = (runs ?? []).filter(({ id }) => id === cursor);
  const targets = chosen.length > 0 ? chosen : atCursor;

  const handlers = useMemo<RowHandlers>(
    () => ({
      toggle: (id) => setSelected((before) => toggled(before, id)),
      open: (id) => navigate(hrefOf(['runs', id])),
      moveTo: setCursor,
    }),
    [],
  );
  const compare = () => compareRuns(targets);
  const clear = () => {
    setText('');
    setGroup('all');
    filter.current?.focus();
  };
  useKeymap({
    '/': () => filter.current?.focus(),
    x: () => cursor !== null && handlers.toggle(cursor),
    c: compare,
    s: () => actions.toggle(targets),
    d: () => atCursor[0] && actions.duplicate(atCursor[0]),
    e: () => targets.length === 1 && targets[0] && openExport(targets[0]),
    f2: () => atCursor[0] && actions.rename(atCursor[0]),
    delete: () => actions.remove(targets),
    'alt+arrowup': () => atCursor[0] && actions.move(atCursor[0], -1),
    'alt+arrowdown': () => atCursor[0] && actions.move(atCursor[0], 1),
    escape: () => setSelected(new Set()),
  });

  return (
    <Page
      title="Runs"
      subtitle={runs && summaryOf(runs)}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={15} aria-hidden />}
            onClick={() => openModel(shell)}
          >
            Open exported model
          </Button>
          <Button leftSection={<IconPlus size={15} aria-hidden />} component="a" href={hrefOf(['design'])}>
            New experiment
          </Button>
        </>
      }
    >
      {error !== null && <ErrorMessage error={error} />}
      {runs && runs.length === 0 && <NoRuns />}
      {runs && runs.length > 0 && (
        <>
          <LeftRunsBanner runs={runs} actions={actions} />
          <div className={classes.toolbar}>
            <TextInput
              ref={filter}
              className={classes.filter}
              aria-label="Filter runs"
              placeholder='Filter: name, #8, tag:"best so far"'
              leftSection={<IconSearch size={14} aria-hidden />}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Escape' && leaveFilter(event.currentTarget, setText)}
            />
            {chosen.length > 0 ? (
              <SelectionBar runs={chosen} actions={actions} onCompare={compare} />
            ) : (
              <>
                <SegmentedControl
                  aria-label="States shown"
                  data={GROUPS}
                  value={group}
                  onChange={(value) => setGroup(value as StateGroup)}
                />
                <span className={classes.summary}>
                  {shown.length < runs.length &&
                    `${formatCount(shown.length)} of ${formatCount(runs.length)}`}
                </span>
              </>
            )}
          </div>
          {shown.length === 0 && <NothingFound onClear={clear} />}
          <RunTable
            runs={shown}
            latest={byId}
            sorting={sorting}
            onSorting={([first]) => first && setSort(`${first.desc ? '-' : ''}${first.id}`)}
            selected={selected}
            cursor={cursor}
            handlers={handlers}
          />
        </>
      )}
    </Page>
  );
}

function leaveFilter(field: HTMLInputElement, setText: (text: string) => void): void {
  setText('');
  field.blur();
}

function toggled(before: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}

function summaryOf(runs: readonly ListedRun[]): string {
  const running = runs.filter(({ state }) => state === 'running').length;
  const queued = runs.filter(({ state }) => state === 'queued').length;
  const parts = [plural(runs.length, 'run')];
  if (running > 0) parts.push(`${running} training`);
  if (queued > 0) parts.push(`${queued} queued`);
  return parts.join(' · ');
}

function compareRuns(runs: readonly ListedRun[]): void {
  if (runs.length < 2) return;
  const ids = runs.slice(0, MOST_COMPARED).map(({ id }) => id);
  navigate(hrefOf(['compare'], { runs: ids.join(',') }));
}

interface SelectionBarProps {
  readonly runs: readonly ListedRun[];
  readonly actions: RunActions;
  readonly onCompare: () => void;
}

function SelectionBar({ runs, actions, onCompare }: SelectionBarProps) {
  const [first] = runs;
  return (
    <div className={classes.selection}>
      <span className="muted">{formatCount(runs.length)} selected</span>
      <Button
        variant="light"
        leftSection={<IconGitCompare size={14} aria-hidden />}
        disabled={runs.length < 2}
        onClick={onCompare}
      >
        Compare
      </Button>
      {first && (
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          disabled={runs.length > 1}
          onClick={() => openExport(first)}
        >
          Export
        </Button>
      )}
      {runs.some(canStop) && (
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          onClick={() => actions.stop(runs)}
        >
          Stop
        </Button>
      )}
      {runs.some(canResume) && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={() => actions.resume(runs)}
        >
          Resume
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconTrash size={14} aria-hidden />}
        disabled={!runs.some(canDelete)}
        onClick={() => actions.remove(runs)}
      >
        Delete
      </Button>
    </div>
  );
}

function NothingFound({ onClear }: { readonly onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconSearch size={36} stroke={1.2} aria-hidden />}
      title="No run fits the filter"
      actions={
        <Button variant="default" onClick={onClear}>
          Clear the filter
        </Button>
      }
    >
      Words are looked for in names, data, models, states and tags. A number or #8 finds a run by its number,
      field:value looks in one field (id, name, state, data, model, seed, tag, note, baseline), and quotes
      keep words together.
    </EmptyState>
  );
}

function NoRuns() {
  return (
    <EmptyState
      icon={<IconListDetails size={36} stroke={1.2} aria-hidden />}
      title="No runs yet"
      actions={
        <>
          <Button
            leftSection={<IconChartLine size={15} aria-hidden />}
            component="a"
            href={hrefOf(['design'])}
          >
            Design an experiment
          </Button>
          <Button variant="default" component="a" href={hrefOf(['data'])}>
            Look at the data
          </Button>
        </>
      }
    >
      Choose a dataset, say what to forecast and train a model on it. Each training is a run, and it appears
      here as it starts.
    </EmptyState>
  );
}
