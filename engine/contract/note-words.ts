// Words of notes by which others find them again: a run keeps its notes as sentences.

/** In the note that a few values of a column are far from all others. */
export const FAR_FROM_OTHERS = 'far from all others';

/** Why a row that the data lack is no origin. */
export const MISSING_ORIGIN = 'its origin is a row that is missing';
