import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import type { InquiryPage } from "@/lib/protocol/admin/inquiries.ts";
import { agentOf } from "@/tests/support/admin_client.ts";
import { checkAccess } from "@/tests/support/axe.ts";
import { forEachPage } from "@/tests/support/foreign_page.ts";
import { openProduct, type Product, signIn } from "@/tests/support/product.ts";
import {
  announced,
  enter,
  gone,
  press,
  pressNext,
  reach,
  seen,
} from "@/tests/support/seen.ts";

/** Time in which a page switches between chat and form. */
const SWITCH_MS = 1_000;

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const address = (page: Page) =>
  page.getByRole("textbox", { name: "Email or phone number" });
const send = (page: Page) =>
  page.getByRole("button", { name: "Send", exact: true });

/** A sidebar with one agent at the desk, and a visitor's page. */
async function scene(product: Product, consent = "") {
  const { uuid } = await product.admin.addWidget("sidebar", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
    content.messages.on = true;
    content.consent = consent;
  });
  const { page, errors } = await product.browser.open();
  await page.goto(product.website([uuid]).origin);
  return { uuid, page, errors };
}

async function inquiriesOf({ admin }: Product, list = "open") {
  const path = `/api/messages?list=${list}`;
  return (await admin.call<InquiryPage>("GET", path)).messages;
}

