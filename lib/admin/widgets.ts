import type { Hub } from "@/lib/base/hub.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { bestLanguage } from "@/lib/i18n/best_language.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import type { Topics } from "@/lib/model/topics.ts";
import {
  newContent,
  type WidgetType,
  type WidgetUuid,
} from "@/lib/model/widget.ts";
import type { SaveWidget, WidgetView } from "@/lib/protocol/admin/messages.ts";
import type { WidgetStore } from "@/lib/store/widget_store.ts";
import { widgetView } from "./views.ts";

export type WidgetNotSaved =
  | { reason: "conflict"; current: WidgetView }
  | { reason: "not-found" }
  /** A picture that was never uploaded, or swept since; `agent` shows it. */
  | { reason: "no-picture"; agent: number };

/** Widgets at most: the page lists them all. */
export const WIDGETS_MAX = 2_000;

/** The widgets, as an administrator manages them. */
export class Widgets {
  readonly #widgets: WidgetStore;
  readonly #hub: Hub<Topics>;

  constructor({ widgets, hub }: { widgets: WidgetStore; hub: Hub<Topics> }) {
    this.#widgets = widgets;
    this.#hub = hub;
  }

  /** All widgets, oldest first. */
  async list(): Promise<WidgetView[]> {
    return (await this.#widgets.list()).map(widgetView);
  }

  async get(uuid: WidgetUuid): Promise<WidgetView | undefined> {
    const stored = await this.#widgets.get(uuid);
    return stored && widgetView(stored);
  }

  /** Makes an empty widget, named in the admin's language: "Sidebar 1". */
  async create(
    type: WidgetType,
    { lang, texts }: { lang: string; texts: Pick<AdminTexts, "newWidget"> },
  ): Promise<Result<WidgetView, { reason: "too-many" }>> {
    const all = await this.#widgets.list();
    if (all.length >= WIDGETS_MAX) return err({ reason: "too-many" });
    const names = new Set(all.map(({ value }) => value.content.name));
    const name = freeName(texts.newWidget[type], names);
    const language = bestLanguage([lang], Object.keys(WIDGET_LANGUAGES), "en");
    const made = await this.#widgets.create(type, newContent(name, language));
    // Nothing in new content refers to a picture, and a uuid is never taken.
    if (!made.ok) throw new Error(`Cannot create: ${made.error.reason}`);
    return ok(widgetView(made.value));
  }

  /** Saves what was made from `revision`, and updates every open page of it. */
  async save(
    uuid: WidgetUuid,
    { revision, content }: SaveWidget,
  ): Promise<Result<WidgetView, WidgetNotSaved>> {
    const saved = await this.#widgets.save(uuid, revision, content);
    if (saved.ok) {
      this.#hub.tell("widget-saved", { uuid });
      return ok(widgetView(saved.value));
    }
    const { error } = saved;
    switch (error.reason) {
      case "conflict":
        return err({ ...error, current: widgetView(error.current) });
      case "no-picture": {
        const { agents } = content;
        const agent = agents.findIndex(({ picture }) => picture === error.id);
        return err({ reason: "no-picture", agent });
      }
      default:
        return err(error);
    }
  }

  /** Deletes a widget. Pages that show it become empty. */
  async delete(
    uuid: WidgetUuid,
  ): Promise<Result<void, { reason: "not-found" }>> {
    const found = await this.#widgets.delete(uuid);
    if (!found) return err({ reason: "not-found" });
    this.#hub.tell("widget-deleted", { uuid });
    return ok(undefined);
  }
}

/** The text with the first number that makes a name nobody has. */
function freeName(text: string, taken: Set<string>): string {
  let number = 1;
  while (taken.has(fill(text, { number }))) number++;
  return fill(text, { number });
}
