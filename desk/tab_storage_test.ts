import { deepEqual } from "node:assert/strict";
import { FakeStorage } from "@/tests/support/fake_storage.ts";
import { forgetTab, store } from "./tab_storage.ts";

Deno.test("forgetTab() deletes everything the desk has stored, and nothing else", () => {
  const storage = new FakeStorage();
  for (const key of ["draft-a", "shown", "draft-b"]) store(storage, key, "x");
  storage.setItem("theme", "dark");

  forgetTab(storage);

  deepEqual([...storage.items.keys()], ["theme"]);
});
