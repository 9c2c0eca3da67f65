import type { BrowserContextOptions, Page } from "playwright-core";
import type { ContactRecord } from "@/lib/model/contact_record.ts";
import { openStore } from "@/lib/store/open.ts";
import { AdminClient, agentOf } from "./admin_client.ts";
import { AudioWatch } from "./audio_watch.ts";
import { openBrowser } from "./browser.ts";
import { countSockets } from "./count_sockets.ts";
import { type Fleet, type Instance, startFleet } from "./fleet.ts";
import { received, watchPeers } from "./media.ts";
import { startNats } from "./nats_server.ts";
import { startPostgres } from "./postgres.ts";
import { htmlPage } from "./product.ts";
import { press, seen } from "./seen.ts";
import { serveWebsite } from "./website.ts";
import { type Width, WINDOWS } from "./widths.ts";

/** The agent's name on the card. */
export const AGENT = "Agent 0";

/** One end of a call: a page in its own browser, and the instance that it has
 * reached first. */
export interface CallSide {
  page: Page;
  audio: AudioWatch;
  instance: Instance;
}

/** A voice call between two browsers, whose pages have their homes at different
 * instances of three. */
export interface CallScene extends AsyncDisposable {
  fleet: Fleet;
  visitor: CallSide;
  agent: CallSide;
  /** Console errors and exceptions of both pages, except for lost sockets. */
  errors(): string[];
  /** Wall clock before and after the press of Call, and of Answer. */
  called: Span;
  answered: Span;
}

export interface Span {
  from: number;
  to: number;
}

/** The buttons with which a call begins. */
const BUTTONS = {
  voice: { call: "Call", answer: "Answer" },
  /** The visitor's camera is on, the agent's is off. */
  video: { call: "Video call with", answer: "Answer with voice" },
};

/** Starts three instances, opens both pages and connects them. */
export async function openCallScene(
  width: Width,
  kind: "voice" | "video" = "voice",
): Promise<CallScene> {
  await using stack = new AsyncDisposableStack();
  const fleet = stack.use(await openFleet());
  const pages = stack.use(new Pages(fleet, WINDOWS[width]));
  const [first, second] = fleet.instances;
  if (!first || !second) throw new Error("The fleet is too small");
  const desk = await pages.openDesk(second);
  const page = await pages.openVisitor(first);
  const buttons = BUTTONS[kind];
  const called = await timed(async () => {
    const name = `${buttons.call} ${AGENT}`;
    await press(page.getByRole("button", { name, exact: true }));
    await seen(desk.getByRole("region", { name: /is calling/ }));
  });
  const answered = await timed(async () => {
    const ring = desk.getByRole("region", { name: /is calling/ });
    await press(ring.getByRole("button", { name: buttons.answer }));
    await seen(page.getByRole("timer"));
  });
  await Promise.all([received(page, "audio"), received(desk, "audio")]);
  fleet.balancer.prefer(undefined);
  const visitor = { page, audio: await AudioWatch.begin(page) };
  const agent = { page: desk, audio: await AudioWatch.begin(desk) };
  const all = stack.move();
  return {
    fleet,
    visitor: { ...visitor, instance: first },
    agent: { ...agent, instance: second },
    errors: () => pages.errors,
    called,
    answered,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Three instances with one agent, on servers of their own. */
async function openFleet(): Promise<Fleet> {
  await using stack = new AsyncDisposableStack();
  const [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  stack.use(postgres);
  stack.use(nats);
  const fleet = stack.use(
    await startFleet({ postgres, nats: [nats], instances: 3, agents: 1 }),
  );
  const all = stack.move();
  return { ...fleet, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** The pages of both sides, each in its own browser. */
class Pages implements AsyncDisposable {
  readonly errors: string[] = [];
  readonly #fleet: Fleet;
  readonly #window: BrowserContextOptions;
  readonly #stack = new AsyncDisposableStack();

  constructor(fleet: Fleet, window: BrowserContextOptions) {
    this.#fleet = fleet;
    this.#window = window;
  }

  async openDesk(instance: Instance): Promise<Page> {
    const { url, stage: { agents: [account] } } = this.#fleet;
    const page = await this.#open(instance);
    const [name = "", value = ""] = account?.cookie.split("=") ?? [];
    await page.context().addCookies([{ name, value, url }]);
    await page.goto(`${url}/desk`);
    await seen(page.getByRole("radio", { name: "Online" }));
    await seen(page.getByText("Visitors can call and write to you."));
    return page;
  }

  async openVisitor(instance: Instance): Promise<Page> {
    const { url, stage } = this.#fleet;
    const [account] = stage.agents;
    const admin = new AdminClient(url, stage.admin);
    const { uuid } = await admin.addWidget("cardset", (content) => {
      content.agents = [agentOf(account?.address ?? "", AGENT)];
    });
    const site = this.#stack.use(
      serveWebsite(() =>
        htmlPage(`<contact-widget uuid="${uuid}"></contact-widget>
        <script type="module" src="${url}/widget.js" async></script>`)
      ),
    );
    const page = await this.#open(instance);
    await page.goto(site.origin);
    return page;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync();
  }

  /** Opens an empty page, whose sockets will reach this instance. */
  async #open(instance: Instance): Promise<Page> {
    const browser = this.#stack.use(await openBrowser());
    const permissions = ["camera", "microphone"];
    const { page, context } = await browser.open({
      ...this.#window,
      permissions,
    });
    context.on("console", (message) => {
      const text = message.text();
      const isError = message.type() === "error" && !isLostSocket(text);
      if (isError) this.errors.push(text);
    });
    context.on("weberror", (error) => this.errors.push(`${error.error()}`));
    await watchPeers(context);
    await countSockets(page);
    this.#fleet.balancer.prefer(instance.url);
    return page;
  }
}

/** Returns the stored records, the newest first. */
export async function recordsOf({ kv }: Fleet): Promise<ContactRecord[]> {
  const opened = await openStore(kv);
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  await using store = opened.value;
  const span = { from: 0, to: Number.MAX_SAFE_INTEGER };
  return await Array.fromAsync(store.contactRecords.list(span));
}

/** Returns when it was begun and when it was done. */
export async function timed(run: () => Promise<void>): Promise<Span> {
  const from = Date.now();
  await run();
  return { from, to: Date.now() };
}

/** Chromium reports a socket that could not be opened. */
function isLostSocket(text: string): boolean {
  return text.startsWith("WebSocket connection to ") ||
    text.startsWith("Failed to load resource: net::ERR_");
}
