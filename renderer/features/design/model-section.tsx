// The model: its architecture and whatever fields that has.
import { Panel } from '../../ui/page.tsx';
import classes from './design.module.css';
import { useField } from './draft-context.tsx';
import { ChoiceField, NumberField, SwitchField } from './fields.tsx';
import { FIELD_TEXTS, MODEL_FIELDS, MODEL_KINDS, type ModelField } from './model-fields.ts';

export function ModelSection() {
  const { value, set } = useField('model');
  const { kind, units = 32 } = (value ?? {}) as { kind?: string; units?: unknown };
  const fields = MODEL_FIELDS.get(kind ?? '') ?? [];
  const values = fields.filter(({ type }) => type !== 'switch');
  const switches = fields.filter(({ type }) => type === 'switch');
  return (
    <Panel title="Model">
      <div className={classes.fields}>
        <ChoiceField
          path="model.kind"
          label="Architecture"
          help={MODEL_KINDS[kind ?? '']?.help}
          data={[...MODEL_FIELDS.keys()].map((name) => ({
            value: name,
            label: MODEL_KINDS[name]?.label ?? name,
          }))}
          onChange={(next) => set({ kind: next, units })}
        />
        {[...values, ...switches].map((field) => (
          <OneField key={`${kind} ${field.name}`} field={field} />
        ))}
      </div>
    </Panel>
  );
}

function OneField({ field }: { readonly field: ModelField }) {
  const { name, type, words } = field;
  const { label = name, help } = FIELD_TEXTS[name] ?? {};
  const common = { path: `model.${name}`, label, help };
  if (type === 'choice') return <ChoiceField {...common} data={words} />;
  if (type === 'switch') return <SwitchField {...common} />;
  return <NumberField {...common} step={type === 'whole' ? 1 : 0.05} />;
}
