import type { OpeningHours } from "@/lib/model/hours.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { AdminClient } from "../tests/support/admin_client.ts";
import type { Bench, Lab } from "./bench.ts";
import { median } from "./bench.ts";
import { Load } from "./load.ts";
import { startProduct } from "./product.ts";

const MINUTE_MS = 60_000;
/** Time in which everything is prepared before the minute ends. */
const AHEAD_MS = 5_000;

/** Measures only the program, because a bare server has no opening hours. */
export const openingHours: Bench = {
  name: "opening_hours",
  title: "From closing time to the last visitor, in ms",
  async run(lab) {
    const times: number[] = [];
    for (let round = 0; round < lab.rounds; round++) {
      times.push(await closingTime(lab));
    }
    return {
      columns: ["", "contact widgets"],
      rows: [[`closing, ${lab.visitors} pages`, median(times)]],
    };
  },
};

async function closingTime({ scene, visitors }: Lab): Promise<number> {
  await using product = await startProduct(scene);
  await using load = new Load();
  await load.open({
    url: product.visitors,
    starts: [product.start],
    count: visitors,
    atOnce: 64,
    frames: scene.script.start.length,
  });
  const client = new AdminClient(product.process.url, scene.admin);
  const path = `/api/widgets/${scene.widget}`;
  const save = async (edit: Parameters<AdminClient["saveWidget"]>[1]) => {
    const now = await client.call<WidgetView>("GET", path);
    await client.saveWidget(now, edit);
  };
  const closing = Math.ceil((Date.now() + AHEAD_MS) / MINUTE_MS) * MINUTE_MS;
  const frames = scene.script.start.length;
  await load.heard(frames, async () => {
    await save((content) => content.hours = openUntil(closing));
    return Date.now();
  });
  // Each agent's Info, and no Session.
  const time = await load.heard(frames - 1, () => Promise.resolve(closing));
  await save((content) => delete content.hours);
  await load.close();
  return time;
}

/** Returns hours that close at this full minute, and open an hour later. */
function openUntil(closing: number): OpeningHours {
  const time = (at: number) => new Date(at).toISOString().slice(11, 16);
  const day = [{ from: time(closing + 60 * MINUTE_MS), to: time(closing) }];
  return {
    timeZone: "UTC",
    week: Array.from({ length: 7 }, () => day),
    exceptions: [],
  };
}
