// The Design screen: the experiment as a form or as JSON, checked against the data while the user types.
import { Button, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconRestore } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Experiment } from '../../../engine/contract/experiment/experiment.ts';
import { hrefOf, useRoute } from '../../app/router.ts';
import { useShell } from '../../app/shell-context.tsx';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery, keys } from '../../engine/queries.ts';
import { suggestDraft, withFollowingName, withoutSeed } from '../../tasks/screens-of.ts';
import { confirm } from '../../ui/dialogs.tsx';
import { fileName } from '../../ui/format.ts';
import { attempt, ErrorMessage, notifyDone, notifyUndo } from '../../ui/messages.tsx';
import { EmptyState, Page } from '../../ui/page.tsx';
import { openImport } from '../data/import-state.ts';
import { CheckPanel } from './check-panel.tsx';
import { changedFields } from './defaults.ts';
import classes from './design.module.css';
import { DesignForm } from './design-form.tsx';
import { type Draft, draftFromRun, valueAt } from './draft.ts';
import { DraftProvider } from './draft-context.tsx';
import { DraftJson } from './draft-json.tsx';
import { fieldLabel } from './field-texts.ts';
import { isKeptEdited, keepDraft, keptDraft } from './kept-draft.ts';

const CHECK_AFTER_MS = 300;

export function DesignPage() {
  const { data: datasets } = useQuery(datasetsQuery(useEngine()));
  const { draft, setDraft, missing } = useStartingDraft();
  if (datasets?.length === 0) {
    return (
      <Page title="Design">
        <EmptyState
          title="There is no data to learn from"
          actions={<Button onClick={() => openImport()}>Import a file</Button>}
        >
          An experiment needs a dataset: import a table of your own, or take one of the samples.
        </EmptyState>
      </Page>
    );
  }
  if (missing !== null) return <StartMissing {...missing} />;
  return draft ? <Designer draft={draft} setDraft={setDraft} /> : null;
}

interface Missing {
  readonly what: 'dataset' | 'run';
  readonly error: unknown;
}

/** The address names something to begin with that is not there. */
function StartMissing({ what, error }: Missing) {
  return (
    <Page title="Design">
      <EmptyState
        title={`This ${what} is not here`}
        actions={
          <>
            <Button component="a" href={hrefOf([what === 'run' ? 'runs' : 'data'])}>
              {what === 'run' ? 'All runs' : 'All data'}
            </Button>
            <Button variant="default" component="a" href={hrefOf(['design'])}>
              Design without it
            </Button>
          </>
        }
      >
        It may have been deleted or renamed, or it belongs to another workspace.
      </EmptyState>
      <div className={classes.missing}>
        <ErrorMessage error={error} />
      </div>
    </Page>
  );
}

interface DesignerProps {
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
}

