// Bytes out of a table, whatever is in their cell: after damage a BLOB can be read as text, a number or NULL.

/** The column as SQL that is always a BLOB, empty for NULL, so that its checksum can say what is wrong. */
export const blobCell = (column: string): string => `CAST(ifnull(${column}, '') AS BLOB) AS ${column}`;
