// The first level of the form: data, what to forecast, how far, with which model. All else has a default that suits the data.

import { useQuery } from '@tanstack/react-query';
import type { DatasetSummary } from '../../../engine/contract/datasets/dataset.ts';
import { describeModel, type ModelDescription } from '../../../engine/words/model-descriptions.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { datasetsQuery } from '../../engine/queries.ts';
import { TASK_SCREENS } from '../../tasks/registry.ts';
import { screensFor, screensOf } from '../../tasks/screens-of.ts';
import { Panel } from '../../ui/page.tsx';
import { offeredKinds } from './all-models.ts';
import { draftOfKind, settingsLine } from './defaults.ts';
import classes from './design.module.css';
import { valueAt } from './draft.ts';
import { useDraft, useField } from './draft-context.tsx';
import { MODEL_LABELS } from './field-texts.ts';
import { ChoiceField } from './fields.tsx';
import { MODEL_FIELDS } from './schema-fields.ts';
import { SplitTimeline } from './split-editor.tsx';
import { TaskKindField } from './task-kind-field.tsx';

export function Basics() {
  const { draft, complete, changed, dataset } = useDraft();
  const { BasicFields } = screensOf(valueAt(draft, 'task.kind'));
  const count = changed.length;
  return (
    <Panel>
      <div className={`${classes.fields} ${classes.basics}`}>
        <DataFields />
        <BasicFields />
        <ModelField />
      </div>
      {!dataset?.samples && (
        <div className={classes.timeline}>
          <SplitTimeline />
        </div>
      )}
      {complete && (
        <p className={classes.settingsLine}>
          <b>
            {count === 0
              ? 'Defaults for this data'
              : count === 1
                ? '1 field changed'
                : `${count} fields changed`}
            .
          </b>{' '}
          {settingsLine(complete)}
        </p>
      )}
    </Panel>
  );
}

const suitable = (dataset: DatasetSummary | undefined) =>
  Object.fromEntries(
    Object.entries(TASK_SCREENS).filter(([, screens]) => !dataset || screens.suits(dataset)),
  );

function DataFields() {
  const { draft, setDraft, replaceDraft, changed, dataset } = useDraft();
  const { data: datasets = [] } = useQuery(datasetsQuery(useEngine()));
  /** Another dataset has other columns and another season, another task other fields: only what does not depend on them stays. */
  function restart(name: unknown, kind: unknown): void {
    const found = datasets.find((candidate) => candidate.name === name);
    if (!found) return;
    const fresh = screensFor(found, kind).suggest(found);
    const { dataset: choice, task, pipeline } = fresh;
    const isSameKind = valueAt(fresh, 'task.kind') === valueAt(draft, 'task.kind');
    // Samples and series are split in other ways.
    const isSameData = (valueAt(draft, 'split.kind') === 'samples') === (found.samples !== undefined);
    const next =
      isSameKind && isSameData
        ? { ...draft, dataset: choice, task, pipeline }
        : { ...fresh, seed: draft.seed };
    if (!changed.some((path) => /^(task|pipeline)\b/.test(path))) setDraft(next);
    else replaceDraft(next, 'Task and pipeline have been set for the new choice.');
  }
  return (
    <>
      <ChoiceField
        path="dataset.name"
        help="The newest version; the run keeps to it for good."
        data={datasets.map(({ name }) => name)}
        onChange={(name) => restart(name, valueAt(draft, 'task.kind'))}
      />
      <TaskKindField
        screens={suitable(dataset)}
        onChange={(kind) => restart(valueAt(draft, 'dataset.name'), kind)}
      />
    </>
  );
}

function ModelField() {
  const { draft, dataset, changed, setDraft, replaceDraft } = useDraft();
  const { value } = useField('model');
  const { kind = '' } = (value ?? {}) as { kind?: string };
  const sentence = MODEL_FIELDS.has(kind) ? describeModel(kind as ModelDescription['kind']).sentence : '';
  // What a copied configuration names stays visible.
  const offered = [
    ...new Set([...offeredKinds(valueAt(draft, 'task.kind')), ...(kind === '' ? [] : [kind])]),
  ];
  return (
    <ChoiceField
      path="model.kind"
      help={sentence}
      data={offered.map((name) => ({ value: name, label: MODEL_LABELS[name] ?? name }))}
      onChange={(next) => {
        const other = draftOfKind(draft, next, dataset);
        const isTyped = changed.some((path) => path.startsWith('model.') && path !== 'model.kind');
        if (isTyped) replaceDraft(other, 'The options of the model before are gone.');
        else setDraft(other);
      }}
    />
  );
}
