import * as v from "valibot";
import type { Hub } from "@/lib/base/hub.ts";
import { newUuid } from "@/lib/base/ids.ts";
import type { AccountContent } from "@/lib/model/account.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import type { Topics } from "@/lib/model/topics.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";
import type { SettingsStore } from "@/lib/store/settings_store.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import type { Pictures } from "../pictures.ts";
import {
  exampleCardset,
  exampleSidebar,
  ownAgent,
  type Portraits,
} from "./content.ts";
import { PORTRAITS } from "./portraits.ts";

const EXAMPLES = {
  name: "examples",
  schema: v.strictObject({
    sidebar: WidgetUuid,
    cardset: WidgetUuid,
    /** An interrupted start continues the next time with the same uuids. */
    stage: v.picklist(["planned", "made", "adopted"]),
  }),
};

/** Two example widgets, created once, at the very first start. */
export class Examples {
  readonly #settings: SettingsStore;
  readonly #widgets: WidgetStore;
  readonly #pictures: Pictures;
  readonly #hub: Hub<Topics>;

  constructor({ settings, widgets, pictures, hub }: {
    settings: SettingsStore;
    widgets: WidgetStore;
    pictures: Pictures;
    hub: Hub<Topics>;
  }) {
    this.#settings = settings;
    this.#widgets = widgets;
    this.#pictures = pictures;
    this.#hub = hub;
  }

  /** Creates the examples in a new store. Call it at each start. */
  async make(): Promise<void> {
    if (await this.#settings.get(EXAMPLES) === undefined) {
      if ((await this.#widgets.overviews()).length > 0) return;
      const [sidebar, cardset] = [newUuid(), newUuid()];
      const planned = { sidebar, cardset, stage: "planned" as const };
      await this.#settings.setFirst(EXAMPLES, planned);
    }
    const examples = (await this.#settings.get(EXAMPLES))?.value;
    if (examples?.stage !== "planned") return;
    const portraits = await this.#portraits();
    await this.#widgets
      .create("sidebar", exampleSidebar(portraits), examples.sidebar);
    await this.#widgets
      .create("cardset", exampleCardset(portraits), examples.cardset);
    await this.#settings.set(EXAMPLES, { ...examples, stage: "made" });
  }

  /** Returns the examples that still exist. */
  async list(): Promise<WidgetUuid[]> {
    const examples = (await this.#settings.get(EXAMPLES))?.value;
    if (examples === undefined) return [];
    const uuids = [examples.sidebar, examples.cardset];
    const found = await Promise.all(uuids.map((id) => this.#widgets.get(id)));
    return uuids.filter((_, n) => found[n] !== undefined);
  }

  /** Adds the first administrator before the examples' agents, once. */
  async adopt(
    person: Pick<AccountContent, "name" | "displayName">,
  ): Promise<void> {
    const examples = (await this.#settings.get(EXAMPLES))?.value;
    if (examples?.stage !== "made") return;
    await this.#settings.set(EXAMPLES, { ...examples, stage: "adopted" });
    const picture = await this.#portrait(PORTRAITS.you);
    for (const uuid of await this.list()) {
      const widget = await this.#widgets.get(uuid);
      if (widget === undefined) continue;
      const { content } = widget.value;
      if (content.agents.some((a) => a.address === person.name)) continue;
      const agents = [ownAgent(person, picture), ...content.agents];
      // If an admin saves at the same time, keep their version.
      await this.#widgets
        .save(uuid, widget.revision, { ...content, agents });
      this.#hub.tell("widget-saved", { uuid });
    }
  }

  async #portraits(): Promise<Portraits> {
    return {
      reception: await this.#portrait(PORTRAITS.reception),
      sales: await this.#portrait(PORTRAITS.sales),
      support: await this.#portrait(PORTRAITS.support),
    };
  }

  async #portrait(base64: string): Promise<PictureId> {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const taken = await this.#pictures.accept(bytes);
    if (!taken.ok) {
      throw new Error(`Cannot use a portrait: ${taken.error.reason}`);
    }
    return taken.value;
  }
}
