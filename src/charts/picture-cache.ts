/** The pictures used last, up to so many and so many bytes. */
export class PictureCache {
  readonly #most: { readonly pictures: number; readonly bytes: number };
  readonly #pictures = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(most: { readonly pictures: number; readonly bytes: number }) {
    this.#most = most;
  }

  get(key: string): Uint8Array | undefined {
    const picture = this.#pictures.get(key);
    if (picture) {
      this.#pictures.delete(key);
      this.#pictures.set(key, picture);
    }
    return picture;
  }

  set(key: string, picture: Uint8Array): void {
    this.#drop(key);
    this.#pictures.set(key, picture);
    this.#bytes += picture.length;
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= this.#most.pictures && this.#bytes <= this.#most.bytes) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#pictures.get(key)?.length ?? 0;
    this.#pictures.delete(key);
  }
}