forEachPage(
  "the text of a visitor becomes a message the moment the last agent leaves, and a chat when one is back",
  async (kind) => {
    await using product = await openProduct([], kind);
    const desk = await product.openDesk("ada", "Ada Lovelace");
    const { page, errors } = await scene(product);
    const choose = (name: string) =>
      press(desk.page.getByRole("radio", { name }));
    await press(page.getByRole("button", { name: "How can we help?" }));
    await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    await field(page).pressSequentially("I have a quest");

    const left = performance.now();
    await choose("Away");
    await seen(address(page));
    const switchedMs = performance.now() - left;
    await page.keyboard.type("ion");
    const inForm = await field(page).inputValue();
    await checkAccess(page);
    const back = performance.now();
    await choose("Online");
    await gone(address(page));
    const returnedMs = performance.now() - back;
    await page.keyboard.type(" about bikes");
    const inChat = await field(page).inputValue();
    await choose("Away");
    await enter(address(page), "jonas@example.com");
    await choose("Online");
    await seen(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
    await seen(address(page)); // It was filled in, so it stays.
    await press(send(page));
    await seen(page.getByText("We have received your message."));
    await checkAccess(page);

    deepEqual([inForm, inChat], [
      "I have a question",
      "I have a question about bikes",
    ]);
    ok(switchedMs < SWITCH_MS, `${switchedMs} ms`);
    ok(returnedMs < SWITCH_MS, `${returnedMs} ms`);
    const [message, ...others] = await inquiriesOf(product);
    deepEqual(
      [message?.text, message?.reply, message?.address, others],
      ["I have a question about bikes", "jonas@example.com", "ada", []],
    );
    await seen(page.getByText(message?.number ?? ""));
    deepEqual([...errors, ...desk.errors], []);
  },
);

forEachPage(
  "the form says what is missing, asks for consent and survives a reload",
  async (kind) => {
    await using product = await openProduct([], kind);
    const { page, errors } = await scene(product, "We store your message.");
    await press(page.getByRole("button", { name: "Nobody is available" }));
    await pressNext(
      page.getByRole("button", { name: "Leave a message", exact: true }),
    );

    await seen(address(page));
    await pressNext(send(page));
    await announced(page.getByText("Write a message", { exact: true }));
    await enter(field(page), "Please call\nme");
    await enter(address(page), "call me");
    await press(send(page));
    await seen(page.getByText("Enter an email address or a phone number"));
    const [marked, plain] = await Promise.all(
      [address(page), page.getByLabel("Your name")]
        .map((one) => one.evaluate((el) => getComputedStyle(el).borderColor)),
    );
    await enter(address(page), "+49 7031 73009");
    await page.reload();
    await seen(address(page));
    const kept = [
      await field(page).inputValue(),
      await address(page).inputValue(),
    ];
    await press(send(page));
    await seen(page.getByText("Please agree to the text first."));
    await press(page.getByRole("checkbox", { name: "I agree." }));
    await checkAccess(page);
    await press(send(page));
    await seen(page.getByText("We have received your message."));
    const stored = await page.evaluate(() => sessionStorage.length);

    notEqual(marked, plain);
    deepEqual(kept, ["Please call\nme", "+49 7031 73009"]);
    equal(stored, 0);
    const [message] = await inquiriesOf(product);
    deepEqual([message?.text, message?.address], ["Please call\nme", ""]);
    match(message?.consent ?? "", /^[0-9a-f]{16}$/);
    deepEqual(errors, []);
  },
);

Deno.test("a chat that the agent declines becomes a message with its text", async () => {
  await using product = await openProduct();
  const desk = await product.openDesk("ada", "Ada Lovelace");
  const { page, errors } = await scene(product);
  await press(page.getByRole("button", { name: "How can we help?" }));
  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await enter(field(page), "Is anybody there?");
  await page.keyboard.press("Enter");

  await press(desk.page.getByRole("button", { name: "Decline" }).first());
  await seen(address(page));

  equal(await field(page).inputValue(), "Is anybody there?");
  deepEqual([...errors, ...desk.errors], []);
});

Deno.test("the page Messages lists, assigns, notes, finishes and deletes a message", async (t) => {
  await using product = await openProduct();
  const { page: visitor } = await scene(product);
  await press(visitor.getByRole("button", { name: "Nobody is available" }));
  await press(visitor.getByRole("button", { name: "Message for Ada" }));
  await enter(field(visitor), "Please <b>call</b> me");
  await enter(address(visitor), "jonas@example.com");
  const { page, errors } = await product.browser.open({
    reducedMotion: "reduce",
  });
  await signIn(page, product.service.url, "admin");
  await page.goto(`${product.service.url}/messages`);

  await t.step("a new message appears while the page is open", async () => {
    await seen(page.getByRole("heading", { name: "No open messages" }));
    await checkAccess(page);
    const ends = await page.evaluate(() =>
      [".page-actions", ".message-filter"].map((part) =>
        document.querySelector(part)?.getBoundingClientRect().right
      )
    );
    equal(ends[0], ends[1], "the buttons end where the list does");
    await press(send(visitor));
    await seen(visitor.getByText("We have received your message."));
    await seen(page.getByText("Please <b>call</b> me"), { timeout: 15_000 });
    await announced(page.getByText("1 open message"), { timeout: 25_000 });
  });

  await t.step("it is assigned and noted", async () => {
    await press(page.getByRole("button", { name: /^Open message/ }));
    await checkAccess(page);
    const reply = page.getByRole("link", { name: "Reply by email" });
    const href = await reply.getAttribute("href");
    match(href ?? "", /^mailto:jonas@example\.com\?subject=Your%20message%20/);
    await press(page.getByRole("button", { name: "Assign to me" }));
    await gone(page.getByRole("button", { name: "Assign to me" }));
    await enter(page.getByLabel("New note"), "Called back");
    await press(page.getByRole("button", { name: "Add note" }));
    await seen(page.getByText("Called back", { exact: true }));
  });

  await t.step("a note that is not added yet outlives the dialog", async () => {
    await enter(page.getByLabel("New note"), "Sent an offer");
    await page.keyboard.press("Escape");
    await gone(page.getByRole("dialog"));
    await press(page.getByRole("button", { name: /^Open message/ }));
    equal(await page.getByLabel("New note").inputValue(), "Sent an offer");
  });

  await t.step(
    "it is done with that note, and deleted with a question",
    async () => {
      await press(page.getByRole("button", { name: "Mark as done" }));
      await seen(page.getByRole("heading", { name: "No open messages" }));
      await press(page.getByRole("link", { name: "Done" }));
      await press(page.getByRole("button", { name: /^Open message/ }));
      await reach(page.getByText("Sent an offer", { exact: true }));
      await press(page.getByRole("button", { name: "Delete", exact: true }));
      await checkAccess(page);
      await press(page.getByRole("button", { name: "Delete permanently" }));
      await seen(
        page.getByRole("heading", { name: "No messages are done yet" }),
      );
      deepEqual(await inquiriesOf(product, "done"), []);
    },
  );

  await t.step(
    "all that a search finds are deleted with a question",
    async () => {
      await press(
        visitor.getByRole("button", { name: "Write another message" }),
      );
      await enter(field(visitor), "Buy cheap watches");
      await press(send(visitor));
      await seen(visitor.getByText("We have received your message."));
      await page.goto(`${product.service.url}/messages?text=watches`);
      await press(page.getByRole("button", { name: "Delete all" }));
      await seen(page.getByText(/that match your search/));
      await checkAccess(page);
      await press(page.getByRole("button", { name: "Delete permanently" }));
      await seen(page.getByRole("heading", { name: "No matches" }));
      await seen(page.getByText("1 message was deleted."));
      deepEqual(await inquiriesOf(product), []);
    },
  );
  deepEqual(errors, []);
});
