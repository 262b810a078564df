// The model section: architecture with a sentence and its equations, and the architecture's own fields.
import { describeModel, type ModelDescription } from '../../../engine/words/model-descriptions.ts';
import { Equations, Formula } from '../../ui/equation.tsx';
import classes from './design.module.css';
import { useField } from './draft-context.tsx';
import { MODEL_TEXTS } from './field-texts.ts';
import { MODEL_FIELDS } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';

export function ModelOptions() {
  const { value } = useField('model');
  const { kind = '' } = (value ?? {}) as { kind?: string };
  const fields = MODEL_FIELDS.get(kind);
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
