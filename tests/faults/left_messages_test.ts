import { deepEqual, equal, ok } from "node:assert/strict";
import type { ServerMessage } from "@/lib/protocol/visitor/codec.ts";
import type { InquiryPage } from "@/lib/protocol/admin/inquiries.ts";
import { AdminClient } from "../support/admin_client.ts";
import { chance } from "../support/chance.ts";
import { type Service, startService } from "../support/service.ts";
import { setStage } from "../support/stage.ts";
import { openWire } from "../support/wire.ts";

const MESSAGES = 10;
/** Rounds in which each message is sent once, each time over a new socket. */
const ROUNDS = 100;
/** Rounds in which the service is killed while the messages are on their way. */
const KILLS = [20, 50, 80];
const TRUSTED = "--trusted-proxies=127.0.0.1";

Deno.test("[LEFT2] messages sent over 1,000 cut sockets and three kill -9 are stored once each", async () => {
  const { seed, next } = chance();
  console.log(`CW_SEED=${seed}`);
  await using stage = await setStage(1);
  const numbers = new Map<string, Set<string>>();
  const start = (port = 0) =>
    startService({ data: stage.data, args: [TRUSTED], port });
  let service = await start();
  const port = Number(new URL(service.url).port);
  let cut = 0;
  let sockets = 0;
  const send = async (id: string, isLast: boolean) => {
    const heard = await leave(service, {
      ...{ id, widget: stage.widget, address: `10.0.${sockets >> 8}.1` },
      cutsAfter: isLast ? "MessageStored" : pick(next()),
    });
    sockets++;
    if (heard === undefined) cut++;
    else numbers.set(id, (numbers.get(id) ?? new Set()).add(heard));
  };
  const ids = Array.from({ length: MESSAGES }, (_, n) => `m${n}`);

  for (let round = 0; round < ROUNDS; round++) {
    const sending = Promise.allSettled(ids.map((id) => send(id, false)));
    if (KILLS.includes(round)) {
      await service.stop("SIGKILL");
      await sending;
      service = await start(port);
    }
    await sending;
  }
  for (const id of ids) await send(id, true);

  const admin = new AdminClient(service.url, stage.admin);
  const { messages } = await admin.call<InquiryPage>("GET", "/api/messages");
  await service.stop();
  deepEqual(messages.map(({ text }) => text).sort(), ids);
  for (const { text, number } of messages) {
    deepEqual([...numbers.get(text) ?? []], [number]);
  }
  ok(sockets > MESSAGES * ROUNDS * 0.9, `${sockets} sockets`);
  ok(cut > MESSAGES * ROUNDS * 0.4, `only ${cut} sockets were cut`);
  equal(messages.length, MESSAGES);
});

type Moment = "Start" | "Session" | "MessageStored";

function pick(random: number): Moment {
  return random < 0.4 ? "Start" : random < 0.8 ? "Session" : "MessageStored";
}

/** Leaves a message over a new socket, and cuts it at this moment. Returns
 * the number, if it was answered. */
async function leave(
  { url }: Service,
  { id, widget, address, cutsAfter }: {
    id: string;
    widget: string;
    address: string;
    cutsAfter: Moment;
  },
): Promise<string | undefined> {
  const wire = await openWire<ServerMessage>(`${url}/widgets/service`, {
    "x-forwarded-for": address,
  });
  try {
    wire.say({ mt: "Start", uuid: widget, v: 1 });
    const reply = "jonas@example.com";
    wire.say({ mt: "LeaveMessage", id, dn: "Jonas", reply, text: id });
    if (cutsAfter === "Start") return undefined;
    const isOver = wire.closed.then(() => undefined);
    const heard = wire.heard.until(({ mt }) => mt === cutsAfter);
    const message = await Promise.race([heard, isOver]);
    return message?.mt === "MessageStored" ? message.number : undefined;
  } finally {
    wire.cut();
    await wire.closed;
  }
}
