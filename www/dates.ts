// Seconds since 1970 as dates in UTC.

/** A UTC date. */
export const day = (secs: number): string => minute(secs).slice(0, 10);

/** A UTC time to the minute. */
export function minute(secs: number): string {
  const date = new Date(1000 * secs);
  return Number.isNaN(date.getTime()) ? `${secs} s` : date.toISOString().slice(0, 16).replace("T", " ");
}
