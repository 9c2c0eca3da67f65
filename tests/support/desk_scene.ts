import type {
  BrowserContext,
  BrowserContextOptions,
  Page,
} from "playwright-core";
import type { Agent } from "@/lib/model/agent.ts";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { openBrowser, openStoredProfile } from "@/tests/support/browser.ts";
import { startService } from "@/tests/support/service.ts";
import type { ServerMessage } from "@/tests/support/fake_page.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";
import { openWire, type Wire } from "@/tests/support/wire.ts";

/** Title of the visitors' page. */
export const TITLE = "Prices & terms";

export interface DeskOptions extends BrowserContextOptions {
  /** True for a profile on the disk, as notifications of a worker need. */
  isStored?: boolean;
  /** True if the agent is an administrator too. */
  isAdmin?: boolean;
  /** Further agents of the widget. */
  agents?: Agent[];
  /** Further settings of the program. */
  args?: string[];
}

/** Opens the running program with an agent, the agent's widget, and a
 * browser. */
export async function openDesk(
  { isStored = false, isAdmin = false, agents = [], args = [], ...options }:
    DeskOptions = {},
) {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(
    await startService({
      args: [`--admin-password=${PASSWORD}`, "--drain-seconds=0", ...args],
    }),
  );
  const admin = await AdminClient.signIn(service.url, "admin", PASSWORD);
  const roles = isAdmin ? ["agent", "admin"] as const : ["agent"] as const;
  await admin.addPerson("otto", "Otto Lilienthal", [...roles]);
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("otto", "Otto"), ...agents];
  });
  const { context, page, errors } = isStored
    ? stack.use(await openStoredProfile(options))
    : await stack.use(await openBrowser()).open(options);
  const { origin } = new URL(service.url);
  await context.grantPermissions(["notifications"], { origin });
  await context.addInitScript(countSounds);
  await signIn(page, service.url);
  const moved = stack.move();
  return {
    service,
    uuid,
    context,
    page,
    errors,
    /** Opens the desk of another agent. */
    async colleague(name: string, displayName: string): Promise<Page> {
      await admin.addPerson(name, displayName);
      const browser = context.browser();
      if (browser === null) throw new Error("Cannot open another context");
      const own = await browser.newContext(options);
      moved.defer(() => own.close());
      await own.addInitScript(countSounds);
      const colleague = await own.newPage();
      await signIn(colleague, service.url, name);
      return colleague;
    },
    /** Connects a visitor with an open widget, as a program. */
    async visitor(): Promise<Wire<ServerMessage>> {
      const url = `${service.url}/widgets/service`;
      const wire = moved.use(await openWire<ServerMessage>(url));
      wire.say({ mt: "Start", uuid, v: 1 });
      await wire.heard.until(({ mt }) => mt === "Info");
      return wire;
    },
    [Symbol.asyncDispose]: () => moved[Symbol.asyncDispose](),
  };
}

async function signIn(page: Page, url: string, name = "otto"): Promise<void> {
  await page.goto(`${url}/desk`);
  await enter(page.getByLabel("Sign-in name"), name);
  await enter(page.getByLabel("Password", { exact: true }), PASSWORD);
  await press(page.getByRole("button", { name: "Sign in" }));
  await seen(page.getByText("All quiet"));
}

export async function secondTab(
  context: BrowserContext,
  url: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/desk`);
  await seen(page.getByText(/All quiet|conversations? (is|are) running/));
  return page;
}

/** Runs in the page and counts the sounds that it started. */
function countSounds(): void {
  const scope = globalThis as unknown as { sounds: number };
  scope.sounds = 0;
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...times) {
    scope.sounds++;
    start.apply(this, times);
  };
}

export const soundsOf = (page: Page) => page.evaluate<number>("sounds");

export function presences({ heard }: Wire<ServerMessage>): string[] {
  return heard.all.flatMap((m) => m.mt === "Info" ? m.presence : []);
}

export function writeTo(
  visitor: Wire<ServerMessage>,
  id: string,
  text: string,
): void {
  visitor.say({ mt: "ChatMessage", id, text });
}

export function openChat(visitor: Wire<ServerMessage>): void {
  const page = { url: "https://example.com/p", title: TITLE, referrer: "" };
  visitor.say({ mt: "CreateChat", dest: "otto", dn: "Ada", page });
}
