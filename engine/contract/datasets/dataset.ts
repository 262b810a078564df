// Datasets as the API shows them, the options of an import, and its report.
import { z } from 'zod';
import { DatasetIdSchema, DatasetVersionIdSchema } from '../values/ids.ts';
import { CleanOptionsSchema } from './clean.ts';
import { FindingSchema } from './findings.ts';
import { SampleColumnKindSchema, SampleOptions, SamplesInfoSchema } from './samples.ts';

/** What a user may say of the form of the text, and what a recipe keeps of that. */
const FormSchema = z.strictObject({
  /** As the web names it: `windows-1251`, `shift_jis`. */
  encoding: z.string().min(1).max(40).optional(),
  /** Lines above the table. */
  skip: z.int().min(0).max(1_000_000).optional(),
  /** Line of the header, counted from 1; 0: there is none, and the first line below comments is a row. */
  headerLine: z.int().min(0).max(1_000_000).optional(),
  /** Sign before the fraction of a number. */
  decimal: z.enum(['.', ',']).optional(),
  /** `none`: the table is read as it stands, also where its header holds times or each of its rows a series; `steps`: its rows are steps. */
  reshape: z.enum(['auto', 'none', 'steps']).optional(),
  /** Sheet of a workbook, or file of an archive. */
  part: z.string().min(1).optional(),
  /** Structural remedies. */
  clean: CleanOptionsSchema.optional(),
});
export type TableForm = z.infer<typeof FormSchema>;

/** What of it was named. */
export function formOf({ encoding, skip, headerLine, decimal, reshape, part, clean }: TableForm): TableForm {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(skip === undefined ? {} : { skip }),
    ...(headerLine === undefined ? {} : { headerLine }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(reshape === undefined ? {} : { reshape }),
    ...(part === undefined ? {} : { part }),
    ...(clean === undefined ? {} : { clean }),
  };
}

/** How a file is read. Everything is detected where it is not given; what was used is kept in the version's recipe. */
export const ImportOptionsSchema = FormSchema.extend({
  ...SampleOptions,
  delimiter: z.string().length(1).optional(),
  /** Column that holds the times; several, which hold them together, joined by "+": `Date + Time`. */
  timeColumn: z.string().min(1).optional(),
  /** strptime format of the times, for example `%d.%m.%Y`. */
  timeFormat: z.string().min(1).optional(),
  /** IANA zone of times without an offset. Default: UTC. */
  timeZone: z.string().min(1).optional(),
  /** Long format: the column whose values name the series; several, which name them together, joined by "+": `country + indicator`. Wide (the default where none is found): one series. */
  seriesColumn: z.string().min(1).optional(),
  /** `wide` forbids the detection of a series column. */
  layout: z.enum(['auto', 'wide', 'long']).optional(),
  /** Texts and numbers that mean missing values, besides those that always do (an empty text, NA, NaN, null, ?, . and -). */
  missing: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .regex(/^\P{Cc}*$/u),
    )
    .optional(),
});
export type ImportOptions = z.infer<typeof ImportOptionsSchema>;

export const ImportSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    path: z.string().min(1),
    /** Files of the same table, whose rows follow. */
    more: z.array(z.string().min(1)).max(1_000).optional(),
  }),
  z.strictObject({ kind: z.literal('sample'), name: z.string().min(1) }),
]);
export type ImportSource = z.infer<typeof ImportSourceSchema>;

/** What made a version: enough to do it again. */
export const RecipeSchema = z.object({
  source: z.object({
    path: z.string(),
    bytes: z.number(),
    sha256: z.string(),
    sample: z.string().nullable(),
  }),
  delimiter: z.string(),
  layout: z.enum(['wide', 'long']),
  /** Several that were read together are joined by " + "; empty where the rows have no times. */
  timeColumn: z.string(),
  /** strptime format, or `detected` where DuckDB's own parser read the times. */
  timeFormat: z.string(),
  timeZone: z.string(),
  seriesColumn: z.string().nullable(),
  /** What the user named; absent where the user named nothing. */
  missing: z.array(z.string()).optional(),
  /** How the table was reshaped, `times-in-header`; left out where it was not. */
  shape: z.string().optional(),
  /** The files that were joined; absent where there was one. */
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })).optional(),
  ...FormSchema.shape,
});
export type Recipe = z.infer<typeof RecipeSchema>;

/** The line of what is no line: of a file of a folder or an archive. */
export const NO_LINE = 0;

/** One row that could not be read; kept aside, never dropped silently. */
export const SetAsideRowSchema = z.object({
  /** Line of the file, counted from 1; the header is line 1. `NO_LINE`: the row is a file, and `raw` its path. */
  line: z.int(),
  column: z.string().nullable(),
  reason: z.string(),
  /** The raw line of the file, at most 2,000 characters. */
  raw: z.string(),
});
export type SetAsideRow = z.infer<typeof SetAsideRowSchema>;

