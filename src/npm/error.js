/**
 * Every refusal of this package.
 *
 * `code` is stable and meant for programs: `invalid` (wrong type or out of range),
 * `missing`, `unknown` (no such field), `arithmetic` (the result does not exist: it
 * leaves 256 bits or the range of a double, or the contract would revert),
 * `internal` (a defect of this package; the next call works on a fresh instance).
 */
export class LlamathError extends Error {
  constructor({ code, message, field, index, value }, options) {
    super(message, options);
    this.code = code;
    if (field !== undefined) this.field = field;
    if (index !== undefined) this.index = index;
    if (value !== undefined) this.value = value;
  }

  /** What survives `postMessage` and JSON; structured cloning would drop the fields. */
  toJSON() {
    const { code, message, field, index } = this;
    return { name: this.name, code, message, field, index };
  }
}
LlamathError.prototype.name = "LlamathError";
