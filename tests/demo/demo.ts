import type { Agent } from "@/lib/model/agent.ts";
import { AdminClient, agentOf, PASSWORD } from "../support/admin_client.ts";
import { startService } from "../support/service.ts";
import { COMPANY } from "../support/simulated_pbx/company.ts";
import { startCompany, stayLinked } from "../support/simulated_pbx/main.ts";
import { serveWebsite } from "../support/website.ts";
import { sampleWebsite } from "./sample_website.ts";

const APP_PASSWORD = "demo";

/** The running demo, with its addresses. */
export interface Demo extends AsyncDisposable {
  website: string;
  service: string;
  /** The sign-in name is `admin`. */
  password: string;
}

/**
 * Starts the service with an empty store, a simulated PBX whose phones and
 * chats answer automatically, and a website with both widgets.
 */
export async function startDemo({ port = 0 } = {}): Promise<Demo> {
  await using starting = new AsyncDisposableStack();
  const service = starting.use(
    await startService({
      port,
      args: [`--pbx-password=${APP_PASSWORD}`, `--admin-password=${PASSWORD}`],
    }),
  );
  const { url } = service;
  const pbx = startCompany(
    `${url.replace("http", "ws")}/widgets`,
    APP_PASSWORD,
  );
  const over = new AbortController();
  const linked = stayLinked(pbx, { signal: over.signal, say: () => {} });
  starting.defer(async () => {
    over.abort();
    pbx.cut();
    await linked;
  });
  const admin = await AdminClient.signIn(url, "admin", PASSWORD);
  const agents = companyAgents();
  const cardset = await admin.addWidget("cardset", (content) => {
    content.name = "Cards";
    content.agents = agents;
  });
  const sidebar = await admin.addWidget("sidebar", (content) => {
    content.name = "Sidebar";
    content.agents = agents.slice(0, 2);
  });
  const page = sampleWebsite({
    service: url,
    cardset: cardset.uuid,
    sidebar: sidebar.uuid,
  });
  const website = starting.use(serveWebsite(() => page));
  const running = starting.move();
  return {
    website: website.origin,
    service: url,
    password: PASSWORD,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function companyAgents(): Agent[] {
  const queues = COMPANY.queues.map(({ sip, name }) => agentOf(sip, name));
  const users = COMPANY.users.map(({ sip, name, num, email }) => ({
    ...agentOf(sip, name),
    phone: num,
    email,
  }));
  return [...users, ...queues];
}

if (import.meta.main) {
  await using demo = await startDemo({ port: 8000 });
  console.log(`
Website with both widgets   ${demo.website}
Administration              ${demo.service}/admin
                            name admin, password "${demo.password}"
PBX and its trace           ${demo.service}/admin/pbx

Ctrl+C ends it; nothing is kept.`);
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  Deno.addSignalListener("SIGINT", end);
  Deno.addSignalListener("SIGTERM", end);
  await ended;
  Deno.removeSignalListener("SIGINT", end);
  Deno.removeSignalListener("SIGTERM", end);
}
