/** The headline's word: `answer`, if there is one that is still good. */
export function wordOf(answer: string | undefined, isIncomplete: boolean, doing: object | undefined): string {
  if (isIncomplete) return "Incomplete";
  return doing === undefined ? answer ?? "Computing" : "Computing";
}
