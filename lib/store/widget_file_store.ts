import * as v from "valibot";
import { DAY_MS } from "@/lib/base/times.ts";
import type { StoreEngine } from "./store_engine.ts";
import { get } from "./stored.ts";

/** A script that was not served for this long is deleted. */
export const WIDGET_FILE_MS = 90 * DAY_MS;

const PackedFile = v.instance(Uint8Array<ArrayBuffer>);

const key = { one: (name: string) => ["widget_file", name] };

/**
 * The scripts of this and of earlier versions, by their name, which contains a
 * hash of their content. They are compressed with gzip, so that each fits into
 * one value.
 */
export class WidgetFileStore {
  readonly #kv: StoreEngine;

  constructor(kv: StoreEngine) {
    this.#kv = kv;
  }

  /** Stores a file for {@linkcode WIDGET_FILE_MS} from now on. */
  async keep(name: string, gzip: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#kv.set(key.one(name), gzip, { expireIn: WIDGET_FILE_MS });
  }

  async get(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await get(this.#kv, key.one(name), PackedFile))?.value;
  }
}
