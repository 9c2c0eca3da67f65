import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { PASSWORD } from "@/tests/support/admin_client.ts";
import {
  openChat,
  openDesk,
  presences,
  soundsOf,
  writeTo,
} from "@/tests/support/desk_scene.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";

// An agent who is also an administrator, on pages that are not the desk.

const PLACES = [
  ...["Widgets", "People", "Messages", "Contacts", "Statistics", "PBX"],
  ...["Network", "Changes", "Widgets", "People"],
];

const place = (page: Page, name: string) =>
  page.getByRole("navigation").getByRole("link", { name }).first();
const bar = (page: Page, name: string) =>
  page.locator(".desk-status").getByText(name, { exact: true });

const openBoth = () =>
  openDesk({ isAdmin: true, viewport: { width: 1600, height: 900 } });

Deno.test("an agent who walks through ten pages of the administration stays online, and is alerted there", async () => {
  await using open = await openBoth();
  const { page } = open;
  const visitor = await open.visitor();

  for (const name of PLACES) {
    await press(place(page, name));
    await seen(bar(page, "Online"));
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource")
        .some(({ name }) => name.includes("live_status"))
    );
  }
  const walked = presences(visitor);
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await seen(bar(page, "Online · 1 waiting"));
  await visitor.heard.until((m) =>
    m.mt === "ChatInfo" && m.state === "alerting"
  );
  const alerted = [await page.title(), await soundsOf(page)];
  await press(bar(page, "Online · 1 waiting"));
  await press(page.getByRole("button", { name: "Join chat" }).first());

  await seen(page.getByRole("log").getByText("Hello"));
  deepEqual(walked, ["online"]);
  deepEqual(alerted, ["(1) People · Contact Widgets", 1]);
  deepEqual(open.errors, []);
});

Deno.test("a running chat goes on while its agent is on another page, which asks before it is really left", async () => {
  await using open = await openBoth();
  const { page, context } = open;
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await press(page.getByRole("button", { name: "Join chat" }));
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  const connecting = page.waitForEvent("websocket");

  await press(place(page, "People"));
  const socket = await connecting;
  await seen(bar(page, "Online · 1 chat running"));
  writeTo(visitor, "2", "Are you there?");
  await seen(bar(page, "Online · 1 unread chat message"));
  await press(page.locator(".menu-trigger"));
  await press(page.getByRole("button", { name: "Sign out" }));
  const question = page.getByRole("dialog", { name: "Leave running chats?" });
  await press(question.getByRole("button", { name: "Stay" }));
  await gone(question);
  const other = await context.newPage();
  await other.goto(page.url());
  await seen(bar(other, "Online · 1 unread chat message"));
  // Until the page knows that it is the last one, closing it loses nothing.
  const isLast = socket.waitForEvent("framereceived", {
    predicate: ({ payload }) => /"type":"pages","count":1\b/.test(`${payload}`),
  });
  await other.close();
  await isLast;
  const closing = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  await closing;
  await press(bar(page, "Online · 1 unread chat message"));

  await seen(page.getByRole("log").getByText("Are you there?"));
  equal(asked.length, 1);
  deepEqual(presences(visitor), ["online"]);
  deepEqual(open.errors, []);
});

Deno.test("an agent is not made available by signing in to the administration, and not after signing out", async () => {
  await using open = await openBoth();
  const { page, service } = open;
  const visitor = await open.visitor();

  await press(place(page, "People"));
  await seen(bar(page, "Online"));
  await press(page.locator(".menu-trigger"));
  await press(page.getByRole("button", { name: "Sign out" }));
  await visitor.heard.until(() => presences(visitor).at(-1) === "offline");
  await page.goto(`${service.url}/admin/people`);
  await enter(page.getByLabel("Sign-in name"), "otto");
  await enter(page.getByLabel("Password", { exact: true }), PASSWORD);
  await press(page.getByRole("button", { name: "Sign in" }));
  await seen(bar(page, "Offline"));
  const before = presences(visitor);
  await press(place(page, "Desk"));
  await visitor.heard.until(() => presences(visitor).at(-1) === "online");

  deepEqual(before, ["online", "offline"]);
});
