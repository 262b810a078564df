// The fields that the experiment's schema has at a path.
import type { z } from 'zod';
import { ExperimentSchema } from './experiment.ts';

export type Path = readonly (string | number)[];

/** The parts of a Zod definition that are walked here; Zod types them per class. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly discriminator?: string;
  readonly values?: readonly unknown[];
  readonly defaultValue?: unknown;
}

const definitionOf = (schema: z.core.$ZodType): Definition => schema._zod.def as unknown as Definition;

function child(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string | number, unknown>)[key]
    : undefined;
}

/** The object schema behind defaults and choices: of a choice the option that `value` names, else the first. */
function objectShape(schema: z.core.$ZodType, value: unknown): Definition {
  const definition = definitionOf(schema);
  if (definition.innerType) return objectShape(definition.innerType, value);
  if (!definition.options) return definition;
  const chosen = definition.options.find((option) => {
    const literal = objectShape(option, value).shape?.[definition.discriminator ?? ''];
    return literal && definitionOf(literal).values?.includes(child(value, definition.discriminator ?? ''));
  });
  return objectShape(chosen ?? definition.options[0]!, value);
}

/** The definition at `path` of the experiment `value`, and the value there; null where the schema has no such path. */
function definitionAt(path: Path, value: unknown): { definition: Definition; current: unknown } | null {
  let schema: z.core.$ZodType = ExperimentSchema;
  let current = value;
  for (const key of path) {
    const { shape, element } = objectShape(schema, current);
    const next = element ?? (shape && Object.hasOwn(shape, key) ? shape[key] : undefined);
    if (!next) return null;
    schema = next;
    current = child(current, key);
  }
  return { definition: objectShape(schema, current), current };
}

/** The object at `path` of the experiment `value` without the fields that hold the default of their schema. */
export function withoutDefaults(path: Path, value: unknown): Record<string, unknown> {
  const found = definitionAt(path, value);
  const fields = Object.entries((found?.current ?? {}) as Record<string, unknown>);
  const isDefault = (name: string, held: unknown): boolean => {
    const schema = found?.definition.shape?.[name];
    const definition = schema && definitionOf(schema);
    return definition?.type === 'default' && JSON.stringify(definition.defaultValue) === JSON.stringify(held);
  };
  return Object.fromEntries(fields.filter(([name, held]) => !isDefault(name, held)));
}

/** Names of the fields that the object at `path` of the experiment `value` may have; empty where it is no object. */
export function fieldsAt(path: Path, value: unknown): string[] {
  return Object.keys(definitionAt(path, value)?.definition.shape ?? {});
}

/** Every field of the experiment `value`, as dotted paths, outermost first. */
export function allFields(value: unknown): string[] {
  const found: string[] = [];
  let level: string[][] = [[]];
  while (level.length > 0) {
    level = level.flatMap((path) => fieldsAt(path, value).map((name) => [...path, name]));
    found.push(...level.map((path) => path.join('.')));
  }
  return found;
}
