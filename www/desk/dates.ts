/** A UTC date. */
export const day = (secs: number): string => new Date(1000 * secs).toISOString().slice(0, 10);
/** A UTC time to the minute. */
export const minute = (secs: number): string => new Date(1000 * secs).toISOString().slice(0, 16).replace("T", " ");