function Designer({ draft, setDraft }: DesignerProps) {
  const engine = useEngine();
  const shell = useShell();
  const [view, setView] = useState<'form' | 'json'>('form');
  const [fault, setFault] = useState<string | null>(null);
  const { data: datasets } = useQuery(datasetsQuery(engine));
  const [settled] = useDebouncedValue(draft, CHECK_AFTER_MS);
  const {
    data: check,
    error,
    isFetching,
  } = useQuery({
    queryKey: ['check', settled],
    queryFn: ({ signal }) => engine.experiments.check({ configuration: settled }, { signal }),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  const [complete, setComplete] = useState<Experiment | null>(null);
  if (check?.experiment && check.experiment !== complete) setComplete(check.experiment);
  const dataset = datasets?.find(({ name }) => name === valueAt(draft, 'dataset.name'));
  // In the JSON the name is as it is written.
  const edit = (next: Draft) => setDraft(view === 'form' ? withFollowingName(draft, next) : next);
  const replaceDraft = (next: Draft, message: string) => {
    edit(next);
    notifyUndo(message, () => setDraft(draft));
  };
  // Typing changes the draft long before its check: differences are those of the draft that was checked.
  const changed = useMemo(() => changedFields(settled, complete, dataset), [settled, complete, dataset]);
  async function reset(): Promise<void> {
    if (!dataset) return;
    const fresh = { ...suggestDraft(dataset), name: draft.name };
    const labels = [...new Set(changed.map((path) => fieldLabel(path) ?? path))];
    const what = labels.length === 0 ? '' : ` Changed are: ${labels.join(', ')}.`;
    const isSure = await confirm({
      title: 'Reset to defaults?',
      body: `Every field but the name goes back to what suits “${dataset.name}”.${what}`,
      action: 'Reset',
      danger: true,
    });
    if (isSure) replaceDraft(fresh, 'The fields are back at their defaults.');
  }
  const save = () =>
    attempt(async () => {
      const content = new Blob([`${JSON.stringify(draft, null, 2)}\n`], { type: 'application/json' });
      const name = `${fileName(String(draft.name))}.json`;
      const saved = await shell.saveFiles(name, [{ name, content }]);
      if (saved) notifyDone(`Saved: ${saved.destination}`);
    });
  return (
    <DraftProvider
      value={{ draft, setDraft: edit, replaceDraft, check, fault, setFault, complete, changed, dataset }}
    >
      <Page
        title="Design"
        subtitle={String(draft.name ?? '')}
        actions={
          <>
            <SegmentedControl
              aria-label="Form or JSON"
              data={[
                { value: 'form', label: 'Form' },
                { value: 'json', label: 'JSON' },
              ]}
              value={view}
              onChange={setView}
            />
            {dataset && (
              <Button variant="default" leftSection={<IconRestore size={15} aria-hidden />} onClick={reset}>
                Reset to defaults
              </Button>
            )}
            <Button variant="default" leftSection={<IconDownload size={15} aria-hidden />} onClick={save}>
              Save as JSON
            </Button>
          </>
        }
      >
        <div className={classes.layout}>
          {view === 'form' ? <DesignForm /> : <DraftJson />}
          <CheckPanel error={error} pending={isFetching || settled !== draft} view={view} />
        </div>
      </Page>
    </DraftProvider>
  );
}

/** From the address (`?run=`, `?dataset=`), else what was being designed, else a suggestion for the newest dataset. */
function useStartingDraft(): {
  readonly draft: Draft | null;
  readonly setDraft: (draft: Draft) => void;
  readonly missing: Missing | null;
} {
  const engine = useEngine();
  const { query } = useRoute();
  const run = query.get('run');
  const wanted = query.get('dataset');
  const from = run ? `run ${run}` : wanted ? `dataset ${wanted}` : 'last';
  const [draft, setState] = useState<Draft | null>(() => keptDraft(from));
  const { data: datasets } = useQuery(datasetsQuery(engine));
  const { data: original, error: noRun } = useQuery({
    queryKey: ['run', Number(run)],
    queryFn: () => engine.runs.get({ run: Number(run) }),
    enabled: run !== null,
  });
  const isNamed = run === null && wanted !== null && draft === null;
  // The list may be older than the dataset: what it lacks is asked for.
  const { data: named, error: noDataset } = useQuery({
    queryKey: [...keys.datasets, wanted],
    queryFn: () => engine.datasets.get({ dataset: wanted ?? '' }),
    enabled: isNamed && datasets !== undefined,
  });
  const setDraft = (next: Draft): void => {
    keepDraft(from, next);
    setState(next);
  };
  const begin = (next: Draft): void => {
    const before = keptDraft('last');
    const isEdited = isKeptEdited();
    keepDraft(from, next, { isEdited: false });
    setState(next);
    if (before && isEdited) {
      notifyUndo(`A new design was begun; “${String(before.name ?? '')}” was put away.`, () =>
        setDraft(before),
      );
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the arrival of what to begin with counts
  useEffect(() => {
    if (draft) return;
    if (run) {
      if (original) begin(withoutSeed(draftFromRun(original.configuration, original.name)));
      return;
    }
    const newest = datasets?.toSorted((a, b) => b.createdAtMs - a.createdAtMs)[0];
    const dataset = wanted === null ? newest : (datasets?.find(({ name }) => name === wanted) ?? named);
    if (dataset) begin(suggestDraft(dataset));
  }, [draft, datasets, original, named]);
  const error = run === null ? noDataset : noRun;
  const missing =
    draft === null && error ? ({ what: run === null ? 'dataset' : 'run', error } as const) : null;
  return { draft, setDraft, missing };
}
