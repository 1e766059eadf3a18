// Seconds since 1970 as dates in UTC, as exchanges count them.

export function minuteOf(secs: number): string {
  const date = new Date(secs * 1000);
  return Number.isNaN(date.getTime()) ? `${secs} s` : date.toISOString().slice(0, 16).replace("T", " ");
}
