import type { Clock } from "@/lib/base/clock.ts";
import type { Hub } from "@/lib/base/hub.ts";
import { newUuid } from "@/lib/base/ids.ts";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { hoursProblem, isTimeZone, stateAt } from "@/lib/hours/opening.ts";
import { bestLanguage } from "@/lib/i18n/best_language.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { WIDGET_LANGUAGES } from "@/lib/i18n/widget/languages.ts";
import type { Author, WidgetVersion } from "@/lib/model/audit.ts";
import type { OpeningHours } from "@/lib/model/hours.ts";
import type { PictureId } from "@/lib/model/picture.ts";
import type { Topics } from "@/lib/model/topics.ts";
import {
  newContent,
  type WidgetContent,
  type WidgetType,
  type WidgetUuid,
} from "@/lib/model/widget.ts";
import type { HoursStateView } from "@/lib/protocol/admin/hours_state.ts";
import type {
  RestoreWidget,
  SaveWidget,
  VersionView,
  WidgetSummary,
  WidgetView,
} from "@/lib/protocol/admin/messages.ts";
import type { StoredWidget } from "@/lib/store/stored_widget.ts";
import type {
  WidgetNotSaved as WidgetNotStored,
  WidgetStore,
} from "@/lib/store/widget_store.ts";
import type { WidgetOverview } from "@/lib/store/widget_overviews.ts";
import { type HoursNow, hoursNow } from "./hours_now.ts";
import { type ListPage, pageOf, type PageOptions } from "./widget_page.ts";
import { contentView, widgetSummary, widgetView } from "./views.ts";

export type WidgetSaveError =
  | { reason: "conflict"; current: WidgetView }
  | { reason: "not-found" }
  /** A picture that was never uploaded, or was deleted since; `agent` uses
   * it. */
  | { reason: "no-picture"; agent: number }
  /** A member of the content that the schemas cannot check. */
  | { reason: "invalid"; field: string; text: string };

/** `conflict`: it was created and deleted in the meantime. */
export type WidgetCreateError =
  | Exclude<WidgetSaveError, { reason: "conflict" | "not-found" }>
  | { reason: "too-many" | "conflict" };

/** Maximum number of widgets, because the page lists them all. */
export const WIDGETS_MAX = 2_000;

/** The widgets, as an administrator manages them. */
export class Widgets {
  readonly #widgets: WidgetStore;
  readonly #hub: Hub<Topics>;
  readonly #clock: Pick<Clock, "wall">;

  constructor({ widgets, hub, clock }: {
    widgets: WidgetStore;
    hub: Hub<Topics>;
    clock: Pick<Clock, "wall">;
  }) {
    this.#widgets = widgets;
    this.#hub = hub;
    this.#clock = clock;
  }

