// The fields of each kind of model, optimizer and schedule, read from the contract's schemas: a field added there appears in the
// form by itself.
import { z } from 'zod';
import { ModelSchema } from '../../../engine/contract/experiment/model.ts';
import {
  OptimizerSchema,
  ScheduleSchema,
  TrainingSchema,
} from '../../../engine/contract/experiment/training.ts';

export interface SchemaField {
  readonly name: string;
  readonly type: 'whole' | 'number' | 'switch' | 'choice' | 'group';
  /** Words of a choice. */
  readonly words: readonly string[];
  readonly nullable: boolean;
  /** Of a group. */
  readonly fields: readonly SchemaField[];
}

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

type Kinds = ReadonlyMap<string, readonly SchemaField[]>;

const TYPES: Readonly<Record<string, SchemaField['type']>> = {
  integer: 'whole',
  number: 'number',
  boolean: 'switch',
  object: 'group',
};

/** Fields by kind, in the order of the schema. */
export const MODEL_FIELDS = readFields(ModelSchema);
export const OPTIMIZER_FIELDS = readFields(OptimizerSchema);
export const SCHEDULE_FIELDS = readFields(ScheduleSchema);

/** Of the training itself; groups that have kinds are above. */
export const TRAINING_FIELDS = fieldsOf(jsonSchemaOf(TrainingSchema));

function readFields(schema: z.ZodType): Kinds {
  const { oneOf, anyOf } = jsonSchemaOf(schema);
  return new Map(
    (oneOf ?? anyOf ?? []).map((kind) => [String(kind.properties?.kind?.const), fieldsOf(kind)]),
  );
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

function fieldsOf({ properties = {} }: JsonSchema): SchemaField[] {
  return Object.entries(properties)
    .filter(([name]) => name !== 'kind')
    .flatMap(([name, schema]) => fieldOf(name, schema) ?? []);
}

/** Undefined for what a form has no field for: such a value is changed in the JSON. */
function fieldOf(name: string, schema: JsonSchema): SchemaField | undefined {
  const shapes = schema.anyOf ?? [schema];
  const nullable = shapes.some(({ type }) => type === 'null');
  const shape = shapes.find(({ type }) => type !== 'null');
  const words = shape?.enum?.map(String) ?? [];
  const type = words.length > 0 ? 'choice' : TYPES[shape?.type ?? ''];
  return type && { name, type, words, nullable, fields: type === 'group' && shape ? fieldsOf(shape) : [] };
}
