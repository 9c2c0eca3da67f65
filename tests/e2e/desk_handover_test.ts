import { deepEqual, equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import {
  openChat,
  openDesk,
  TITLE,
  writeTo,
} from "@/tests/support/desk_scene.ts";
import { enter, gone, press, seen } from "@/tests/support/seen.ts";
import { user } from "@/tests/support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "@/tests/support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "@/tests/support/simulated_pbx/wire.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true });

/** Otto hands his chat over to Bob. */
async function handOver(page: Page, note: string): Promise<void> {
  await press(button(page, "Hand over").first());
  await enter(page.getByRole("searchbox", { name: "Colleague" }), "bo");
  const bob = page.locator(".desk-colleagues label");
  await seen(bob.getByText("Bob", { exact: true }));
  await seen(bob.getByText("bob", { exact: true }));
  await press(page.getByRole("radio", { name: /Bob/ }));
  const field = page.getByRole("textbox", { name: /Note/ });
  await seen(page.getByText("0 / 1000"));
  await enter(field, note);
  await field.press("End");
  await field.press("Enter");
  await field.pressSequentially("Second line");
  await seen(page.getByText(`${note.length + 12} / 1000`));
  await press(button(page, "Hand over").last());
  await seen(page.getByText("Waiting for Bob to accept."));
}

for (const width of [1280, 390]) {
  Deno.test(`[D43] an agent hands a chat over to a colleague who first declines, at ${width} px`, async () => {
    await using open = await openDesk();
    const { page } = open;
    const bob = await open.colleague("bob", "Bob");
    for (const one of [page, bob]) {
      await one.setViewportSize({ width, height: 800 });
    }
    const visitor = await open.visitor();
    openChat(visitor);
    writeTo(visitor, "1", "Where is my order?");
    await press(button(page, "Join chat"));
    await seen(field(page));

    await handOver(page, "Please help");
    const ring = bob.getByRole("region", {
      name: "Otto Lilienthal hands over the chat with Ada",
    });
    await seen(ring.getByText("Please help\nSecond line", { exact: true }));
    await seen(ring.getByText("Where is my order?"));
    await press(button(bob, "Decline"));
    await seen(page.getByText("Bob declined the chat. You still have it."));
    await press(button(page, "OK"));
    await gone(page.getByText("Bob declined the chat. You still have it."));
    await enter(field(page), "One moment");
    await field(page).press("Enter");
    await visitor.heard.until(({ mt }) => mt === "ChatMessage");

    await handOver(page, "VIP");
    await press(button(bob, "Join chat"));
    await seen(page.getByText("You handed this chat over to Bob."));
    await seen(bob.getByText("Otto Lilienthal handed this chat over to you."));
    await seen(bob.getByText("One moment", { exact: true }).last());
    equal(await bob.getByText("You: One moment").count(), 0);
    const joined = await visitor.heard.until((message) =>
      message.mt === "ChatInfo" && "dn" in message && message.dn === "Bob"
    );
    await enter(field(bob), "Hello, Bob here");
    await field(bob).press("Enter");
    const said = await visitor.heard.until((message) =>
      message.mt === "ChatMessage" && message.text === "Hello, Bob here"
    );

    equal(joined.mt, "ChatInfo");
    equal(said.mt, "ChatMessage");
    deepEqual(open.errors, []);
  });
}

Deno.test("[D43] an agent hands a chat over to a team, of which nobody but the agent was at the desk", async () => {
  const team = {
    ...{ members: ["otto", "bob"], strategy: "turn" as const },
    ...{ ringSeconds: 60, chatsMax: 0, steps: [] },
  };
  const sales = { ...agentOf("team-0123456789ab", "Sales"), team };
  await using open = await openDesk({ agents: [sales] });
  const { page } = open;
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Where is my order?");
  await press(button(page, "Join chat"));
  await seen(field(page));
  await press(button(page, "Hand over").first());
  const choice = page.getByRole("radio", { name: /Sales/ });
  await seen(page.getByText("Team · nobody available"));
  equal(await choice.isDisabled(), true);

  const bob = await open.colleague("bob", "Bob");
  await seen(page.getByText("Team · 1 available"));
  await press(choice);
  await press(button(page, "Hand over").last());
  await seen(page.getByText("Waiting for Sales to accept."));
  await press(button(bob, "Join chat"));
  await seen(page.getByText("You handed this chat over to Sales."));
  await seen(bob.getByText("Otto Lilienthal handed this chat over to you."));

  await visitor.heard.until((message) =>
    message.mt === "ChatInfo" && "dn" in message && message.dn === "Bob"
  );
  deepEqual(open.errors, []);
});

Deno.test("[CHAT33] an agent hands a chat over to an agent at a PBX who first declines, then sees the note and the last messages, and goes on", async () => {
  await using open = await openDesk({
    agents: [agentOf("atlantis", "Atlantis")],
    args: ["--pbx-password=s3cret"],
  });
  const { page, service } = open;
  const pbx = new SimulatedPbx(
    webSocketWire(`${service.url.replace("http", "ws")}/widgets`),
    { users: [user("atlantis", "Käthe Atlantis")] },
  );
  await pbx.connect();
  using _link = { [Symbol.dispose]: () => pbx.cut() };
  pbx.setPresence("atlantis", { status: "open", activity: "busy" });
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Where is my order?");
  await press(button(page, "Join chat"));
  await enter(field(page), "One moment");
  await field(page).press("Enter");
  await visitor.heard.until(({ mt }) => mt === "ChatMessage");
  const offer = async (note: string) => {
    await press(button(page, "Hand over").first());
    await press(page.getByRole("radio", { name: /Atlantis/ }));
    await enter(page.getByRole("textbox", { name: /Note/ }), note);
    await press(button(page, "Hand over").last());
    await seen(page.getByText("Waiting for Atlantis to accept."));
    return await pbx.chats.next();
  };

  await press(button(page, "Hand over").first());
  await seen(page.getByText("PBX · Busy"));
  const choice = page.getByRole("radio", { name: /Atlantis/ });
  equal(await choice.isDisabled(), true);
  await press(button(page, "Cancel"));
  pbx.setPresence("atlantis", { status: "open", activity: "" });
  const declined = await offer("Please help");
  declined.leave();
  await seen(page.getByText("Atlantis declined the chat. You still have it."));
  await press(button(page, "OK"));
  await enter(field(page), "Still here");
  await field(page).press("Enter");
  await visitor.heard.until((message) =>
    message.mt === "ChatMessage" && message.text === "Still here"
  );

  const chat = await offer("VIP");
  deepEqual(await chat.visitorTexts(1), ["Where is my order?"]);
  chat.join();
  await seen(page.getByText("You handed this chat over to Atlantis."));
  await visitor.heard.until((message) =>
    message.mt === "ChatInfo" && "dn" in message && message.dn === "Atlantis"
  );
  writeTo(visitor, "2", "Thank you");
  deepEqual(await chat.visitorTexts(2), ["Where is my order?", "Thank you"]);
  chat.say("Hello, Atlantis here");
  await visitor.heard.until((message) =>
    message.mt === "ChatMessage" && message.text === "Hello, Atlantis here"
  );
  const [from, ...notes] = chat.notes;

  equal(from, `${TITLE} https://example.com/p`);
  deepEqual(notes, [
    "Otto Lilienthal hands this chat over to you.\nNote: VIP",
    ...["Agent: One moment", "Agent: Still here"],
  ]);
  deepEqual(open.errors, []);
});

for (const width of [1280, 390]) {
  Deno.test(`[D48] an agent invites a colleague into a chat, both write, and the first one leaves, at ${width} px`, async () => {
    await using open = await openDesk();
    const { page } = open;
    const bob = await open.colleague("bob", "Bob");
    for (const one of [page, bob]) {
      await one.setViewportSize({ width, height: 800 });
    }
    const visitor = await open.visitor();
    openChat(visitor);
    writeTo(visitor, "1", "Where is my order?");
    await press(button(page, "Join chat"));
    await press(button(page, "Hand over").first());
    await press(page.getByRole("radio", { name: /Bob/ }));
    await press(button(page, "Invite"));
    await seen(page.getByText("Waiting for Bob to join the chat."));
    await seen(
      bob.getByRole("region", {
        name: "Otto Lilienthal invites you to the chat with Ada",
      }),
    );
    await press(button(bob, "Join chat"));
    await seen(page.getByText("Bob is in this chat, too."));
    await seen(bob.getByText("Otto Lilienthal is in this chat, too."));
    await seen(bob.getByText("Otto Lilienthal invited you to this chat."));

    await enter(field(bob), "Bob here");
    await field(bob).press("Enter");
    await seen(page.getByText("Bob:", { exact: true }));
    await seen(page.getByText("Bob here", { exact: true }).last());
    const said = await visitor.heard.until((message) =>
      message.mt === "ChatMessage" && message.text === "Bob here"
    );
    equal(said.mt === "ChatMessage" && said.dn, "Bob");
    await enter(field(page), "I leave you to Bob");
    await field(page).press("Enter");
    await seen(bob.getByText("I leave you to Bob", { exact: true }).last());
    await press(button(page, "Leave chat"));
    await seen(page.getByText("Bob stays in the chat with the visitor."));
    await press(button(page, "Leave chat").last());
    await gone(bob.getByText("Otto Lilienthal is in this chat, too."));
    await visitor.heard.until((message) =>
      message.mt === "ChatInfo" && "dn" in message && message.dn === "Bob"
    );
    writeTo(visitor, "2", "Thank you");
    await seen(bob.getByText("Thank you", { exact: true }).last());

    deepEqual(open.errors, []);
  });
}
