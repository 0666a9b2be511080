const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @throws Error when it is no PNG */
export function readPicture(bytes: Buffer): Uint8Array {
  if (!bytes.subarray(0, PNG.length).equals(PNG)) throw new Error("not a PNG");
  return bytes;
}
