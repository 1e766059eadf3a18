import { format, formatSpan } from "../../format";

/** The package's name of an average, with its lengths as people say them. */
export const averageSays = (convention: string): string =>
  convention
    .replace(/(span|half-life) ([\d.]+)(?=,)/, (_, name: string, days: string) => `${name} of ${formatSpan(86_400 * Number(days))}`)
    .replace(/(time constant|half-life) ([\d.]+) s(?=,)/, (_, name: string, secs: string) => `${name} of ${formatSpan(Number(secs))}`)
    .replace(/alpha ([\d.]+)(?=,)/, (_, alpha: string) => `weight of ${format(Number(alpha), "factor")} a day`);
