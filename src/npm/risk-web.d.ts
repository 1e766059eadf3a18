export * from "./risk.js";
/** Loads the WebAssembly; await it once, before the first call. */
export default function init(source?: string | { readonly href: string } | Uint8Array | ArrayBuffer): Promise<void>;