  /** Returns the state at this moment of hours that are being edited. */
  hoursState(
    hours: OpeningHours,
  ): Result<
    HoursStateView,
    { reason: "invalid"; field: string; text: string }
  > {
    if (!isTimeZone(hours.timeZone)) {
      const text = "must be a time zone";
      return err({ reason: "invalid", field: "timeZone", text });
    }
    const { isOpen: open, ...change } = stateAt(hours, this.#clock.wall());
    return ok({ open, ...change });
  }

  /** Returns all widgets, oldest first. */
  async list(): Promise<WidgetSummary[]> {
    return (await this.#widgets.overviews()).map(widgetSummary);
  }

  /** Returns all widgets with the names of their agents, oldest first. */
  async withAgents(): Promise<
    Pick<WidgetOverview, "uuid" | "name" | "agents">[]
  > {
    return (await this.#widgets.overviews())
      .map(({ uuid, name, agents }) => ({ uuid, name, agents }));
  }

  /** Returns a page of all widgets, oldest first. `after` is the `next` of the
   * page before it. */
  async page(
    options: PageOptions,
  ): Promise<Result<ListPage<WidgetOverview>, { reason: "no-page" }>> {
    return pageOf(await this.#widgets.overviews(), options);
  }

  /** Returns the state of the opening hours of a widget at this moment, and that
   * of its agents with their own hours. */
  async hoursNow(uuid: WidgetUuid): Promise<HoursNow | undefined> {
    const stored = await this.#widgets.get(uuid);
    return stored && hoursNow(stored.value.content, this.#clock.wall());
  }

  async get(uuid: WidgetUuid): Promise<WidgetView | undefined> {
    const stored = await this.#widgets.get(uuid);
    return stored && widgetView(stored);
  }

  /** Creates an empty widget, named in the admin's language: "Sidebar 1". */
  async create(
    type: WidgetType,
    { lang, texts }: { lang: string; texts: Pick<AdminTexts, "newWidget"> },
    by: Author,
  ): Promise<Result<WidgetView, { reason: "too-many" }>> {
    const all = await this.#widgets.overviews();
    if (all.length >= WIDGETS_MAX) return err({ reason: "too-many" });
    const names = new Set(all.map(({ name }) => name));
    const name = freeName(texts.newWidget[type], names);
    const language = bestLanguage([lang], Object.keys(WIDGET_LANGUAGES), "en");
    const content = newContent(name, language);
    const made = await this.#widgets.create(type, content, newUuid(), by);
    // New content refers to no picture, and a uuid is always free.
    if (!made.ok) throw new Error(`Cannot create: ${made.error.reason}`);
    return ok(widgetView(made.value));
  }

  /** Creates a widget with content. If `uuid` exists, an earlier try of the same
   * request has created it, and it is returned. */
  async createWith(
    { type, content, uuid }: {
      type: WidgetType;
      content: WidgetContent;
      uuid: WidgetUuid;
    },
    by: Author,
  ): Promise<Result<WidgetView, WidgetCreateError>> {
    const problem = hoursProblem(content);
    if (problem !== undefined) return err({ reason: "invalid", ...problem });
    const before = await this.get(uuid);
    if (before !== undefined) return ok(before);
    const all = await this.#widgets.overviews();
    if (all.length >= WIDGETS_MAX) return err({ reason: "too-many" });
    const made = await this.#widgets.create(type, content, uuid, by);
    if (made.ok) return ok(widgetView(made.value));
    if (made.error.reason === "no-picture") {
      return err(noPicture(made.error.id, content));
    }
    const current = await this.get(uuid);
    return current === undefined ? err({ reason: "conflict" }) : ok(current);
  }

  /** Saves content that is based on `revision`, and updates every open page. */
  async save(
    uuid: WidgetUuid,
    { revision, content }: SaveWidget,
    by: Author,
  ): Promise<Result<WidgetView, WidgetSaveError>> {
    const problem = hoursProblem(content);
    if (problem !== undefined) return err({ reason: "invalid", ...problem });
    const saved = await this.#widgets.save(uuid, revision, content, { by });
    return this.#told(saved, content);
  }

  /** Returns the versions of the widget, newest first. */
  async versions(uuid: WidgetUuid): Promise<WidgetVersion[] | undefined> {
    const current = await this.#widgets.get(uuid);
    if (current === undefined) return undefined;
    const { version, by, value: { updatedAt: at } } = current;
    const before = await this.#widgets.history.list(uuid, version);
    return [{ version, at, by }, ...before];
  }

  /** Returns one version of the widget. */
  async version(
    uuid: WidgetUuid,
    number: number,
  ): Promise<VersionView | undefined> {
    const found = await this.#version(uuid, number);
    return found && { ...found, content: contentView(found.content) };
  }

  async #version(
    uuid: WidgetUuid,
    number: number,
  ): Promise<VersionView | undefined> {
    const current = await this.#widgets.get(uuid);
    if (current === undefined || number > current.version) return undefined;
    const { version, by, value: { updatedAt: at, content } } = current;
    if (number === version) return { version, at, by, content };
    const found = await this.#widgets.history.get(uuid, number);
    return found && { ...found.version, content: found.content };
  }

  /** Saves the content of a version as the newest one; other versions are
   * kept. */
  async restore(
    uuid: WidgetUuid,
    { revision, version }: RestoreWidget,
    by: Author,
  ): Promise<Result<WidgetView, WidgetSaveError>> {
    const found = await this.#version(uuid, version);
    if (found === undefined) return err({ reason: "not-found" });
    const { content } = found;
    const saved = await this.#widgets
      .save(uuid, revision, content, { by, from: version });
    return this.#told(saved, content);
  }

  /** Deletes a widget. Pages that show it become empty. */
  async delete(
    uuid: WidgetUuid,
    by: Author,
  ): Promise<Result<void, { reason: "not-found" }>> {
    const found = await this.#widgets.delete(uuid, by);
    if (!found) return err({ reason: "not-found" });
    this.#hub.tell("widget-deleted", { uuid });
    return ok(undefined);
  }

  /** Converts the result of a save for the protocol; notifies open pages on
   * success. */
  #told(
    saved: Result<StoredWidget, WidgetNotStored>,
    content: WidgetContent,
  ): Result<WidgetView, WidgetSaveError> {
    if (saved.ok) {
      this.#hub.tell("widget-saved", { uuid: saved.value.value.uuid });
      return ok(widgetView(saved.value));
    }
    const { error } = saved;
    switch (error.reason) {
      case "conflict":
        return err({ ...error, current: widgetView(error.current) });
      case "no-picture":
        return err(noPicture(error.id, content));
      default:
        return err(error);
    }
  }
}

/** Names the agent who has the missing picture. */
function noPicture(
  id: PictureId,
  { agents }: WidgetContent,
): { reason: "no-picture"; agent: number } {
  const agent = agents.findIndex(({ picture }) => picture === id);
  return { reason: "no-picture", agent };
}

/** Returns the text with the first number that makes a free name. */
function freeName(text: string, taken: Set<string>): string {
  let number = 1;
  while (taken.has(fill(text, { number }))) number++;
  return fill(text, { number });
}
