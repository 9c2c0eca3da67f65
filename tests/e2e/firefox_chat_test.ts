import { deepEqual } from "node:assert/strict";
import type { Page } from "puppeteer-core";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { openFirefox } from "@/tests/support/firefox.ts";
import { htmlPage } from "@/tests/support/product.ts";
import { ChatAgent, chatText } from "@/tests/support/long_chat.ts";
import { enter, press, reach, seen } from "@/tests/support/seen.ts";
import { startService } from "@/tests/support/service.ts";
import { serveWebsite } from "@/tests/support/website.ts";

const MESSAGES = 60;
const labelled = (label: string) =>
  `contact-widget >>> [aria-label^="${label}"]`;
const text = (words: string) => `::-p-text(${words})`;

for (const kind of ["sidebar", "cardset"] as const) {
  Deno.test(`Firefox: a chat of ${MESSAGES} messages and a page change, ${kind}`, async () => {
    await using stack = new AsyncDisposableStack();
    const service = stack.use(
      await startService({
        args: [`--admin-password=${PASSWORD}`, "--drain-seconds=0"],
      }),
    );
    const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
    const { uuid } = await admin.addWidget(kind, (content) => {
      content.agents = [agentOf("ada", "Ada Lovelace")];
    });
    await admin.addPerson("ada", "Ada Lovelace");
    const { cookie } = await AdminClient.signIn(service.url, "ada", PASSWORD);
    const agent = stack.use(await ChatAgent.open(service.url, cookie));
    const site = stack.use(serveWebsite(() =>
      htmlPage(`<h1>Our shop</h1>
        <contact-widget uuid="${uuid}" lang="en"></contact-widget>
        <script type="module" src="${service.url}/widget.js" async></script>`)
    ));
    const { page, errors } = stack.use(await openFirefox());
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(site.origin);
    if (kind === "sidebar") {
      await press({ page, selector: "contact-widget >>> .launcher" });
    }
    await press({ page, selector: labelled("Chat with Ada Lovelace") });
    await enter({ page, selector: labelled("Your name") }, "Bob");
    await write(page, chatText(0));
    await agent.join();
    await seen({ page, selector: text("Ada Lovelace has joined.") });
    for (let n = 1; n < MESSAGES; n++) {
      if (n % 12 !== 0) await agent.write(chatText(n));
      else {
        await write(page, chatText(n));
        await agent.reads(chatText(n));
      }
    }

    for (const width of [1280, 390]) {
      await page.setViewport({ width, height: 800 });
      await page.reload();
      await seen({ page, selector: text(`${MESSAGES - 1}: `) });
      await reach({ page, selector: text("0: Thank you") });
    }
    await press({ page, selector: labelled("Close") });
    await agent.write("Are you still there?");
    await seen({ page, selector: "contact-widget >>> .launcher .unread" });
    await page.reload();
    await seen({ page, selector: "contact-widget >>> .launcher .unread" });
    await seen({ page, selector: "contact-widget >>> .unread::-p-text(1)" });
    deepEqual(errors, []);
  });
}

async function write(page: Page, words: string): Promise<void> {
  await enter({ page, selector: labelled("Message") }, words);
  await page.keyboard.press("Enter");
}
