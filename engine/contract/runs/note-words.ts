// Words of notes by which others find them again: a run keeps its notes as sentences.

/** In the note that a few values of a column are far from all others. */
export const FAR_FROM_OTHERS = 'far from all others';

/** In the notes of an import on gaps: "3 gaps in time". */
export const IN_TIME = 'in time';

/** Before the other form in notes on times that can be read in two ways. */
export const OTHER_FORMAT = '; if that is wrong, give the format ';

/** Before how the times were read, in notes on a zone that was not used. */
export const ZONE_UNUSED = 'but the times were read as ';

/** Before a column whose name speaks of series, in the note that none were made. */
export const MAY_NAME_SERIES = ': if it names the series, say so';

/** Opens the note on what experiments do with gaps. */
export const FATE_OF_GAPS = 'Experiments take missing rows';

/** In the note on rows of one time. */
export const SAME_TIME = 'the same time as a later row';

/** Why a row that the data lack is no origin. */
export const MISSING_ORIGIN = 'its origin is a row that is missing';
