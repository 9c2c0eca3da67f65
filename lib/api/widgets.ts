import * as v from "valibot";
import type {
  WidgetCreateError,
  WidgetSaveError,
} from "@/lib/admin/widgets.ts";
import { err, ok } from "@/lib/base/result.ts";
import {
  newContent,
  Widget,
  WidgetContent,
  WidgetType,
  WidgetUuid,
} from "@/lib/model/widget.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import {
  type ApiAnswer,
  NO_BODY,
  NO_QUERY,
  type Operation,
  operation,
} from "./operation.ts";
import { Next, PageQuery } from "./paging.ts";
import { invalidInput, type Problem, problem } from "./problem.ts";

const Time = v.pipe(
  v.number(),
  v.integer(),
  v.description("Milliseconds since 1970."),
);

const shared = {
  uuid: WidgetUuid,
  type: WidgetType,
  revision: v.pipe(
    v.string(),
    v.description("Names this state; send it in If-Match to replace it."),
  ),
  createdAt: Time,
  updatedAt: Time,
};

/** A widget in a list, and the answer to a change. */
export const WidgetItem = v.object({
  ...shared,
  name: v.string(),
  agents: v.pipe(v.number(), v.integer(), v.description("Number of cards.")),
});
export type WidgetItem = v.InferOutput<typeof WidgetItem>;

export const WidgetItems = v.object({
  widgets: v.array(WidgetItem),
  next: v.exactOptional(Next),
});

/** A widget with its content. */
export const WholeWidget = v.object({
  ...shared,
  version: v.pipe(
    v.number(),
    v.integer(),
    v.description("From 1; each change adds one."),
  ),
  content: Widget.entries.content,
});

/** A new widget. Members of the content that are absent get the value of a new
 * widget on the admin pages. */
export const NewApiWidget = v.strictObject({
  type: WidgetType,
  content: v.strictObject({
    ...v.partial(WidgetContent).entries,
    name: WidgetContent.entries.name,
  }),
});

export const ReplaceWidget = v.strictObject({ content: WidgetContent });

const LANGUAGE = "en";
const params = { uuid: { schema: WidgetUuid, text: "Id of the widget." } };
const PATH = "/widgets";
const ONE = "/widgets/{uuid}";

/** The operations on widgets. */
export const WIDGET_OPERATIONS: Operation[] = [
  operation({
    ...{ method: "GET", path: PATH, scope: "widgets:read" },
    id: "listWidgets",
    summary: "List all widgets, oldest first",
    query: PageQuery,
    body: NO_BODY,
    success: { status: 200, schema: WidgetItems, text: "A page of widgets." },
    async run({ query }, { services: { widgets } }) {
      const page = await widgets.page(query);
      if (!page.ok) {
        const detail = "must be the next of a page";
        return err(problem("invalid", { field: "after", detail }));
      }
      const { items, ...next } = page.value;
      const shown = items.map(({ agents, ...one }) => ({
        ...one,
        agents: agents.length,
      }));
      return ok({
        status: 200,
        body: { widgets: shown.map(itemOf), ...next },
      });
    },
  }),
  operation({
    ...{ method: "POST", path: PATH, scope: "widgets:write" },
    id: "createWidget",
    summary: "Create a widget",
    query: NO_QUERY,
    body: NewApiWidget,
    success: { status: 201, schema: WidgetItem, text: "The new widget." },
    async run({ body: { type, content: given } }, request) {
      const { services: { widgets }, newId: uuid, by } = request;
      const { name, lang = LANGUAGE } = given;
      const whole = v.safeParse(WidgetContent, {
        ...newContent(name, lang),
        ...given,
      });
      if (!whole.success) return err(invalidContent(whole.issues));
      const made = await widgets
        .createWith({ type, content: whole.output, uuid }, by);
      if (!made.ok) return err(notSaved(made.error));
      return ok({ ...changed(made.value), status: 201 });
    },
  }),
  operation({
    ...{ method: "GET", path: ONE, scope: "widgets:read" },
    id: "getWidget",
    summary: "Read a widget",
    params,
    query: NO_QUERY,
    body: NO_BODY,
    success: { status: 200, schema: WholeWidget, text: "The widget." },
    async run(_, { params: { uuid = "" }, services: { widgets } }) {
      const widget = await widgets.get(uuid);
      if (widget === undefined) return err(problem("not-found"));
      const { updatedBy: _by, ...shown } = widget;
      const headers = { etag: tagOf(widget) };
      return ok({ status: 200, headers, body: { version: 1, ...shown } });
    },
  }),
  operation({
    ...{ method: "PUT", path: ONE, scope: "widgets:write" },
    id: "replaceWidget",
    summary: "Replace the content of a widget",
    params,
    query: NO_QUERY,
    body: ReplaceWidget,
    needsRevision: true,
    success: { status: 200, schema: WidgetItem, text: "The new state." },
    async run({ body: { content } }, request) {
      const { params: { uuid = "" }, revision, by } = request;
      const saved = await request.services.widgets
        .save(uuid, { revision, content }, by);
      return saved.ok ? ok(changed(saved.value)) : err(notSaved(saved.error));
    },
  }),
  operation({
    ...{ method: "DELETE", path: ONE, scope: "widgets:write" },
    id: "deleteWidget",
    summary: "Delete a widget and its earlier versions",
    params,
    query: NO_QUERY,
    body: NO_BODY,
    success: { status: 204, text: "The widget is deleted." },
    async run(_, { params: { uuid = "" }, services: { widgets }, by }) {
      const deleted = await widgets.delete(uuid, by);
      return deleted.ok ? ok({ status: 204 }) : err(problem("not-found"));
    },
  }),
];

function itemOf(
  { uuid, type, revision, createdAt, updatedAt, name, agents }: WidgetItem,
): WidgetItem {
  return { uuid, type, revision, createdAt, updatedAt, name, agents };
}

/** Returns the answer to a change. It has no content, so that it is small enough
 * to be stored for a repeated request. */
function changed(widget: WidgetView): ApiAnswer {
  const { name, agents } = widget.content;
  return {
    status: 200,
    headers: {
      etag: tagOf(widget),
      location: `/api/v1${PATH}/${widget.uuid}`,
    },
    body: itemOf({ ...widget, name, agents: agents.length }),
  };
}

function tagOf({ revision }: Pick<WidgetView, "revision">): string {
  return `"${revision}"`;
}

function invalidContent(
  issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]],
): Problem {
  const found = invalidInput(issues);
  const { field } = found;
  return {
    ...found,
    field: field === undefined ? "content" : `content.${field}`,
  };
}

function notSaved(error: WidgetSaveError | WidgetCreateError): Problem {
  switch (error.reason) {
    case "invalid": {
      const field = `content.${error.field}`;
      return problem("invalid", { field, detail: error.text });
    }
    case "no-picture": {
      const field = `content.agents.${error.agent}.picture`;
      return problem("invalid", { field, detail: "must be uploaded again" });
    }
    case "conflict":
      return problem("current" in error ? "outdated" : "conflict");
    default:
      return problem(error.reason);
  }
}
