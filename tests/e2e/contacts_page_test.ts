import { deepEqual, equal, match } from "node:assert/strict";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { openStore } from "@/lib/store/open.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";

const DAY_MS = 24 * 60 * 60_000;

Deno.test("contacts are found, exported and deleted, with the consequences explained", async (t) => {
  await using product = await openProduct();
  const { page, errors } = await product.browser.open({
    reducedMotion: "reduce",
    timezoneId: "Europe/Berlin",
  });
  await signIn(page, product.service.url, "admin");
  const url = `${product.service.url}/admin/contacts`;
  await page.goto(url);

  await t.step(
    "before the first contact, the page explains what it will show",
    async () => {
      await seen(page.getByRole("heading", { name: "No contacts yet" }));
      await seen(page.getByText("Records are deleted after 365 days."));
      await checkAccess(page);
    },
  );

  const { uuid } = await product.admin.addWidget("cardset", (content) => {
    content.name = "Shop";
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  await add(product.service.data, uuid);
  await page.reload();
  const rows = page.locator(".contacts > .contact");

  await t.step("the filter is part of the address", async () => {
    equal(await rows.count(), 4);
    await page.getByLabel("Kind").selectOption("Chat");
    await enter(page.getByLabel("Agent"), "ad");
    await press(page.getByRole("button", { name: "Show", exact: true }));
    await page.waitForURL(/media=chat/);
    equal(await rows.count(), 1);
    match(page.url(), /zone=Europe%2FBerlin/);
    match(await rows.first().innerText(), /Ada Lovelace[\s\S]*2 messages/);
    await checkAccess(page);
    await press(page.getByRole("link", { name: "Show all" }));
    await page.waitForURL(url);
  });

  await t.step(
    "a contact shows its visit and is exported with it",
    async () => {
      await press(rows.nth(0).getByRole("button"));
      await seen(page.getByRole("heading", { name: "Same visit" }));
      await checkAccess(page);
      const saving = page.waitForEvent("download");
      await press(page.getByRole("link", { name: "Save as file" }));
      const file = await (await saving).path();
      const { contacts } = JSON.parse(await Deno.readTextFile(file));
      equal((await saving).suggestedFilename(), "contacts.json");
      deepEqual(contacts.map(({ id }: ContactRecord) => id), ["1", "0"]);
    },
  );

  await t.step("deleting a visit asks for confirmation", async () => {
    await press(page.getByRole("button", { name: "Delete the whole visit" }));
    await seen(page.getByRole("heading", { name: "Delete all 2 contacts" }));
    await checkAccess(page);
    await press(page.getByRole("button", { name: "Cancel" }));
    await press(page.getByRole("button", { name: "Delete the whole visit" }));
    await press(page.getByRole("button", { name: "Delete permanently" }));
    await seen(page.getByText("2 contacts were deleted."));
    equal(await rows.count(), 2);
  });

  await t.step(
    "one contact is deleted and the deletion is audited",
    async () => {
      await press(rows.nth(1).getByRole("button"));
      await seen(page.getByText("No other contact of this visit is stored."));
      await press(page.getByRole("button", { name: "Delete contact" }));
      await press(page.getByRole("button", { name: "Delete permanently" }));
      await seen(page.getByText("One contact was deleted."));
      await page.reload();
      equal(await rows.count(), 1);
      await page.goto(`${product.service.url}/admin/audit`);
      await seen(page.getByText("deleted records of calls and chats").first());
      equal(await page.getByText("2 contacts", { exact: true }).count(), 1);
    },
  );

  deepEqual(errors, []);
});

/** Stores a visit of two contacts and two other contacts directly. */
async function add(data: string, widget: string): Promise<void> {
  const opened = await openStore(`${data}/widgets.kv`);
  if (!opened.ok) throw new Error(opened.error.reason);
  using store = opened.value;
  const now = Date.now();
  const base = { widget, cause: 16, messages: 0, media: "voice" as const };
  const visit = "0".repeat(32);
  const contacts: Omit<ContactRecord, "id" | "startedAt">[] = [
    { ...base, address: "ada", endedAt: now, answeredAt: now - 65_000, visit },
    {
      ...base,
      address: "ada",
      media: "chat",
      endedAt: now - 120_000,
      answeredAt: now - 400_000,
      messages: 2,
      visit,
    },
    { ...base, address: "ben", endedAt: now - DAY_MS, cause: 19 },
    {
      ...base,
      address: "cy",
      widget: "f".repeat(32),
      endedAt: now - 2 * DAY_MS,
    },
  ];
  for (const [n, contact] of contacts.entries()) {
    const startedAt = (contact.answeredAt ?? contact.endedAt) - 8_000;
    await store.contactRecords.add({ ...contact, id: `${n}`, startedAt });
  }
}
