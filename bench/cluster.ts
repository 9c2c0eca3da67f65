import type { ServiceMessage } from "@/lib/protocol/desk/service_messages.ts";
import { DeskAgent } from "../tests/support/desk_agent.ts";
import { Heard } from "../tests/support/heard.ts";
import { startNats } from "../tests/support/nats_server.ts";
import { startPostgres } from "../tests/support/postgres.ts";
import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { median, type Table } from "./bench.ts";
import { chats } from "./chats.ts";
import { connects } from "./connects.ts";
import type { Start } from "./contenders.ts";
import { draw } from "./draw.ts";
import { fanOut } from "./fan_out.ts";
import { inspected } from "./inspector.ts";
import { Load } from "./load.ts";
import { memory } from "./memory.ts";
import { memoryOf } from "./process.ts";
import { type Scene, setScene, startOf, startProduct } from "./product.ts";

// The cost of several instances: an instance with NATS next to one without, and
// several next to one.
//
// deno run -A bench/cluster.ts [name…] [--visitors=10000] [--rounds=3]

const INSTANCES = 4;
/** Idle visitors of the largest bench, and those of one instance: a process may
 * have 20,000 descriptors. */
const CROWD = 100_000;
const CROWD_PER_INSTANCE = 17_000;
const CHANGES = 9;
/** Time after which freed memory was returned to the system. */
const SETTLE_MS = 2_000;
/** The service merges changes of one agent that follow each other faster. */
const CHANGE_EVERY_MS = 600;
const MESSAGES = 90;

const named = Deno.args.filter((arg) => !arg.startsWith("--"));
const visitors = option("visitors", 10_000);
const rounds = option("rounds", 3);

await using postgres = await startPostgres({ fsync: "on" });
await using nats = await startNats();
const key = "--secret-key=the key of the benches";
const kv = await postgres.newUrl();
await using onFile = await setScene();
await using onPostgres = await setScene({ kv: await postgres.newUrl() });
await using asOne = await setScene({
  kv,
  args: [`--nats=nats://${nats.host}`, key],
});

for (const { name, run } of [connects, memory, fanOut]) {
  await show(
    `one instance, with and without NATS: ${name}`,
    name,
    () =>
      run(
        lab([contender("with NATS", asOne), contender("without", onPostgres)]),
      ),
  );
}
await show("chat messages per second, by store", "chats", chatRates);
await show(
  `a presence change to the last of ${visitors} pages, ms`,
  "spread",
  spread,
);
await show(
  "a chat message from the visitor to the agent, ms",
  "across",
  across,
);

await show(
  `${option("crowd", CROWD)} idle visitors`,
  "crowd",
  crowd,
);

function option(name: string, byDefault: number): number {
  const given = Deno.args.find((arg) => arg.startsWith(`--${name}=`));
  return Number(given?.split("=")[1] ?? byDefault);
}

async function show(
  title: string,
  name: string,
  measure: () => Promise<Table>,
): Promise<void> {
  if (named.length > 0 && !named.includes(name)) return;
  console.log(`\n${title}\n${draw(await measure())}`);
}

function lab(contenders: Start[], scene = onFile) {
  return { scene, visitors, rounds, contenders };
}

function contender(name: string, scene: Scene): Start {
  return async (_scene, runtime) => ({
    ...await startProduct(scene, runtime),
    name,
  });
}

/** Each store has agents of its own, so the two are measured one after the
 * other. */
async function chatRates(): Promise<Table> {
  const rates: number[] = [];
  for (const scene of [onPostgres, onFile]) {
    const { rows } = await chats.run(lab([contender("", scene)], scene));
    rates.push(Number(rows[0]?.[1]));
  }
  const [postgres = NaN, file = NaN] = rates;
  return {
    columns: ["", "PostgreSQL", "file", "ratio"],
    rows: [["messages/s", postgres, file, `${(postgres / file).toFixed(2)}x`]],
  };
}

/** The pages are at one instance, or spread over several. */
async function spread(): Promise<Table> {
  const rows: number[] = [];
  for (const count of [1, INSTANCES]) {
    await using stack = new AsyncDisposableStack();
    const all = [];
    for (let n = 0; n < count; n++) {
      all.push(stack.use(await startProduct(asOne)));
    }
    const load = stack.use(new Load());
    const [first] = all;
    for (const { visitors: url, start, script } of all) {
      await load.open({
        ...{ url, starts: [start], count: visitors / count, atOnce: 64 },
        frames: script.start.length,
      });
    }
    const times: number[] = [];
    for (let n = 0; n < CHANGES; n++) {
      await pause(CHANGE_EVERY_MS);
      times.push(
        await load.heard(1, () => first?.change() ?? Promise.resolve(0)),
      );
    }
    rows.push(median(times));
    await load.close();
  }
  const [one = NaN, several = NaN] = rows;
  return {
    columns: ["", "1 instance", `${INSTANCES} instances`, "ratio"],
    rows: [["presence", one, several, `${(several / one).toFixed(2)}x`]],
  };
}

