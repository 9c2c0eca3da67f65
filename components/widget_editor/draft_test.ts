import { deepEqual, equal } from "node:assert/strict";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { newContent, type WidgetContent } from "@/lib/model/widget.ts";
import { someHours } from "@/tests/support/opening_hours.ts";
import {
  discard,
  type Draft,
  edit,
  hasConflict,
  isUnsaved,
  keepMine,
  openDraft,
  refresh,
  save,
  takeTheirs,
  wasRefused,
  wasSaved,
} from "./draft.ts";

Deno.test("a draft is unsaved until it equals the saved state", () => {
  const opened = openDraft(view("1"));

  const renamed = edit(opened, { name: "Sales" });
  const back = edit(renamed, { name: "Contact" });

  equal(isUnsaved(opened), false);
  equal(isUnsaved(renamed), true);
  equal(isUnsaved(back), false);
  equal(isUnsaved(discard(renamed)), false);
});

Deno.test("hours are removed by a change to undefined, and kept by others", () => {
  const hours = someHours({ days: [1], times: ["09:00-17:00"] });
  const opened = openDraft(view("1"));

  const limited = edit(opened, { hours });
  const renamed = edit(limited, { name: "Sales" });
  const unlimited = edit(limited, { hours: undefined });

  deepEqual(renamed.content.hours, hours);
  equal(isUnsaved(limited), true);
  equal(isUnsaved(unlimited), false);
  equal("hours" in unlimited.content, false);
});

Deno.test("an invalid draft isn't sent and shows where the problem is", () => {
  const draft = save(edit(openDraft(view("1")), { name: " " }));

  equal(draft.phase, "editing");
  deepEqual(draft.problems, { name: "must not be empty" });
});

Deno.test("a problem disappears once it is fixed, and no new one appears", () => {
  const wrong = save(edit(openDraft(view("1")), { name: "" }));

  const mended = edit(wrong, { name: "Sales", sites: ["nowhere"] });

  deepEqual(mended.problems, {});
  deepEqual(save(mended).problems, {
    "sites.0": "must be like https://www.example.com or https://*.example.com",
  });
});

Deno.test("changes made during a save stay unsaved", () => {
  const saving = save(edit(openDraft(view("1")), { name: "Sales" }));
  const meanwhile = edit(saving, { visitorName: "Guest" });

  const draft = wasSaved(meanwhile, view("2", { name: "Sales" }));

  equal(draft.phase, "editing");
  equal(draft.saved.revision, "2");
  equal(draft.content.visitorName, "Guest");
  equal(isUnsaved(draft), true);
});

Deno.test("a save adopts the service's version of the widget", () => {
  const saving = save(edit(openDraft(view("1")), { name: " Sales " }));

  const draft = wasSaved(saving, view("2", { name: "Sales" }));

  equal(draft.content.name, "Sales");
  equal(isUnsaved(draft), false);
});

Deno.test("a second save waits for the first", () => {
  const saving = save(edit(openDraft(view("1")), { name: "Sales" }));

  equal(save(saving), saving);
});

Deno.test("after a conflict nothing is lost until the admin chooses", () => {
  const conflict = conflicting();

  const theirs = takeTheirs(conflict);
  const mine = keepMine(conflict);

  equal(conflict.content.name, "Mine");
  equal(theirs.content.name, "Theirs");
  equal(isUnsaved(theirs), false);
  equal(mine.content.name, "Mine");
  equal(mine.saved.revision, "2"); // The next save replaces theirs, knowingly.
  equal(isUnsaved(mine), true);
});

Deno.test("a rejected save keeps the changes and shows the reason", () => {
  const saving = save(edit(openDraft(view("1")), { name: "Sales" }));

  const draft = wasRefused(saving, { failure: { reason: "offline" } });

  equal(draft.phase === "editing" && draft.failure?.reason, "offline");
  equal(draft.content.name, "Sales");
});

Deno.test("a newer state from the service replaces only fields without changes", () => {
  const untouched = refresh(openDraft(view("1")), view("2", { name: "New" }));
  const written = refresh(
    edit(openDraft(view("1")), { name: "Mine" }),
    view("2", { name: "New" }),
  );

  equal(untouched.content.name, "New");
  equal(written.content.name, "Mine");
});

function conflicting(): Draft {
  const saving = save(edit(openDraft(view("1")), { name: "Mine" }));
  return hasConflict(saving, view("2", { name: "Theirs" }));
}

function view(
  revision: string,
  change: Partial<WidgetContent> = {},
): WidgetView {
  return {
    uuid: "0".repeat(32),
    type: "cardset",
    revision,
    createdAt: 0,
    updatedAt: 0,
    content: { ...newContent("Contact", "en"), ...change },
  };
}
