import { deepEqual, equal } from "node:assert/strict";
import { err, ok } from "@/lib/base/result.ts";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import type { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { ToastList } from "@/lib/ui/toasts.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { isUnsaved } from "./draft.ts";
import { summaryOf, WidgetListModel } from "./widget_list_model.ts";

Deno.test("a save sends the revision it is based on and adopts the answer", async () => {
  const sent: unknown[] = [];
  const model = modelWith({
    saveWidget(uuid, save) {
      sent.push([uuid, save.revision, save.content.name]);
      return Promise.resolve(ok(view("a", "2", save.content)));
    },
  }, [view("a", "1")]);

  model.edit("a", { name: "Sales" });
  await model.save("a");

  deepEqual(sent, [["a", "1", "Sales"]]);
  equal(model.draft("a")?.saved.revision, "2");
  equal(model.unsaved, 0);
  equal(model.toasts.toasts.value[0]?.kind, "done");
});

Deno.test("a conflict waits for a choice, and keeping mine saves over their revision", async () => {
  const revisions: string[] = [];
  const theirs = view("a", "2", { ...view("a", "2").content, name: "Theirs" });
  const model = modelWith({
    saveWidget(_uuid, { revision, content }) {
      revisions.push(revision);
      if (revision === "2") return Promise.resolve(ok(view("a", "3", content)));
      const error = { reason: "conflict" as const, text: "", current: theirs };
      return Promise.resolve(err(error));
    },
  }, [view("a", "1")]);

  model.edit("a", { name: "Mine" });
  await model.save("a");
  const phase = model.draft("a")?.phase;
  await model.choose("a", "mine");

  equal(phase, "conflict");
  deepEqual(revisions, ["1", "2"]);
  equal(model.draft("a")?.saved.content.name, "Mine");
});

Deno.test("a field that the service rejects shows the error next to it", async () => {
  const model = modelWith({
    saveWidget: () =>
      Promise.resolve(err({
        reason: "invalid" as const,
        text: "must be nice",
        field: "content.company.phone",
      })),
  }, [view("a", "1"), view("b", "1")]);

  model.edit("a", { name: "Sales" });
  await model.save("a");

  deepEqual(model.draft("a")?.problems, { "company.phone": "must be nice" });
  equal(model.expanded.value.has("a"), true);
  equal(model.unsaved, 1);
});

Deno.test("an unreachable service loses no changes", async () => {
  const offline = () =>
    Promise.resolve(err({ reason: "offline" as const, text: "" }));
  const model = modelWith(
    { saveWidget: offline, deleteWidget: offline, createWidget: offline },
    [view("a", "1")],
  );

  model.edit("a", { name: "Sales" });
  await model.save("a");
  const gone = await model.delete("a");
  await model.add("sidebar");

  const draft = model.draft("a");
  equal(draft?.phase === "editing" && draft.failure?.reason, "offline");
  equal(draft?.content.name, "Sales");
  equal(gone, false);
  equal(model.toasts.toasts.value.at(-1)?.kind, "failed");
  equal(model.isAdding.value, false);
});

Deno.test("a new widget opens with the focus on its name", async () => {
  const model = modelWith({
    createWidget: () => Promise.resolve(ok(view("b", "1"))),
  }, [view("a", "1")]);

  await model.add("cardset");

  equal(model.drafts.value.length, 2);
  equal(model.added.value, "b");
  equal(model.expanded.value.has("b"), true);
});

Deno.test("refresh() adopts other admins' changes and keeps unsaved ones", async () => {
  const changed = { ...view("a", "2").content, name: "Changed" };
  const model = modelWith({
    listWidgets: () =>
      Promise.resolve(ok([
        view("a", "2", changed),
        view("b", "2", changed),
        view("new", "1"),
      ].map(summaryOf))),
    getWidget: (uuid) => Promise.resolve(ok(view(uuid, "2", changed))),
  }, ["a", "b", "gone", "gone too"].map((uuid) => view(uuid, "1")));

  model.edit("b", { name: "Mine" });
  model.edit("gone too", { name: "Mine" });
  await model.refresh();

  const names = model.drafts.value.map(({ saved, content }) =>
    `${saved.uuid} ${content.name}`
  );
  deepEqual(names, ["a Changed", "b Mine", "gone too Mine"]);
  deepEqual(model.widgets.value.map(({ uuid }) => uuid), [
    "a",
    "b",
    "gone too",
    "new",
  ]);
  equal(model.drafts.value.filter(isUnsaved).length, 2);
});

Deno.test("refresh() ignores a list older than a save, an addition or a deletion", async () => {
  const old = ok([view("a", "1"), view("gone", "1")].map(summaryOf));
  const now = ok([
    view("a", "2", newContent("Sales", "en")),
    view("new", "1"),
  ].map(summaryOf));
  const lists = [Promise.withResolvers<typeof old>(), { promise: now }];
  let asked = 0;
  const model = modelWith({
    listWidgets: () => Promise.resolve(lists[asked++]?.promise ?? now),
    saveWidget: (_, { content }) =>
      Promise.resolve(ok(view("a", "2", content))),
    createWidget: () => Promise.resolve(ok(view("new", "1"))),
    deleteWidget: () => Promise.resolve(ok(undefined)),
  }, [view("a", "1"), view("gone", "1")]);

  const refreshed = model.refresh();
  model.edit("a", { name: "Sales" });
  await model.save("a");
  await model.add("cardset");
  await model.delete("gone");
  const [first] = lists;
  if (first !== undefined && "resolve" in first) first.resolve(old);
  await refreshed;

  deepEqual(shown(model), ["a 2 Sales", "new 1 Contact"]);
  equal(asked, 2);
});

Deno.test("add() lists a widget once, even if a list arrives before the answer", async () => {
  const created = Promise.withResolvers<ReturnType<typeof ok<WidgetView>>>();
  const model = modelWith({
    listWidgets: () =>
      Promise.resolve(ok([view("a", "1"), view("new", "1")].map(summaryOf))),
    createWidget: () => created.promise,
  }, [view("a", "1")]);

  const adding = model.add("cardset");
  await model.refresh();
  created.resolve(ok(view("new", "1")));
  await adding;

  deepEqual(shown(model), ["a 1 Contact", "new 1 Contact"]);
  equal(model.added.value, "new");
});

Deno.test("opening a widget loads it once and shows the loaded state", async () => {
  const asked: string[] = [];
  const model = new WidgetListModel(
    [view("a", "1"), view("b", "1")].map(summaryOf),
    {
      ...surroundings({
        getWidget(uuid) {
          asked.push(uuid);
          return Promise.resolve(
            ok(view(uuid, "2", newContent("Renamed", "en"))),
          );
        },
      }),
    },
  );

  model.toggle("a");
  const all = await Promise.all([model.load("a"), model.load("a")]);
  model.toggle("a");
  model.toggle("a");

  deepEqual([asked, all], [["a"], [true, true]]);
  deepEqual(shown(model), ["a 2 Renamed", "b 1 Contact"]);
  equal(model.drafts.value.length, 1);
});

Deno.test("a widget that can't be loaded is closed, and a deleted one leaves the list", async () => {
  const reasons = { a: "offline", b: "not-found" } as const;
  const model = new WidgetListModel(
    [view("a", "1"), view("b", "1")].map(summaryOf),
    {
      ...surroundings({
        getWidget: (uuid) =>
          Promise.resolve(
            err({ reason: uuid === "a" ? reasons.a : reasons.b, text: "" }),
          ),
      }),
    },
  );

  for (const uuid of ["a", "b"]) {
    model.toggle(uuid);
    equal(await model.load(uuid), false);
  }

  deepEqual(shown(model), ["a 1 Contact"]);
  equal(model.expanded.value.size, 0);
  deepEqual(model.toasts.toasts.value.map(({ kind }) => kind), [
    "failed",
    "failed",
  ]);
});

/** The widgets on the page: id, revision and name. */
function shown(model: WidgetListModel): string[] {
  return model.widgets.value.map(({ uuid, revision, name }) =>
    `${uuid} ${revision} ${name}`
  );
}

type Client = Pick<
  AdminClient,
  | "listWidgets"
  | "getWidget"
  | "createWidget"
  | "saveWidget"
  | "deleteWidget"
>;

/** A model whose client answers as given, and refuses everything else. */
function modelWith(
  client: Partial<Client>,
  widgets: WidgetView[],
): WidgetListModel {
  return new WidgetListModel(widgets.map(summaryOf), {
    loaded: widgets,
    ...surroundings(client),
  });
}

function surroundings(client: Partial<Client>) {
  const refuse = () =>
    Promise.resolve(err({ reason: "internal" as const, text: "" }));
  return {
    client: {
      listWidgets: refuse,
      getWidget: refuse,
      createWidget: refuse,
      saveWidget: refuse,
      deleteWidget: refuse,
      ...client,
    },
    toasts: new ToastList(new FakeClock()),
    texts: ADMIN_LANGUAGES.en,
  };
}

function view(
  uuid: string,
  revision: string,
  content: WidgetContent = newContent("Contact", "en"),
): WidgetView {
  const times = { createdAt: 0, updatedAt: 0 };
  return { uuid, type: "cardset", revision, ...times, content };
}