/** As many pages as their instances' descriptors allow, on as many instances as
 * that takes. */
async function crowd(): Promise<Table> {
  const count = option("crowd", CROWD);
  await using stack = new AsyncDisposableStack();
  const startInspected = inspected(startProduct);
  const all: (Awaited<ReturnType<typeof startInspected>> & { load: Load })[] =
    [];
  for (let n = 0; n < Math.ceil(count / CROWD_PER_INSTANCE); n++) {
    const product = stack.use(await startInspected(asOne));
    all.push({ ...product, load: stack.use(new Load()) });
  }
  const held = async () => {
    let bytes = 0;
    for (const { inspector, process } of all) {
      await inspector.collectGarbage();
      await pause(SETTLE_MS);
      bytes += await memoryOf(process.pid);
    }
    return bytes;
  };
  const before = await held();
  const each = Math.ceil(count / all.length);
  for (const [n, { visitors: url, start, script, load }] of all.entries()) {
    const frames = script.start.length;
    const others = n * each;
    const options = { url, starts: [start], count: each, atOnce: 64 };
    await load.open({ ...options, frames, others });
  }
  const perVisitor = (await held() - before) / (each * all.length) / 1_024;
  const times: number[] = [];
  for (let n = 0; n < CHANGES; n++) {
    await pause(CHANGE_EVERY_MS);
    times.push(await heardByAll(all));
  }
  await Promise.all(all.map(({ load }) => load.close()));
  return {
    columns: ["instances", "KiB per visitor", "presence to the last, ms"],
    rows: [[all.length, perVisitor, median(times)]],
  };
}

/** Returns the time from a change at the first instance until all pages of all
 * instances have received it. */
async function heardByAll(
  all: readonly { load: Load; change(): Promise<number> }[],
): Promise<number> {
  const changed = Promise.withResolvers<number>();
  let listening = 0;
  const times = await Promise.all(
    all.map(({ load }) =>
      load.heard(1, async () => {
        if (++listening === all.length) {
          changed.resolve(await all[0]?.change() ?? NaN);
        }
        return await changed.promise;
      })
    ),
  );
  return Math.max(...times);
}

/** The agent is at the visitor's instance, or at another one. */
async function across(): Promise<Table> {
  await using a = await startProduct(asOne);
  await using b = await startProduct(asOne);
  const within = await messageTimes(a.process.url, a.process.url, 1);
  const between = await messageTimes(a.process.url, b.process.url, 2);
  const extra = median(between) - median(within);
  return {
    columns: ["", "same instance", "another one", "extra"],
    rows: [["median", median(within), median(between), extra]],
  };
}

/** Returns the times from writing to reading, one message after the other. */
async function messageTimes(
  visitorAt: string,
  agentAt: string,
  agent: number,
): Promise<number[]> {
  const { address = "", cookie = "" } = asOne.agents[agent] ?? {};
  const heard = new Heard<ServiceMessage>();
  using _agent = await DeskAgent.connect(agentAt, cookie, (message, desk) => {
    if (message.type === "chat" && message.chat.state === "ringing") {
      desk.say({ type: "chat-join", chat: message.chat.id });
    }
    heard.tell(message);
  });
  const page = new Heard<Record<string, unknown>>();
  const socket = await RawWebSocket.connect(`${visitorAt}/widgets/service`, {
    onFrame: (opcode, payload) => {
      if (opcode !== OPCODE.text) return;
      page.tell(JSON.parse(new TextDecoder().decode(payload)));
    },
  });
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  await say(JSON.parse(startOf(asOne.widget)));
  await page.until(({ id, presence }) =>
    id === address && presence === "online"
  );
  await say({ mt: "CreateChat", dest: address, dn: "Ada" });
  await page.until(({ mt, state }) =>
    mt === "ChatInfo" && state === "connected"
  );
  const times: number[] = [];
  for (let n = 0; n < MESSAGES; n++) {
    const id = `m${n}`;
    const startedAt = performance.now();
    await say({ mt: "ChatMessage", id, text: id });
    await heard.until((message) =>
      message.type === "chat-entries" &&
      message.entries.some(({ text }) => text === id)
    );
    times.push(performance.now() - startedAt);
  }
  await say({ mt: "ClearChat" });
  await page.until(({ state }) => state === "terminated");
  socket.drop();
  return times;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
