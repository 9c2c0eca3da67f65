import { deepEqual, equal } from "node:assert/strict";
import { CAUSE } from "@/lib/base/causes.ts";
import type { OpenHarness } from "./agent_port_harness.ts";
import { opened } from "./agent_port_steps.ts";

/** Part of agent_port_suite.ts. */
export function testChats(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: a chat stores messages sent before the agent joins`, async () => {
    await using harness = await open();
    const chat = opened(harness);
    chat.say("m1", "Hello");
    chat.say("m2", "Is <b>anybody</b> there?");
    const client = await harness.nextChat();

    await chat.heard.until((event) => event.type === "alerting");
    await client.join();
    await chat.heard.until((event) => event.type === "joined");
    chat.say("m3", "Line\nbreak");

    equal(client.visitorName, "Ada");
    deepEqual(await client.visitorTexts(3), [
      "Hello",
      "Is <b>anybody</b> there?",
      "Line\nbreak",
    ]);
  });

  Deno.test(`${bank}: the agent's messages arrive in order, each with its own id`, async () => {
    await using harness = await open();
    const chat = opened(harness);
    const client = await harness.nextChat();
    await client.join();
    const texts = Array.from({ length: 20 }, (_, n) => `text ${n} & <i>`);

    for (const [n, text] of texts.entries()) await client.say(`a${n}`, text);
    await chat.heard.until((event) =>
      event.type === "message" && event.text === texts.at(-1)
    );

    const entries = chat.log.since(0);
    deepEqual(entries.map((entry) => entry.text), texts);
    equal(new Set(entries.map((entry) => entry.id)).size, texts.length);
  });

  Deno.test(`${bank}: typing goes both ways`, async () => {
    await using harness = await open();
    const chat = opened(harness);
    const client = await harness.nextChat();
    await client.join();
    await chat.heard.until((event) => event.type === "joined");

    await client.setTyping(true);
    const event = await chat.heard.until((event) => event.type === "typing");
    chat.leg.send({ type: "typing", typing: true });

    deepEqual(event, { type: "typing", typing: true });
    await client.sawTyping();
  });
}

/** Part of agent_port_suite.ts. */
export function testChatEnds(bank: string, open: OpenHarness): void {
  Deno.test(`${bank}: an agent who leaves ends the chat once`, async () => {
    await using harness = await open();
    const chat = opened(harness);
    const client = await harness.nextChat();
    await client.join();
    await chat.heard.until((event) => event.type === "joined");

    await client.leave();

    await chat.heard.until((event) => event.type === "terminated");
    chat.say("late", "nobody reads this");
    await chat.heard.nothingMore();
  });

  Deno.test(`${bank}: closing a chat ends it for the agent and sends one end here`, async () => {
    await using harness = await open();
    const chat = opened(harness);
    const client = await harness.nextChat();

    chat.leg.send({ type: "close", cause: CAUSE.normal });
    chat.leg.send({ type: "close", cause: CAUSE.normal });

    await chat.heard.until((event) => event.type === "terminated");
    await client.ended();
    await chat.heard.nothingMore();
  });

  Deno.test(`${bank}: a lost agent ends the chat once`, async () => {
    await using harness = await open();
    const chat = opened(harness);
    const client = await harness.nextChat();
    await client.join();
    await chat.heard.until((event) => event.type === "joined");

    await harness.loseAgent();

    await chat.heard.until((event) => event.type === "terminated");
    await chat.heard.nothingMore();
  });

  Deno.test(`${bank}: a chat with an unknown address ends, but not before openChat() returns`, async () => {
    await using harness = await open();

    const chat = opened(harness, { address: harness.unknown });

    deepEqual(chat.heardEarly, []);
    await chat.heard.until((event) => event.type === "terminated");
    await chat.heard.nothingMore();
  });
}
