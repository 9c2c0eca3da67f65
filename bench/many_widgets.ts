import { join } from "node:path";
import { newContent } from "@/lib/model/widget.ts";
import { openStore } from "@/lib/store/open.ts";
import { agentOf } from "../tests/support/admin_client.ts";
import { OPCODE, RawWebSocket } from "../tests/support/raw_websocket.ts";
import { type Bench, median, medians } from "./bench.ts";
import { nowMs } from "./clock.ts";
import { type Scene, startOf, startProduct } from "./product.ts";
import { Load } from "./load.ts";

const WIDGETS = 1_000;
const AGENTS_EACH = 10;
const VISITORS = 2_000;
const CHANGES = 21;

/** Checks whether anything becomes slower with the number of widgets in the
 * service. */
export const manyWidgets: Bench = {
  name: "many_widgets",
  title: `(i) ${WIDGETS} live widgets with ${WIDGETS * AGENTS_EACH} agents,` +
    " beside one",
  async run({ scene, rounds }) {
    const uuids = await addWidgets(scene.data);
    const few: number[][] = [];
    const many: number[][] = [];
    for (let round = 0; round < rounds; round++) {
      few.push(await measure(scene, uuids.slice(0, 1)));
      many.push(await measure(scene, uuids));
    }
    const [one, all] = [medians(few), medians(many)];
    const names = [
      `first ${VISITORS} connects, per second`,
      `next ${VISITORS} connects, per second`,
      "a change to its one page, ms",
    ];
    return {
      columns: ["", "1 widget", `${WIDGETS} widgets`, "ratio"],
      rows: names.map((name, at) => {
        const [a = NaN, b = NaN] = [one[at], all[at]];
        return [name, a, b, `${(b / a).toFixed(2)}x`];
      }),
    };
  },
};

async function addWidgets(data: string): Promise<string[]> {
  const opened = await openStore(join(data, "widgets.kv"));
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  using store = opened.value;
  const uuids: string[] = [];
  for (let n = 0; n < WIDGETS; n++) {
    const agents = Array.from({ length: AGENTS_EACH }, (_, at) => {
      const address = `person${n * AGENTS_EACH + at}`;
      return agentOf(address, `Person ${at}`);
    });
    const content = { ...newContent(`Widget ${n}`, "en"), agents };
    const made = await store.widgets.create("sidebar", content);
    if (made.ok) uuids.push(made.value.value.uuid);
  }
  return uuids;
}

/** Opens visitors of these widgets, and one page of the scene's own. */
async function measure(scene: Scene, uuids: string[]): Promise<number[]> {
  await using product = await startProduct(scene);
  await using load = new Load();
  const rates: number[] = [];
  // The first crowd comes to widgets that are not loaded yet.
  for (let crowd = 0; crowd < 2; crowd++) {
    const { tookMs } = await load.open({
      url: product.visitors,
      starts: uuids.map(startOf),
      count: VISITORS,
      atOnce: 64,
      frames: 1 + AGENTS_EACH,
    });
    rates.push(VISITORS / tookMs * 1_000);
  }
  let heard = (_at: number) => {};
  const page = await RawWebSocket.connect(product.visitors, {
    onFrame(opcode, payload) {
      if (opcode !== OPCODE.text) return;
      const text = new TextDecoder().decode(payload);
      if (text.includes('"Info"')) heard(nowMs());
    },
  });
  await page.send(product.start);
  await new Promise((done) => setTimeout(done, 500)); // All its Infos have arrived.
  const times: number[] = [];
  for (let n = 0; n < CHANGES; n++) {
    // The service merges changes of one agent that follow each other faster.
    await new Promise((done) => setTimeout(done, 600));
    const { promise, resolve } = Promise.withResolvers<number>();
    heard = resolve;
    const began = await product.change();
    times.push(await promise - began);
  }
  page.drop();
  await load.close();
  return [...rates, median(times)];
}
