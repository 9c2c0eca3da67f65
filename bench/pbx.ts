import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "../tests/support/admin_client.ts";
import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { startService } from "../tests/support/service.ts";
import { turns, users } from "../tests/support/simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "../tests/support/simulated_pbx/simulated_pbx.ts";
import { webSocketWire } from "../tests/support/simulated_pbx/wire.ts";
import { nowMs } from "./clock.ts";
import { addressOf } from "./crowd.ts";
import { startOf } from "./house.ts";

// deno run -A bench/pbx.ts: 1,000 agents of a PBX in 50 widgets on 1,000 pages.

const AGENTS = 1_000;
const WIDGETS = 50;
const PAGES = 1_000;
const CHANGES = 200;

/** One open page: the presence that it shows, by address. */
class OpenPage {
  readonly shown = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  take(text: string): void {
    const message = JSON.parse(text);
    if (message.mt !== "Info") return;
    this.shown.set(message.id, message.presence);
    for (const look of [...this.#waiting]) look();
  }

  /** The time at which the page shows what `is` wants. */
  until(is: (page: OpenPage) => boolean): Promise<number> {
    return new Promise((done) => {
      const look = () => {
        if (!is(this)) return;
        this.#waiting.delete(look);
        done(nowMs());
      };
      this.#waiting.add(look);
      look();
    });
  }
}

const all = (presence: string) => (page: OpenPage) =>
  page.shown.size === AGENTS / WIDGETS &&
  [...page.shown.values()].every((shown) => shown === presence);

await using service = await startService({
  args: [
    "--pbx-password=s3cret",
    `--admin-password=${PASSWORD}`,
    "--trusted-proxies=127.0.0.0/8",
  ],
});
const { url } = service;
const company = users(AGENTS);
const pbx = new SimulatedPbx(
  webSocketWire(`${url.replace("http", "ws")}/widgets`),
  { users: company },
);
await pbx.connect();
const admin = await AdminClient.signIn(url, "admin", PASSWORD);
const uuids: string[] = [];
for (let n = 0; n < WIDGETS; n++) {
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = company.filter((_, index) => index % WIDGETS === n)
      .map(({ sip, name }) => agentOf(sip, name));
  });
  uuids.push(uuid);
}
const pages: OpenPage[] = [];
for (let n = 0; n < PAGES; n++) {
  const page = new OpenPage();
  const socket = await RawWebSocket.connect(`${url}/widgets/service`, {
    headers: { "x-forwarded-for": addressOf(n) },
    onFrame: (opcode, payload) => {
      if (opcode === OPCODE.text) page.take(new TextDecoder().decode(payload));
    },
  });
  await socket.send(startOf(uuids[n % WIDGETS] ?? ""));
  pages.push(page);
}
await Promise.all(pages.map((page) => page.until(all("online"))));
console.log(
  `subscriptions of ${AGENTS} agents on ${PAGES} pages: ${
    pbx.count("SubscribePresence")
  }`,
);

const times: number[] = [];
for (let n = 0; n < CHANGES; n++) {
  const index = n % AGENTS;
  const sip = company[index]?.sip ?? "";
  const activity = n % 2 === 0 ? "busy" : "dnd";
  const seen = pages.filter((_, page) => page % WIDGETS === index % WIDGETS)
    .map((page) => page.until(({ shown }) => shown.get(sip) === activity));
  const changedAt = nowMs();
  pbx.setPresence(sip, { status: "open", activity });
  for (const at of await Promise.all(seen)) times.push(at - changedAt);
  pbx.setPresence(sip, { status: "open", activity: "" });
  await Promise.all(
    pages.filter((_, page) => page % WIDGETS === index % WIDGETS)
      .map((page) => page.until(({ shown }) => shown.get(sip) === "online")),
  );
}
times.sort((a, b) => a - b);
const quantile = (q: number) =>
  (times[Math.floor(times.length * q)] ?? 0).toFixed(1);
console.log(
  `change to page, ms: p50 ${quantile(0.5)}, p99 ${
    quantile(0.99)
  }, of ${times.length}`,
);

const cutAt = nowMs();
pbx.cut();
const offline = await Promise.all(
  pages.map((page) => page.until(all("offline"))),
);
console.log(
  `link cut: last page offline after ${
    (Math.max(...offline) - cutAt).toFixed(0)
  } ms`,
);
const linkedAt = nowMs();
await pbx.connect();
const online = await Promise.all(
  pages.map((page) => page.until(all("online"))),
);
console.log(
  `reconnect: last page right after ${
    (Math.max(...online) - linkedAt).toFixed(0)
  } ms`,
);
pbx.cut();
await turns();
Deno.exit(0);
