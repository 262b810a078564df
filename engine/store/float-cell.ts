// A float64 that may be NaN, in a column of type ANY: SQLite turns a bound NaN into NULL, so NaN is stored as the text 'NaN'.

export type FloatCell = number | 'NaN' | null;

export function toFloatCell(value: number | null): FloatCell {
  return Number.isNaN(value) ? 'NaN' : value;
}

export function fromFloatCell(cell: FloatCell): number | null {
  return cell === 'NaN' ? Number.NaN : cell;
}