export const ImportReportSchema = z.object({
  rowsRead: z.int(),
  rowsKept: z.int(),
  rowsSetAside: z.int(),
  /** The first 1,000 of them; `datasets.setAside` has all. */
  setAside: z.array(SetAsideRowSchema),
  /** Lines of the text: `header`, `rows` (kept or set aside) and `skipped` (above, blank, of no table) are `all`. Absent in older reports. */
  lines: z.object({ all: z.int(), header: z.int(), rows: z.int(), skipped: z.int() }).optional(),
  /** Things a user should know: "rows were out of order and were sorted", "37 rows have the same time as a later row". */
  notes: z.array(z.string()),
  /** Values far from all others of their columns, which may mean that a value is missing: `-999`. Left out if there are none. */
  farValues: z.array(z.string()).optional(),
  /** What the doctor found. Absent in older reports. */
  findings: z.array(FindingSchema).optional(),
});
export type ImportReport = z.infer<typeof ImportReportSchema>;

export const ColumnKindSchema = z.enum(['numeric', 'category']);
export type ColumnKind = z.infer<typeof ColumnKindSchema>;

export const ColumnInfoSchema = z.object({
  name: z.string(),
  kind: ColumnKindSchema,
  missing: z.int(),
  /** Numeric columns; null where there is no valid value. */
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  /** Category columns, in order of code. */
  categories: z.array(z.string()).nullable(),
});
export type ColumnInfo = z.infer<typeof ColumnInfoSchema>;

export const SeriesInfoSchema = z.object({
  name: z.string(),
  rows: z.int(),
  /** Microseconds UTC; below 2^53 for the years 1685 to 2255. */
  startUs: z.number(),
  endUs: z.number(),
  /** Median distance of neighbouring rows, microseconds. */
  stepUs: z.number(),
  /** A word for it: `1 day`, `1 hour`, `1 month`, `irregular`. */
  frequency: z.string(),
  columns: z.array(ColumnInfoSchema),
});
export type SeriesInfo = z.infer<typeof SeriesInfoSchema>;

export const DatasetSummarySchema = z.object({
  id: DatasetIdSchema,
  name: z.string(),
  versionId: DatasetVersionIdSchema,
  version: z.int(),
  versions: z.int(),
  /** `damaged` is never stored: its rows do not fit their checksums, and none of their values are shown. */
  state: z.enum(['importing', 'ready', 'damaged']),
  rows: z.int(),
  series: z.int(),
  columns: z.array(
    z.object({
      name: z.string(),
      kind: z.union([ColumnKindSchema, SampleColumnKindSchema]),
      /** It walks by shares of its level, as prices do. Absent where it does not, and in datasets of an older Hindcast. */
      walks: z.literal(true).optional(),
    }),
  ),
  /** Where the rows are samples; absent where they are series. */
  samples: SamplesInfoSchema.optional(),
  startUs: z.number().nullable(),
  endUs: z.number().nullable(),
  frequency: z.string().nullable(),
  bytes: z.number(),
  createdAtMs: z.number(),
  setAside: z.int(),
});
export type DatasetSummary = z.infer<typeof DatasetSummarySchema>;

/** What the defaults of an experiment depend on. */
export type DatasetFacts = Pick<
  DatasetSummary,
  'rows' | 'series' | 'frequency' | 'startUs' | 'endUs' | 'samples'
> &
  Partial<Pick<DatasetSummary, 'columns'>>;

export const DatasetDetailSchema = DatasetSummarySchema.extend({
  recipe: RecipeSchema,
  report: ImportReportSchema,
  seriesInfo: z.array(SeriesInfoSchema),
  contentHash: z.string(),
});
export type DatasetDetail = z.infer<typeof DatasetDetailSchema>;

/** What an import reports while it works; the last one is `done`. */
const ImportProgressSchema = z.object({
  type: z.literal('progress'),
  phase: z.enum(['downloading', 'reading', 'checking', 'storing']),
  rows: z.number(),
  /** 0 to 1. */
  fraction: z.number(),
  secondsLeft: z.number().nullable(),
});

/** How far the reading of a file is that is only looked at. */
export const ReadingProgressSchema = ImportProgressSchema.omit({ type: true, secondsLeft: true });
export type ReadingProgress = z.infer<typeof ReadingProgressSchema>;

export const ImportUpdateSchema = z.discriminatedUnion('type', [
  ImportProgressSchema,
  z.object({ type: z.literal('done'), dataset: DatasetDetailSchema, created: z.boolean() }),
]);
export type ImportUpdate = z.infer<typeof ImportUpdateSchema>;
