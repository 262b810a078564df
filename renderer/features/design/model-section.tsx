// The model section: architecture with a sentence and its equations, and the architecture's own fields.
import { WINDOW_FIELDS } from '../../../engine/contract/experiment/model.ts';
import { describeModel, type ModelDescription } from '../../../engine/words/model-descriptions.ts';
import { screensOf } from '../../tasks/screens-of.ts';
import { Equations, Formula } from '../../ui/equation.tsx';
import classes from './design.module.css';
import { useField } from './draft-context.tsx';
import { MODEL_TEXTS } from './field-texts.ts';
import { MODEL_FIELDS, type SchemaField } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';

export function ModelOptions() {
  const { value } = useField('model');
  const { kind = '' } = (value ?? {}) as { kind?: string };
  const task = useField('task.kind');
  const { hasTimes, refusedFields } = screensOf(task.value);
  const unused: Readonly<Record<string, unknown>> = { ...(hasTimes ? {} : WINDOW_FIELDS), ...refusedFields };
  // What would change nothing, or be refused, is not offered; where it was written it is shown, beside the reason.
  const written = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isUsed = ({ name }: SchemaField) =>
    !(name in unused) || (written[name] ?? unused[name]) !== unused[name];
  const fields = MODEL_FIELDS.get(kind)?.filter(isUsed);
  return (
    <>
      {fields && <Description model={describeModel(kind as ModelDescription['kind'])} />}
      <div className={classes.fields}>
        <SchemaForm key={kind} fields={fields ?? []} path="model" texts={MODEL_TEXTS} />
      </div>
    </>
  );
}

function Description({ model }: { readonly model: ModelDescription }) {
  const { title, sentence, equation, parameters } = model;
  return (
    <div className={classes.description}>
      <p className={classes.sentence}>
        <b>{title}.</b> {sentence}
      </p>
      <div className={classes.equationBox}>
        <Equations lines={equation} />
      </div>
      <Parameters text={parameters} />
    </div>
  );
}

/** A formula, and words before or behind it: `two networks; attention adds n n`, `2 n k with k = feedForward`. */
function Parameters({ text }: { readonly text: string }) {
  const [formula = '', where] = text.split(' with ');
  if (text.includes(';')) {
    const [words, added = ''] = text.split(/(?<=adds) /);
    return (
      <p className={classes.parameters}>
        Parameters: {words} <Formula text={added} />
      </p>
    );
  }
  const [symbol = '', option = ''] = where?.split(' = ') ?? [];
  return (
    <p className={classes.parameters}>
      Parameters of a layer with <Formula text="m" /> inputs and <Formula text="n" /> units:{' '}
      <Formula text={formula} />
      {where !== undefined && (
        <>
          , where <Formula text={symbol} /> is the {(MODEL_TEXTS[option]?.label ?? option).toLowerCase()}
        </>
      )}
    </p>
  );
}
