// Every run and every study of the workspace, live.
import { Button, SegmentedControl } from '@mantine/core';
import { IconFolderOpen, IconPlus } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useKeymap } from '../../app/hotkeys.ts';
import { usePreference } from '../../app/preferences.ts';
import { hrefOf, navigate } from '../../app/router.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { formatCount, plural } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Page } from '../../ui/page.tsx';
import { openExport } from '../export/export-state.ts';
import { openModel } from '../model/open-model.ts';
import { NoRuns, NothingFound } from './empty-lists.tsx';
import { FilterField } from './filter-field.tsx';
import { LeftRunsBanner } from './left-runs-banner.tsx';
import { type Entry, entriesOf, referencesTo } from './list-entries.ts';
import { RowMenu } from './row-menu.tsx';
import { createRunActions } from './run-actions.ts';
import { filterRuns, type ListedRun, type StateGroup } from './run-filter.ts';
import classes from './run-table.module.css';
import { RunTable } from './run-table.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { useListCursor } from './use-list-cursor.ts';
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
  const { latest: runs, steady, byId, studies, error } = useListedRuns();
  const [text, setText] = useState('');
  const [group, setGroup] = useState<StateGroup>('all');
  const wanted = useDeferredValue(text);
  const shown = useMemo(() => filterRuns(steady ?? [], wanted, group), [steady, wanted, group]);
  const entries = useMemo(() => entriesOf(shown, studies), [shown, studies]);
  const [sort, setSort] = usePreference('runSort');
  const sorting = useMemo(() => [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }], [sort]);
  const list = useListCursor({ entries, byId, studies });
  const filter = useRef<HTMLInputElement>(null);
  const { chosen, atCursor, targets } = list;
  const [run] = atCursor.runs;
  const study = atCursor.study?.study;

  const compare = () => {
    const references = referencesTo(targets, studies).slice(0, MOST_COMPARED);
    if (targets.length > 1) navigate(hrefOf(['compare'], { runs: references.join(',') }));
  };
  const clear = () => {
    setText('');
    setGroup('all');
    filter.current?.focus();
  };
  const move = (by: number) => !study && run && actions.move(run, by);
  useKeymap({
    '/': () => filter.current?.focus(),
    x: () => list.cursor !== null && list.handlers.toggle(list.cursor),
    c: compare,
    s: () => actions.toggle(targets),
    d: () => !study && run && actions.duplicate(run),
    e: () => targets.length === 1 && targets[0] && openExport(targets[0]),
    f2: () => (study ? actions.renameStudy(study) : run && actions.rename(run)),
    delete: () => actions.remove(targets),
    'alt+arrowup': () => move(-1),
    'alt+arrowdown': () => move(1),
    escape: list.clear,
  });
  const queued = (runs ?? []).filter(({ state }) => state === 'queued').length;
  const menuOf = (entry: Entry) => (
    <RowMenu
      entry={entry}
      actions={actions}
      queued={queued}
      onClose={() => list.handlers.menu(null)}
      onUnfold={() => list.handlers.open(entry.key)}
    />
  );

  return (
    <Page
      title="Runs"
      subtitle={runs && summaryOf(runs, studies.size)}
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
            <FilterField field={filter} text={text} onText={setText} />
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
            entries={entries}
            latest={byId}
            studies={studies}
            unfolding={list.unfolding}
            onUnfold={list.unfold}
            sorting={sorting}
            onSorting={([first]) => first && setSort(`${first.desc ? '-' : ''}${first.id}`)}
            selected={list.selected}
            cursor={list.cursor}
            menu={list.menu}
            menuOf={menuOf}
            handlers={list.handlers}
          />
        </>
      )}
    </Page>
  );
}

function summaryOf(runs: readonly ListedRun[], studies: number): string {
  const running = runs.filter(({ state }) => state === 'running').length;
  const queued = runs.filter(({ state }) => state === 'queued').length;
  const parts = [plural(runs.length, 'run')];
  if (studies > 0) parts.push(plural(studies, 'study', 'studies'));
  if (running > 0) parts.push(`${running} training`);
  if (queued > 0) parts.push(`${queued} queued`);
  return parts.join(' · ');
}
