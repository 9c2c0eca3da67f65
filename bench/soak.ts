import { DeskAgent } from "../tests/support/desk_agent.ts";
import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { median } from "./bench.ts";
import { addressOf } from "./crowd.ts";
import { type Scene, setScene, startOf, startProduct } from "./product.ts";
import { memoryOf } from "./process.ts";

// deno task soak [--minutes=10]
//
// Visitors come, look, write to an agent and leave, all the time; a presence
// changes, a widget is saved. Memory must not grow from the second quarter of
// the time to the last. Exits with 1 if it does.

const AT_ONCE = 8;
/** Interval of presence changes; every tenth time the widget is saved too. */
const CHANGE_EVERY_MS = 500;
const CHANGES_PER_SAVE = 10;
const SAMPLE_MS = 2_000;
/** Maximum ratio of the last quarter to the second, because the heap varies. */
const GROWTH_MAX = 1.15;

const minutes = Number(
  Deno.args.find((arg) => arg.startsWith("--minutes="))?.split("=")[1] ?? 10,
);

/** Runs one visitor, from the first look to the end of a chat. */
async function visit(
  scene: Scene,
  { url, number }: { url: string; number: number },
): Promise<void> {
  const { promise: over, resolve, reject } = Promise.withResolvers<void>();
  const dest = scene.agents[number % scene.agents.length]?.address;
  const say = (message: unknown) => page.send(JSON.stringify(message));
  const page = await RawWebSocket.connect(url, {
    headers: { "x-forwarded-for": addressOf(number) },
    onClosed: (code) => reject(new Error(`Visitor ${number}: ${code}`)),
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      const { mt, state } = JSON.parse(new TextDecoder().decode(payload));
      if (mt === "Session") say({ mt: "CreateChat", dest, dn: "Ada" });
      if (mt === "ChatInfo" && state === "connected") {
        say({ mt: "ChatMessage", id: "1", text: "Hello" });
      }
      if (mt === "ChatAck") say({ mt: "ClearChat" });
      if (mt === "ChatInfo" && state === "terminated") resolve();
    },
  });
  await page.send(startOf(scene.widget));
  await over;
  page.drop();
}

async function soak(scene: Scene): Promise<number[]> {
  await using product = await startProduct(scene);
  const agents = await Promise.all(
    scene.agents.map(({ cookie }) =>
      DeskAgent.connect(product.process.url, cookie, (heard, page) => {
        if (heard.type === "chat" && heard.chat.state === "ringing") {
          page.say({ type: "chat-join", chat: heard.chat.id });
        }
      })
    ),
  );
  const until = performance.now() + minutes * 60_000;
  const samples: number[] = [];
  let number = 0;
  async function come(): Promise<void> {
    while (performance.now() < until) {
      number++;
      await visit(scene, { url: product.visitors, number });
    }
  }
  const sampling = setInterval(async () => {
    samples.push(await memoryOf(product.process.pid));
  }, SAMPLE_MS);
  async function change(): Promise<void> {
    for (let changes = 1; performance.now() < until; changes++) {
      await product.change();
      if (changes % CHANGES_PER_SAVE === 0) await product.save();
      await new Promise((done) => setTimeout(done, CHANGE_EVERY_MS));
    }
  }
  await Promise.all([change(), ...Array.from({ length: AT_ONCE }, come)]);
  clearInterval(sampling);
  for (const agent of agents) agent[Symbol.dispose]();
  console.log(`${number} visitors in ${minutes} minutes`);
  return samples;
}

await using scene = await setScene();
const samples = await soak(scene);
const quarters = [0, 1, 2, 3].map((at) => {
  const length = samples.length / 4;
  return median(samples.slice(Math.floor(at * length), (at + 1) * length));
});
const shown = quarters.map((bytes) => `${(bytes / 1_048_576).toFixed(1)} MiB`);
console.log(`Memory, median of each quarter: ${shown.join(", ")}`);
const growth = (quarters[3] ?? NaN) / (quarters[1] ?? NaN);
console.log(`Last quarter to second: ${growth.toFixed(2)}x`);
if (!(growth <= GROWTH_MAX)) Deno.exitCode = 1;
