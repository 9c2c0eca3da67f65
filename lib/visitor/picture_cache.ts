import type { Picture } from "@/lib/model/picture.ts";
import type { PictureMessage as PictureMessage } from "@/lib/protocol/visitor/session_messages.ts";

/** Memory for encoded pictures, in characters; one picture has at most
 * 80,000. */
const LENGTH_MAX = 32 * 1_048_576;

/**
 * Pictures as data: URLs. The most recently used ones are cached, so that a page
 * with many visitors reads each picture once.
 */
export class PictureCache {
  readonly #read: (id: string) => Promise<Picture | undefined>;
  readonly #lengthMax: number;
  /** Oldest first. */
  readonly #urls = new Map<string, string>();
  readonly #reading = new Map<string, Promise<string>>();
  #length = 0;

  constructor(
    read: (id: string) => Promise<Picture | undefined>,
    lengthMax = LENGTH_MAX,
  ) {
    this.#read = read;
    this.#lengthMax = lengthMax;
  }

  /** Returns the Picture message of an agent; `picture` is "" if it has none.
   * Rejects if the store fails. */
  async message(address: string, picture: string): Promise<PictureMessage> {
    const url = picture === "" ? "" : await this.#url(picture);
    return { mt: "Picture", id: address, url };
  }

  #url(id: string): string | Promise<string> {
    const kept = this.#urls.get(id);
    if (kept !== undefined) {
      this.#urls.delete(id); // Now the newest.
      this.#urls.set(id, kept);
      return kept;
    }
    const reading = this.#reading.get(id) ??
      this.#load(id).finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  async #load(id: string): Promise<string> {
    const picture = await this.#read(id);
    if (picture === undefined) return "";
    const url = `data:${picture.type};base64,${picture.bytes.toBase64()}`;
    this.#urls.set(id, url);
    this.#length += url.length;
    for (const [oldest, { length }] of this.#urls) {
      if (this.#length <= this.#lengthMax) break;
      this.#urls.delete(oldest);
      this.#length -= length;
    }
    return url;
  }
}
