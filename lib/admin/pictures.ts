import { err, ok, type Result } from "@/lib/base/result.ts";
import {
  type Picture,
  PICTURE_BYTES_MAX,
  type PictureId,
} from "@/lib/model/picture.ts";
import type { AccountStore } from "@/lib/store/account_store.ts";
import type { PictureStore } from "@/lib/store/picture_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { readImage } from "./images/read_image.ts";

export type NotAccepted =
  | { reason: "too-big" }
  /** `why` is a part of a sentence, such as `is animated`. */
  | { reason: "not-a-picture"; why: string };

/** Pictures of agents and of accounts. */
export class Pictures {
  readonly #pictures: PictureStore;
  readonly #widgets: Pick<WidgetStore, "pictures">;
  readonly #accounts: Pick<AccountStore, "pictures">;

  constructor({ pictures, widgets, accounts }: {
    pictures: PictureStore;
    widgets: Pick<WidgetStore, "pictures">;
    accounts: Pick<AccountStore, "pictures">;
  }) {
    this.#pictures = pictures;
    this.#widgets = widgets;
    this.#accounts = accounts;
  }

  /** Stores an uploaded file if it is a picture ({@link readImage}). */
  async accept(
    bytes: Uint8Array,
  ): Promise<Result<PictureId, NotAccepted>> {
    if (bytes.length > PICTURE_BYTES_MAX) return err({ reason: "too-big" });
    const image = readImage(bytes);
    if (!image.ok) return err({ reason: "not-a-picture", why: image.error });
    return ok(await this.#pictures.put(image.value.type, image.value.bytes));
  }

  async get(id: PictureId): Promise<Picture | undefined> {
    return await this.#pictures.get(id);
  }

  /** Deletes pictures that no widget and no account uses. Returns their number.
   * Call it once a day. */
  async sweep(): Promise<number> {
    let deleted = 0;
    for (;;) {
      const some = await this.#pictures.sweep(async () => {
        const shown = await this.#widgets.pictures();
        return shown.union(await this.#accounts.pictures());
      });
      if (some === 0) return deleted;
      deleted += some;
    }
  }
}
