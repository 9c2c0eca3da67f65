import { join } from "node:path";
import type { Role } from "@/lib/model/account.ts";
import { newContent } from "@/lib/model/widget.ts";
import { openStore, type Store } from "@/lib/store/open.ts";
import { agentOf } from "./admin_client.ts";

/** A data folder as a company has it after its first day. */
export interface Stage extends AsyncDisposable {
  data: string;
  /** The cookie of the administrator's browser. */
  admin: string;
  /** The agents, with the cookies of their browsers. */
  agents: { address: string; cookie: string }[];
  /** A sidebar with all agents. */
  widget: string;
}

export interface StageOptions {
  /** The URL of its store; by default it is a file in the folder. */
  kv?: string;
  /** Further agents of the widget, who have no account. */
  more?: { address: string; name: string }[];
}

/**
 * Creates a data folder without starting the program: an administrator and
 * agents who are already signed in (their passwords are unknown), and a widget.
 */
export async function setStage(
  agentCount: number,
  { kv, more = [] }: StageOptions = {},
): Promise<Stage> {
  const data = await Deno.makeTempDir({ prefix: "widgets-" });
  const opened = await openStore(kv ?? join(data, "widgets.kv"));
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  await using store = opened.value;
  const admin = await signIn(store, "admin", "admin");
  const agents: Stage["agents"] = [];
  for (let n = 0; n < agentCount; n++) {
    const address = `agent${n}`;
    agents.push({ address, cookie: await signIn(store, address, "agent") });
  }
  const widget = await store.widgets.create("sidebar", {
    ...newContent("Stage", "en"),
    agents: [
      ...agents.map(({ address }, n) => agentOf(address, `Agent ${n}`)),
      ...more.map(({ address, name }) => agentOf(address, name)),
    ],
  });
  if (!widget.ok) throw new Error(`Cannot make: ${widget.error.reason}`);
  return {
    data,
    admin,
    agents,
    widget: widget.value.value.uuid,
    [Symbol.asyncDispose]: () => Deno.remove(data, { recursive: true }),
  };
}

async function signIn(
  store: Store,
  name: string,
  role: Role,
): Promise<string> {
  const content = { name, displayName: name, roles: [role] };
  const account = await store.accounts.create(content, "no password");
  if (!account.ok) throw new Error(`Cannot add ${name}`);
  return `session=${await store.sessions.open(account.value.value.id)}`;
}
