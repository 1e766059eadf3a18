/**
 * The bytes of a file as functions take them: decompressed if gzip compressed them, as they are
 * otherwise. At most 200 MB.
 *
 * `file` is its bytes, or what gives them: a `Blob`, a `File`, a `Response`. Rejects with a
 * `LlamathError` (`code` `"invalid"`, `field` `"file"`) where it cannot be read or is damaged.
 *
 * ```js
 * const file = new TextEncoder().encode("ts,close\n1736009220,3618.79");
 * const text = await unzip(file);
 * oracle.readPrices({ text }).values[0] // 3618.79
 * ```
 */
export declare function unzip(
  file: Uint8Array | ArrayBuffer | { arrayBuffer(): Promise<ArrayBuffer> },
): Promise<Uint8Array>;
